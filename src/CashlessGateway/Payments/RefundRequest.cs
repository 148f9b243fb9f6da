using CashlessGateway.Money;
using CashlessGateway.Receivables;
using CashlessGateway.Web;

namespace CashlessGateway.Payments;

/// <summary>What somebody wants to give back, and why.</summary>
public sealed record RefundRequest(
    Yen? Amount, IReadOnlyList<RefundLineRequest> Lines, string Reason, string? OrderNumber, Yen? ExpectedRefundable, string? Place, string? Terminal, string? Operator, RefundWay? Way, bool? Reopen, bool CityMistake)
{
    public static RefundRequest Read(BodyObject body)
    {
        var lines = body.Items("lines", ReceivableRequest.MostLines).Select(RefundLineRequest.Read).ToList();
        var request = new RefundRequest(
            body.Integer("amount", 1, LineRequest.MostYen) is { } amount ? new Yen(amount) : null, lines,
            body.Text("reason", 300, required: true) ?? "", body.Text("orderNumber", 60),
            body.Integer("expectedRefundable", 0, LineRequest.MostYen) is { } left ? new Yen(left) : null,
            body.Text("place", 40), body.Text("terminal", 40), body.Text("operator", 40), body.Choice<RefundWay>("way"), body.Flag("reopen"), body.Flag("cityMistake") ?? false);
        if (request.Amount is { } sum && lines.Count > 0 && sum != Yen.Sum(lines.Select(line => line.Amount)))
            body.Refuse("amount", "not-the-sum", new Words("明細ごとの返金額の合計と違います。", "It is not the sum of the lines."));
        if (lines.GroupBy(line => line.Line).Any(line => line.Count() > 1))
            body.Refuse("lines", "duplicate", new Words("同じ明細が2つあります。", "The same line is there twice."));
        return request;
    }
}

public sealed record RefundLineRequest(int Line, Yen Amount)
{
    public static RefundLineRequest Read(BodyObject item)
    {
        var line = new RefundLineRequest((int)(item.Integer("line", 0, ReceivableRequest.MostLines - 1, required: true) ?? 0), new Yen(item.Integer("amount", 1, LineRequest.MostYen, required: true) ?? 0));
        item.End();
        return line;
    }
}

/// <summary>How much of which line goes back. Pure.</summary>
public static class RefundSplit
{
    public static Result<IReadOnlyList<RefundLine>> Of(RefundRequest request, Payment payment, IReadOnlyList<ReceivableLine> owed, IReadOnlyDictionary<int, Yen> givenBack, string refund)
    {
        var charged = owed.Where(line => line.Amount > Yen.Zero).ToList();
        if (request.Lines.Count > 0) return Explicit(request, payment, charged, givenBack, refund);
        if (request.Amount is null || request.Amount == payment.Refundable) return All(payment, charged, givenBack, refund);
        if (charged.Count == 1) return Checked([Line(payment, refund, charged[0].Line, request.Amount.Value)], charged, givenBack);
        return Problem.At(Errors.RefundLinesMissing, "/lines", "missing", new Words("明細が複数あるので、明細ごとの返金額を書いてください。", "The receivable has several lines: say the amount of each."));
    }

    private static Result<IReadOnlyList<RefundLine>> Explicit(RefundRequest request, Payment payment, List<ReceivableLine> charged, IReadOnlyDictionary<int, Yen> givenBack, string refund)
    {
        foreach (var (index, wanted) in request.Lines.Index())
            if (charged.All(line => line.Line != wanted.Line))
                return Problem.At(Errors.Invalid, $"/lines/{index}/line", "out-of-range", new Words($"明細 {wanted.Line} には受け取ったお金がありません。", $"Nothing was paid for line {wanted.Line}."));
        return Checked(request.Lines.Select(wanted => Line(payment, refund, wanted.Line, wanted.Amount)).ToList(), charged, givenBack);
    }

    private static Result<IReadOnlyList<RefundLine>> All(Payment payment, List<ReceivableLine> charged, IReadOnlyDictionary<int, Yen> givenBack, string refund) =>
        charged.Select(line => Line(payment, refund, line.Line, line.Amount - givenBack.GetValueOrDefault(line.Line))).Where(line => line.Amount > Yen.Zero).ToList();

    private static Result<IReadOnlyList<RefundLine>> Checked(List<RefundLine> lines, List<ReceivableLine> charged, IReadOnlyDictionary<int, Yen> givenBack)
    {
        foreach (var line in lines)
        {
            var left = charged.Single(row => row.Line == line.Line).Amount - givenBack.GetValueOrDefault(line.Line);
            if (line.Amount > left)
                return Problem.At(Errors.RefundNotAllowed, "/lines", "more-than-left", new Words($"明細 {line.Line} で返せるのは {left} までです。", $"At most {left.Value} yen are left of line {line.Line}."));
        }

        return lines;
    }

    private static RefundLine Line(Payment payment, string refund, int line, Yen amount) => new() { Municipality = payment.Municipality, Refund = refund, Line = line, Amount = amount };
}
