using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using CashlessGateway.Sandbox.Webhooks;

namespace CashlessGateway.Sandbox.Square;

/// <summary>A signed notice. Its bytes are the same on each try; the signature is over the registered address and them.</summary>
internal sealed record SquareNotice(SquareSeller Seller, string Reference, byte[] Body) : INotice
{
    private const string Header = "x-square-hmacsha256-signature";

    /// <summary>Ten seconds a try. Square goes on for a day; these are the first tries of it, since a sender waits with each.</summary>
    public static WebhookPlan Plan { get; } = new(TimeSpan.FromSeconds(10), [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(15)]);

    public string Merchant => Seller.MerchantId;

    public HttpRequestMessage Request(Uri target)
    {
        var content = new ByteArrayContent(Body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = content };
        byte[] signed = [.. Encoding.UTF8.GetBytes(Seller.NotificationUrl ?? target.OriginalString), .. Body];
        request.Headers.TryAddWithoutValidation(Header, Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Seller.SignatureKey), signed)));
        return request;
    }

    /// <summary>Signed by somebody who does not know the key.</summary>
    public INotice Forged() => this with { Seller = Seller with { SignatureKey = "guessed" } };
}
