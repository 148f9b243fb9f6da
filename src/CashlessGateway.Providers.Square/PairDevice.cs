using System.Text.Json;

namespace CashlessGateway.Providers.Square;

/// <summary>A Terminal is signed in with a code that Square makes and a person types into it.</summary>
internal sealed class PairDevice(SquareApi api, SquareSettings settings)
{
    private const int LongestName = 128;

    public async Task<PairingAnswer> Run(PairingOrder order, CancellationToken cancellation)
    {
        var body = RequestBody.Write(json =>
        {
            json.WriteString("idempotency_key", order.Reference);
            json.WriteStartObject("device_code");
            json.WriteString("name", Cut.To(LongestName, order.Name));
            json.WriteString("product_type", "TERMINAL_API");
            json.WriteString("location_id", settings.LocationId);
            json.WriteEndObject();
        });
        return await api.Post("/v2/devices/codes", body, cancellation) switch
        {
            // A repeat gets the first answer again, whatever has become of it since.
            SquareAnswer.Done(var first) when first.Child("device_code")?.Id("id") is { } id => await LookUp(id, cancellation),
            SquareAnswer.Done => new PairingAnswer.Unknown("Square made a code, but its id cannot be read"),
            SquareAnswer.Refused(Refusal.RateLimited, var said) => new PairingAnswer.Unknown(said),
            SquareAnswer.Refused(var refusal, var said) => new PairingAnswer.Refused(refusal.Code(), said),
            SquareAnswer.Unclear(var why) => new PairingAnswer.Unknown(why),
            _ => throw new InvalidOperationException("SquareAnswer is a closed set."),
        };
    }

    public async Task<PairingAnswer> LookUp(string pairing, CancellationToken cancellation) =>
        await api.Get($"/v2/devices/codes/{Uri.EscapeDataString(pairing)}", cancellation) switch
        {
            SquareAnswer.Done(var body) => Read(pairing, body),
            SquareAnswer.Refused(Refusal.NotFound, var said) => new PairingAnswer.Refused(Refusal.NotFound.Code(), said),
            SquareAnswer.Refused(_, var said) => new PairingAnswer.Unknown(said),
            SquareAnswer.Unclear(var why) => new PairingAnswer.Unknown(why),
            _ => throw new InvalidOperationException("SquareAnswer is a closed set."),
        };

    private static PairingAnswer Read(string pairing, JsonElement body)
    {
        if (body.Child("device_code") is not { } code || code.Text("id") != pairing)
            return new PairingAnswer.Unknown("Square answered about another code than the one that was asked for");

        return code.Text("status") switch
        {
            "UNPAIRED" when code.Id("code") is { } typed && code.Instant("pair_by") is { } until => new PairingAnswer.EnterOnDevice(pairing, typed, until),
            "PAIRED" when code.Id("device_id") is { } device => new PairingAnswer.Paired(device),
            "EXPIRED" => new PairingAnswer.Expired(),
            _ => new PairingAnswer.Unknown("Square's answer about the code cannot be read"),
        };
    }
}
