using System.Text.Json;

namespace CashlessGateway.Providers.Square;

/// <summary>
/// 返金: POST /v2/refunds. Square forgets keys after a time that it does not tell, so a repeat is never left to the key alone: before each
/// order Square is asked whether it has the refund already. A refund has no reference of ours, so the reason carries it.
/// </summary>
internal sealed class RefundPayment(SquareApi api, TimeProvider time)
{
    /// <summary>
    /// Square's people speak of keys for a repeat within the same sale: minutes. Within them a repeat is one order even where the
    /// refund cannot be looked up.
    /// </summary>
    public static readonly TimeSpan KeysLiveFor = TimeSpan.FromMinutes(5);

    public async Task<RefundAnswer> Run(RefundOrder order, CancellationToken cancellation)
    {
        var before = await LookUp(order, cancellation);
        var mayBeSent = before is RefundAnswer.Absent || (before is RefundAnswer.Unknown && time.GetUtcNow() - order.RequestedAt <= KeysLiveFor);
        if (!mayBeSent)
            return before;

        return await api.Post("/v2/refunds", Body(order), cancellation) switch
        {
            SquareAnswer.Done(var body) => Read(order, body),
            SquareAnswer.Refused(var refusal, var said) => await AfterRefusal(order, refusal, said, cancellation),
            SquareAnswer.Unclear(var why) => new RefundAnswer.Unknown(why),
            _ => throw new InvalidOperationException("SquareAnswer is a closed set."),
        };
    }

    public async Task<RefundAnswer> LookUp(RefundOrder order, CancellationToken cancellation) =>
        await api.Get($"/v2/payments/{Uri.EscapeDataString(order.ProviderReference)}", cancellation) switch
        {
            SquareAnswer.Done(var body) => RefundsOf(order, body) is { } ids
                ? await Among(order, ids, cancellation)
                : new RefundAnswer.Unknown("Square's answer about the payment and its refunds cannot be read"),
            SquareAnswer.Refused(_, var said) => new RefundAnswer.Unknown(said),
            SquareAnswer.Unclear(var why) => new RefundAnswer.Unknown(why),
            _ => throw new InvalidOperationException("SquareAnswer is a closed set."),
        };

    /// <summary>A refusal says nothing about an earlier try whose answer was lost.</summary>
    private async Task<RefundAnswer> AfterRefusal(RefundOrder order, Refusal refusal, string said, CancellationToken cancellation)
    {
        var earlier = await LookUp(order, cancellation);
        if (earlier is not RefundAnswer.Absent)
            return earlier;

        return refusal switch
        {
            // No answer to this refund: it may go again as it is.
            Refusal.RateLimited or Refusal.RefundPending => earlier,
            // Something was ordered under this key, and Square does not show it yet.
            Refusal.KeyReused => new RefundAnswer.Unknown(said),
            _ => new RefundAnswer.Failed(refusal.Code(), said),
        };
    }

    /// <summary>Null when it cannot be read, or is about another payment.</summary>
    private static IReadOnlyList<string>? RefundsOf(RefundOrder order, JsonElement body)
    {
        if (body.Child("payment") is not { } payment || payment.Text("id") != order.ProviderReference)
            return null;

        if (payment.Lacks("refund_ids"))
            return [];

        var ids = payment.List("refund_ids")?.EnumerateArray().Select(static id => id.Text()).ToList();
        return ids is not null && ids.TrueForAll(static id => id is not null && Ids.IsPlain(id)) ? [.. ids!] : null;
    }

    /// <summary>The one that names our reference; the newest are asked for first.</summary>
    private async Task<RefundAnswer> Among(RefundOrder order, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        if (ids.Count > 2 * RefundRules.MostPerPayment)
            return new RefundAnswer.Unknown("the payment has more refunds than can be looked through");

        foreach (var id in ids.Reverse())
        {
            switch (await api.Get($"/v2/refunds/{Uri.EscapeDataString(id)}", cancellation))
            {
                case SquareAnswer.Done(var body) when body.Child("refund") is { } refund && refund.Text("id") == id:
                    if (refund.Text("reason") == order.Reference)
                        return Read(order, body);

                    break;
                case SquareAnswer.Done:
                    return new RefundAnswer.Unknown("Square answered about another refund than the one that was asked for");
                case SquareAnswer.Refused(_, var said):
                    return new RefundAnswer.Unknown(said);
                case SquareAnswer.Unclear(var why):
                    return new RefundAnswer.Unknown(why);
            }
        }

        return new RefundAnswer.Absent();
    }

    private static RefundAnswer Read(RefundOrder order, JsonElement body)
    {
        if (body.Child("refund") is not { } refund
            || refund.Id("id") is not { } id
            || refund.Text("payment_id") != order.ProviderReference
            || refund.Text("reason") != order.Reference
            || Money.Of(refund, "amount_money") != new Money(order.Amount, "JPY"))
        {
            return new RefundAnswer.Unknown("Square answered about another refund or amount than ours");
        }

        return refund.Text("status") switch
        {
            "PENDING" => new RefundAnswer.Pending(),
            "COMPLETED" => new RefundAnswer.Succeeded(refund.Instant("updated_at") ?? refund.Instant("created_at"), id),
            "REJECTED" => new RefundAnswer.Failed("rejected", "Square rejected the refund after it had taken it"),
            "FAILED" => new RefundAnswer.Failed("failed", "the refund failed at Square after it had taken it"),
            _ => new RefundAnswer.Unknown("Square told a refund status that is not in its documents"),
        };
    }

    private static byte[] Body(RefundOrder order) => RequestBody.Write(json =>
    {
        json.WriteString("idempotency_key", order.Reference);
        json.WriteString("payment_id", order.ProviderReference);
        RequestBody.WriteYen(json, order.Amount);
        json.WriteString("reason", order.Reference);   // shown in Square's dashboard; the clerk's words may name a person and stay here
    });
}
