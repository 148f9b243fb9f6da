using System.Text.Json;

namespace CashlessGateway.Providers.Square;

/// <summary>POST /v2/terminals/checkouts: a Terminal is told to take one payment.</summary>
internal sealed class StartPayment(SquareApi api, LookUpPayment lookUp, SquareSettings settings, TimeProvider time)
{
    private const int LongestNote = 500;

    /// <summary>Square ends a checkout that nobody has begun to pay by then; it takes no longer one.</summary>
    private const string Deadline = "PT5M";

    /// <summary>
    /// A 429 was not executed, so the same key may be sent again. Two more tries in three seconds: a clerk waits that long,
    /// and it leaves most of the thirty seconds to the call itself.
    /// </summary>
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)];

    public async Task<ProviderAnswer> Run(PaymentOrder order, CancellationToken cancellation)
    {
        if (PaymentTypes.Of(order, settings.Payments) is not { } type)
            return new ProviderAnswer.Declined("method-not-offered", "this location takes no such payment at a Square Terminal");

        if (order.Device is not { Length: > 0 } device)
            return new ProviderAnswer.Declined("no-device", "the terminal is not paired with Square");

        if (type == "FELICA_TRANSPORTATION_GROUP" && order.Amount > PaymentTypes.MostOnIcCard)
            return new ProviderAnswer.Declined(Refusal.AmountNotAllowed.Code(), "more than a 交通系IC card can hold");

        return await Post(Body(order, type, device), cancellation) switch
        {
            SquareAnswer.Done(var body) => await Begun(order, device, body, cancellation),
            SquareAnswer.Refused(Refusal.KeyReused, var said) => await AfterReuse(order, said, cancellation),
            SquareAnswer.Refused(var refusal, var said) => new ProviderAnswer.Declined(refusal.Code(), said),
            SquareAnswer.Unclear(var why) => new ProviderAnswer.Unknown(why),
            _ => throw new InvalidOperationException("SquareAnswer is a closed set."),
        };
    }

    private async Task<SquareAnswer> Post(byte[] body, CancellationToken cancellation)
    {
        var answer = await api.Post("/v2/terminals/checkouts", body, cancellation);
        foreach (var pause in Pauses)
        {
            if (answer is not SquareAnswer.Refused(Refusal.RateLimited, _))
                return answer;

            try
            {
                await Task.Delay(pause, time, cancellation);
            }
            catch (OperationCanceledException)
            {
                return answer;   // still certain: nothing of it was executed
            }

            answer = await api.Post("/v2/terminals/checkouts", body, cancellation);
        }

        return answer;
    }

    private async Task<ProviderAnswer> Begun(PaymentOrder order, string device, JsonElement body, CancellationToken cancellation)
    {
        if (body.Child("checkout") is not { } json || Checkout.Of(json) is not { Deadline: { } end } checkout)
            return new ProviderAnswer.Unknown("Square made a checkout, but its id, state or time cannot be read");

        if (checkout.Reference != order.Reference || checkout.Asked != new Money(order.Amount, "JPY") || checkout.Device != device)
            return new ProviderAnswer.Unknown("Square made a checkout for another payment, amount or device");

        return checkout.IsOpen
            ? new ProviderAnswer.Pending(new ProviderAction.PresentAtTerminal(order.Terminal ?? device, end), checkout.Id)
            : await lookUp.Run(Case(order) with { Handle = checkout.Id }, cancellation);   // a repeat, after it had ended
    }

    /// <summary>Something was begun under our key, and not as we ask now: what became of it is the only answer.</summary>
    private async Task<ProviderAnswer> AfterReuse(PaymentOrder order, string said, CancellationToken cancellation) =>
        await lookUp.Run(Case(order), cancellation) is var known && known is ProviderAnswer.Absent ? new ProviderAnswer.Unknown(said) : known;

    private static PaymentCase Case(PaymentOrder order) => new(order.Reference, order.Amount, order.Method, order.Presentation)
    {
        Brand = order.Brand,
        Terminal = order.Terminal,
        Device = order.Device,
        RequestedAt = order.RequestedAt,
    };

    private static byte[] Body(PaymentOrder order, string type, string device) => RequestBody.Write(json =>
    {
        json.WriteString("idempotency_key", order.Reference);   // ours is unique for ever and fits, so a repeat is the same order
        json.WriteStartObject("checkout");
        RequestBody.WriteYen(json, order.Amount);
        json.WriteString("reference_id", order.Reference);
        if (Cut.To(LongestNote, order.Description) is { Length: > 0 } note)
            json.WriteString("note", note);

        json.WriteString("payment_type", type);
        json.WriteString("deadline_duration", Deadline);
        json.WriteStartObject("device_options");
        json.WriteString("device_id", device);
        json.WriteBoolean("skip_receipt_screen", true);   // the receipt is the city's, and the Terminal is free for the next at once
        json.WriteEndObject();
        json.WriteEndObject();
    });
}
