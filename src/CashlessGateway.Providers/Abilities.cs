namespace CashlessGateway.Providers;

/// <summary>What a contract can do. Buttons, routing and limits follow from it.</summary>
public sealed record ProviderAbilities
{
    /// <summary>The ways to pay.</summary>
    public required IReadOnlyList<MethodAbility> Methods { get; init; }

    /// <summary>
    /// An accepted cancel is a promise that the money goes back even if the customer paid in that moment. A payment then counts
    /// as cancelled on acceptance, and the gateway watches for a day whether the promise was kept.
    /// </summary>
    public bool AcceptedCancelReturnsMoney { get; init; }

    /// <summary>
    /// How long after the end of our last call "not found" may still mean "not yet". Say in a comment why this is enough.
    /// Null: never by time alone.
    /// </summary>
    public required TimeSpan? AbsentIsFinalAfter { get; init; }

    /// <summary>How long a repeated start under the same reference is treated as one. Zero: it is never repeated, only looked up.</summary>
    public TimeSpan KeysLiveFor { get; init; }

    /// <summary>
    /// A code whose answer never reached us was never shown, so nobody can pay it: a cancel that the provider cannot be asked for
    /// still frees the clerk, and the payment stays under watch.
    /// </summary>
    public bool UnshownCannotBePaid { get; init; }

    /// <summary>The pace at which one payment may be asked for.</summary>
    public required TimeSpan Pace { get; init; }

    /// <summary>The longest that a start may take, by the provider's own documents.</summary>
    public required TimeSpan StartLimit { get; init; }

    /// <summary>The longest that any other call may take.</summary>
    public required TimeSpan CallLimit { get; init; }

    /// <summary>How long after a code's end money that was paid in its last moment may still show. The gateway's clock ends a payment after it.</summary>
    public TimeSpan ExpiryGrace { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>One way to pay.</summary>
/// <param name="Method"><c>qr</c>, <c>emoney</c> or <c>card</c>.</param>
/// <param name="Presentation"><c>merchantCode</c>, <c>customerCode</c>, <c>terminal</c> or <c>online</c>.</param>
/// <param name="Brands">Brands by the names of the API.</param>
/// <param name="LowestAmount">Yen.</param>
/// <param name="HighestAmount">Yen.</param>
public sealed record MethodAbility(string Method, string Presentation, IReadOnlyList<string> Brands, long LowestAmount, long HighestAmount);

/// <summary>What may be sent back of a payment made with one brand.</summary>
/// <param name="Partial">Less than the whole.</param>
/// <param name="MostPerPayment">How many refunds one payment may have.</param>
/// <param name="Until">The last moment, from the time of capture.</param>
public sealed record RefundAbilities(bool Partial, int MostPerPayment, Func<DateTimeOffset, DateTimeOffset> Until);
