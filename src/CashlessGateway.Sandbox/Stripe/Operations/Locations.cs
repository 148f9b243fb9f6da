using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Stripe.Wire;

namespace CashlessGateway.Sandbox.Stripe.Operations;

/// <summary>POST /v1/terminal/locations and GET /v1/terminal/locations/{id}: where readers stand.</summary>
internal static class Locations
{
    public static Work PrepareCreate(StripeSandbox sandbox, Call call)
    {
        var form = call.Form;
        form.Ignore("expand", "configuration_overrides", "phone", "display_name_kana", "display_name_kanji", "address_kana", "address_kanji");
        var (name, address, metadata) = (form.RequiredText("display_name"), form.Metadata("address"), form.Metadata());
        if (address.GetValueOrDefault("country") is not { } country) form.Wrong(StripeError.Missing("address[country]"));
        else if (country != "JP") form.Wrong(StripeError.Invalid("address[country]", "The account, the location and the reader must be of one country."));
        return new Work(ApiOperation.RegisterReader, null, _ =>
        {
            if (form.Finish() is { } problem) return Reply.Of(problem);
            var location = new LocationFact(Ids.New("tml_"), call.Account.AccountId, sandbox.Time.GetUtcNow(), name, address) { Metadata = metadata };
            sandbox.Book.Locations.Put(location);
            return Reply.Of(sandbox.Objects.Location(location));
        });
    }

    public static Work PrepareGet(StripeSandbox sandbox, Call call)
    {
        call.Form.Ignore("expand");
        return new Work(ApiOperation.GetReader, null, _ => call.Form.Finish() is { } problem ? Reply.Of(problem)
            : sandbox.Book.Locations.Find(call.Account.AccountId, call.Id) is { } location ? Reply.Of(sandbox.Objects.Location(location))
            : Reply.Of(StripeError.NotFound("terminal.location", call.Id, "location")));
    }
}
