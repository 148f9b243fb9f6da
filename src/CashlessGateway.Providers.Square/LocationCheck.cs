namespace CashlessGateway.Providers.Square;

/// <summary>
/// Square answers an empty list with <c>{}</c>. So would a proxy, and so does Square itself to the token of another seller. Before
/// "there is none" is believed, Square has to name our location.
/// </summary>
internal sealed class LocationCheck(SquareApi api, SquareSettings settings)
{
    /// <summary>Null: it is ours. Else why that could not be seen.</summary>
    public async Task<string?> Problem(CancellationToken cancellation) =>
        await api.Get($"/v2/locations/{settings.LocationId}", cancellation) switch
        {
            SquareAnswer.Done(var body) => body.Child("location")?.Text("id") == settings.LocationId ? null : "Square answered about another location than ours",
            SquareAnswer.Refused(_, var said) => said,
            SquareAnswer.Unclear(var why) => why,
            _ => throw new InvalidOperationException("SquareAnswer is a closed set."),
        };
}
