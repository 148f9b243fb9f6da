using System.Globalization;
using PosTerminal.Api;

namespace PosTerminal.Operations;

/// <summary>sell fee=quantity … --pay qr|cash: what is owed and its payment in one call, so that a till that dies in between leaves neither.</summary>
public sealed class Sell(Till till)
{
    public Task<int> Run() => Run([.. till.Options.Words.Skip(1).Select(Line)], till.Options["pay"] ?? "cash", till.Options.Number("tendered"), till.Options.Has("wait"));

    public async Task<int> Run(IReadOnlyList<SaleLine> lines, string method, long? tendered, bool wait)
    {
        if (lines.Count == 0) throw new PosException("手数料がありません。例: sell juminhyo=2 --pay cash");
        var body = new
        {
            receivable = new { kind = "counterSale", place = till.Options.Place, lines = lines.Select(static line => new { fee = line.Fee, quantity = line.Quantity }) },
            payment = PaymentBody.Of(till.Options, method, tendered),
        };
        return await new Collect(till).Run("sell", "/v1/sales", body, wait);
    }

    private static SaleLine Line(string word) => word.Split('=') switch
    {
        [var fee] => new SaleLine(fee, 1),
        [var fee, var count] when int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var quantity) && quantity > 0 => new SaleLine(fee, quantity),
        _ => throw new PosException($"手数料は コード=数 の形にしてください: {word}"),
    };
}

public sealed record SaleLine(string Fee, int Quantity);

/// <summary>pay rcv_… --pay qr|cash: another try for what is owed already, after the first one ended without money.</summary>
public sealed class Pay(Till till)
{
    public Task<int> Run() => Run(till.Options.Words.ElementAtOrDefault(1) ?? throw new PosException("請求の番号（rcv_…）がありません。"),
        till.Options["pay"] ?? "cash", till.Options.Number("tendered"), till.Options.Has("wait"));

    public Task<int> Run(string receivable, string method, long? tendered, bool wait)
    {
        var body = PaymentBody.Of(till.Options, method, tendered);
        body["receivable"] = receivable;
        body["place"] = till.Options.Place;
        return new Collect(till).Run("pay", "/v1/payments", body, wait);
    }
}

public static class PaymentBody
{
    public static Dictionary<string, object> Of(Options options, string method, long? tendered)
    {
        var body = new Dictionary<string, object>(StringComparer.Ordinal) { ["terminal"] = options.Terminal, ["operator"] = options.Operator, ["method"] = method };
        // The till shows a code, the customer's telephone reads it.
        if (method == "qr") body["presentation"] = "merchantCode";
        if (method == "qr" && options["brand"] is { } brand) body["brand"] = brand;
        if (method == "cash" && tendered is { } given) body["cash"] = new { tenderedAmount = given };
        return method is "qr" or "cash" ? body : throw new PosException($"--pay は qr か cash です: {method}");
    }
}

/// <summary>Sends a sale or a payment and follows it to its end.</summary>
public sealed class Collect(Till till)
{
    public async Task<int> Run(string what, string path, object body, bool wait)
    {
        var sent = await till.Send(what, path, body);
        // One other payment may stand in the way; it is cancelled at most once, and only by the clerk's word.
        if (sent is Sent.Refused { Answer: { Code: "payment-in-progress" or "terminal-busy" } inTheWay })
        {
            if (await new ClearTheWay(till).Run(inTheWay) is { } stays) return stays;
            sent = await till.Send(what, path, body);
        }

        return await After(what, sent, wait);
    }

    public async Task<int> After(string what, Sent sent, bool wait)
    {
        switch (sent)
        {
            case Sent.Refused refused:
                till.Screen.Line($"受け付けられませんでした。お金は動いていません。\n{Failures.Sentence(refused.Answer)}");
                return Exit.Refused;
            case Sent.Unknown unknown:
                Doubt.NoAnswer(till.Screen, unknown.Why);
                return Exit.Unknown;
            case Sent.Done { Answer.Body: var body }:
                var payment = what == "sell" ? body.Member("payment") : body;
                if (payment is null) return await new PrintReceipt(till).OfFree(body.Member("receivable")?.Text("id") ?? "");
                return await new FollowPayment(till).Run(payment.Value.Text("id") ?? "", wait);
            default:
                throw new InvalidOperationException("Sent is a closed set.");
        }
    }
}
