using System.Text;
using CashlessGateway.Providers.Square;

namespace CashlessGateway.Providers.Tests.Square;

/// <summary>Examples of Square's published description (version 2025-08-20, Apache License 2.0), as they stand there.</summary>
public sealed class FixtureTests
{
    [Fact]
    public void The_example_of_a_checkout_is_read_though_its_second_time_is_impossible()
    {
        var checkout = Checkout.Of(Fields.Parse(Encoding.UTF8.GetBytes(
            """
            {"amount_money":{"amount":2610,"currency":"USD"},"app_id":"APP_ID","created_at":"2020-04-06T16:39:32.545Z","deadline_duration":"PT5M",
             "device_options":{"device_id":"dbb5d83a-7838-11ea-bc55-0242ac130003","skip_receipt_screen":false,"tip_settings":{"allow_tipping":false}},
             "id":"08YceKh7B3ZqO","location_id":"LOCATION_ID","note":"A brief note","reference_id":"id11572","status":"IN_PROGRESS","updated_at":"2020-04-06T16:39:323.001Z"}
            """))!.Value)!;

        Assert.Equal(("08YceKh7B3ZqO", CheckoutStatus.InProgress, "id11572", new Money(2610, "USD")), (checkout.Id, checkout.Status, checkout.Reference, checkout.Asked));
        Assert.Equal(new DateTimeOffset(2020, 4, 6, 16, 44, 32, 545, TimeSpan.Zero), checkout.Deadline);
        Assert.Null(checkout.UpdatedAt);
    }

    [Fact]
    public void The_example_of_a_cancelled_checkout_is_read()
    {
        var checkout = Checkout.Of(Fields.Parse(Encoding.UTF8.GetBytes(
            """
            {"amount_money":{"amount":123,"currency":"USD"},"app_id":"APP_ID","cancel_reason":"SELLER_CANCELED","created_at":"2020-03-16T15:31:19.934Z","deadline_duration":"PT5M",
             "device_options":{"device_id":"dbb5d83a-7838-11ea-bc55-0242ac130003","skip_receipt_screen":true,"tip_settings":{"allow_tipping":true}},"id":"S1yDlPQx7slqO",
             "location_id":"LOCATION_ID","reference_id":"id36815","status":"CANCELED","updated_at":"2020-03-16T15:31:45.787Z"}
            """))!.Value)!;

        Assert.Equal((CheckoutStatus.Canceled, "SELLER_CANCELED", false), (checkout.Status, checkout.CancelReason, checkout.IsOpen));
    }

    [Fact]
    public void The_example_of_a_payment_is_read()
    {
        var payment = Fields.Parse(Encoding.UTF8.GetBytes(
            """
            {"amount_money":{"amount":555,"currency":"USD"},"approved_money":{"amount":555,"currency":"USD"},
             "card_details":{"auth_result_code":"2Nkw7q","avs_status":"AVS_ACCEPTED","card":{"bin":"411111","card_brand":"VISA","card_type":"DEBIT","last_4":"1111"},"entry_method":"KEYED","status":"CAPTURED"},
             "created_at":"2021-10-13T19:34:33.524Z","id":"bP9mAsEMYPUGjjGNaNO5ZDVyLhSZY","location_id":"L88917AVBK2S5","source_type":"CARD","status":"COMPLETED",
             "total_money":{"amount":555,"currency":"USD"},"updated_at":"2021-10-13T19:34:34.339Z"}
            """))!.Value;

        Assert.Equal(
            new ProviderAnswer.Captured(555, "USD", new DateTimeOffset(2021, 10, 13, 19, 34, 33, 524, TimeSpan.Zero), "bP9mAsEMYPUGjjGNaNO5ZDVyLhSZY") { Brand = "visa", ApprovalNumber = "2Nkw7q" },
            Assert.IsType<Taken.Yes>(Taken.Of([(payment, null)])).Money);
    }
}
