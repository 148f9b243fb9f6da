using System.Globalization;
using System.Text.Json;

namespace CashlessGateway.Providers.PayPay;

/// <summary>POST /v2/codes: a code for one payment.</summary>
internal sealed class StartPayment(PayPayApi api, LookUpPayment lookUp, TimeProvider time)
{
    /// <summary>orderDescription, storeId and terminalId.</summary>
    private const int LongestText = 255;

    /// <summary>A QR symbol holds fewer than 3,000 bytes, and one above this is hard to scan from a screen.</summary>
    private const int LongestCode = 2000;

    /// <summary>Goes into the path of its own deletion.</summary>
    private const int LongestCodeId = 100;

    /// <summary>
    /// A 429 was not executed, so the same id may be sent again. Two more tries in three seconds: a clerk waits that long,
    /// and it leaves most of the thirty seconds to the call itself.
    /// </summary>
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)];

    public async Task<ProviderAnswer> Run(PaymentOrder order, CancellationToken cancellation)
    {
        if (order.Method != "qr" || order.Presentation != "merchantCode")
            return new ProviderAnswer.Declined("method-not-offered", "PayPay is paid here by a code on our screen only");

        return await Post(Body(order), cancellation) switch
        {
            PayPayAnswer.Done(false, var data) => Code(order, data),
            PayPayAnswer.Done => new ProviderAnswer.Unknown("PayPay accepted the request for a code without making one"),
            PayPayAnswer.Refused(Refusal.DuplicateCode, _) => await AfterDuplicate(order, cancellation),
            PayPayAnswer.Refused(var refusal, var said) => new ProviderAnswer.Declined(refusal.Code(), said),
            PayPayAnswer.Unclear(var why) => new ProviderAnswer.Unknown(why),
            _ => throw new InvalidOperationException("PayPayAnswer is a closed set."),
        };
    }

    private async Task<PayPayAnswer> Post(byte[] body, CancellationToken cancellation)
    {
        var answer = await api.Post("/v2/codes", body, cancellation);
        foreach (var pause in Pauses)
        {
            if (answer is not PayPayAnswer.Refused(Refusal.RateLimited, _))
                return answer;

            try
            {
                await Task.Delay(pause, time, cancellation);
            }
            catch (OperationCanceledException)
            {
                return answer;   // still certain: nothing of it was executed
            }

            answer = await api.Post("/v2/codes", body, cancellation);
        }

        return answer;
    }

    private static ProviderAnswer Code(PaymentOrder order, JsonElement data)
    {
        if (data.Text("codeId") is not { Length: > 0 and <= LongestCodeId } id
            || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            || data.Text("url") is not { Length: <= LongestCode } url
            || !Uri.TryCreate(url, UriKind.Absolute, out _)
            || data.Instant("expiryDate") is not { } end)
        {
            return new ProviderAnswer.Unknown("PayPay made a code, but its address, id or end cannot be read");
        }

        if (data.Text("merchantPaymentId") != order.Reference || data.Child("amount")?.Whole("amount") != order.Amount)
            return new ProviderAnswer.Unknown("PayPay made a code for another payment or amount; it is not shown");

        return new ProviderAnswer.Pending(new ProviderAction.ShowCode(url, end), id);
    }

    /// <summary>The first request was stored, but the address of its code is told only once.</summary>
    private async Task<ProviderAnswer> AfterDuplicate(PaymentOrder order, CancellationToken cancellation) =>
        await lookUp.Run(order.Reference, cancellation) is ProviderAnswer.Captured captured
            ? captured
            : new ProviderAnswer.Unknown("the code was made but its address was lost; nobody can pay it");

    private static byte[] Body(PaymentOrder order) => RequestBody.Write(json =>
    {
        json.WriteString("merchantPaymentId", order.Reference);
        RequestBody.WriteAmount(json, order.Amount);
        json.WriteString("codeType", "ORDER_QR");
        WriteUnlessEmpty(json, "orderDescription", order.Description);
        WriteUnlessEmpty(json, "storeId", order.PlaceCode);
        WriteUnlessEmpty(json, "terminalId", order.Terminal);
        json.WriteNumber("requestedAt", order.RequestedAt.ToUnixTimeSeconds());
        if (order.ReturnUrl is { } back)
        {
            json.WriteString("redirectUrl", back.AbsoluteUri);
            json.WriteString("redirectType", "WEB_LINK");
        }
    });

    private static void WriteUnlessEmpty(Utf8JsonWriter json, string name, string? text)
    {
        if (Cut(text ?? "") is { Length: > 0 } cut)
            json.WriteString(name, cut);
    }

    /// <summary>Between two characters as people see them, so that no half of 𠮷 or of が (two code points) is left over.</summary>
    private static string Cut(string text)
    {
        if (text.Length <= LongestText)
            return text;

        var end = 0;
        while (end + StringInfo.GetNextTextElementLength(text, end) is var next && next <= LongestText)
            end = next;

        return text[..end];
    }
}
