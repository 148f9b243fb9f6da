using System.Text;
using CashlessGateway.Providers.Square;

namespace CashlessGateway.Providers.Tests.Square;

/// <summary>The values that Square's own SDK for .NET is tested with (square-dotnet-sdk, WebhooksHelperTests, MIT).</summary>
public sealed class SignatureTests
{
    private const string Body =
        """{"merchant_id":"MLEFBHHSJGVHD","type":"webhooks.test_notification","event_id":"ac3ac95b-f97d-458c-a6e6-18981597e05f","created_at":"2022-07-13T20:30:59.037339943Z","data":{"type":"webhooks","id":"bc368e64-01aa-407e-b46e-3231809b1129"}}""";

    private const string Right = "GF4YkrJgGBDZ9NIYbNXBnMzqb2HoL4RW/S6vkZ9/2N4=";

    [Fact]
    public void The_published_signature_is_right() => Assert.True(IsRight(SquareWorld.SignatureKey, SquareWorld.NotificationUrl, Body, Right));

    [Fact]
    public void A_body_with_marks_that_some_writers_escape_is_taken_byte_for_byte() =>
        Assert.True(IsRight("signature-key", "https://webhook.site/webhooks", """{"data":{"type":"webhooks","id":">id<"}}""", "Cxt7+aTi4rKgcA0bC4g9EHdVtLSDWdqccmL5MvihU4U="));

    [Theory]
    [InlineData("Ibxx_5AKakO-3qeNVR61Dw", "https://webhook.site/79a4f3a-dcfa-49ee-bac5-9d0edad886b9", Body, Right)]
    [InlineData("MCmhFRxGX82xMwg5FsaoQA", SquareWorld.NotificationUrl, Body, Right)]
    [InlineData("Ibxx_5AKakO-3qeNVR61Dw", SquareWorld.NotificationUrl, Body, "1z2n3DEJJiUPKcPzQo1ftvbxGdw=")]
    [InlineData("Ibxx_5AKakO-3qeNVR61Dw", SquareWorld.NotificationUrl, Body + " ", Right)]
    [InlineData("Ibxx_5AKakO-3qeNVR61Dw", SquareWorld.NotificationUrl, "", Right)]
    [InlineData("Ibxx_5AKakO-3qeNVR61Dw", SquareWorld.NotificationUrl, Body, "")]
    [InlineData("Ibxx_5AKakO-3qeNVR61Dw", SquareWorld.NotificationUrl, Body, "????????????????????????????????????????????")]
    public void Another_address_key_signature_or_body_is_wrong(string key, string url, string body, string signature) => Assert.False(IsRight(key, url, body, signature));

    private static bool IsRight(string key, string url, string body, string signature) => Signature.IsRight(key, url, Encoding.UTF8.GetBytes(body), signature);
}
