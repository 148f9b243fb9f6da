using System.Runtime.CompilerServices;

namespace CashlessGateway.Providers.Stripe;

/// <summary>Reads lists to their end, or says that it could not: half a list proves nothing.</summary>
internal static class Paging
{
    /// <summary>2,000 payments within the half hour around an order; a city with more asks by what it was told.</summary>
    private const int MostPagesOfASearch = 20;

    /// <summary>100,000 entries: a year of payouts, or the lines of one payout of the largest city.</summary>
    private const int MostPagesOfAList = 1_000;

    /// <summary>All entries that fit.</summary>
    public static async Task<StripeAnswer<IReadOnlyList<T>>> Find<T>(Func<string?, Task<StripeAnswer<Page<T>>>> ask, Func<T, bool> fits)
    {
        var found = new List<T>();
        string? after = null;
        for (var page = 0; page < MostPagesOfASearch; page++)
        {
            switch (await ask(after))
            {
                case StripeAnswer<Page<T>>.Done(var (items, next)):
                    found.AddRange(items.Where(fits));
                    if (next is null)
                        return new StripeAnswer<IReadOnlyList<T>>.Done(found);

                    after = next;
                    break;
                case StripeAnswer<Page<T>>.Refused(var why, var said):
                    return new StripeAnswer<IReadOnlyList<T>>.Refused(why, said);
                case StripeAnswer<Page<T>>.Unclear(var why):
                    return new StripeAnswer<IReadOnlyList<T>>.Unclear(why);
            }
        }

        return new StripeAnswer<IReadOnlyList<T>>.Unclear("Stripe's list around the time of the order has no end");
    }

    /// <exception cref="ProviderReadException">The list could not be read to its end.</exception>
    public static async IAsyncEnumerable<T> Read<T>(Func<string?, Task<StripeAnswer<Page<T>>>> ask, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string? after = null;
        for (var page = 0; page < MostPagesOfAList; page++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (items, next) = Sure(await ask(after));
            foreach (var item in items)
                yield return item;

            if (next is null)
                yield break;

            after = next;
        }

        throw new ProviderReadException("Stripe's list has no end");
    }

    private static Page<T> Sure<T>(StripeAnswer<Page<T>> answer) => answer switch
    {
        StripeAnswer<Page<T>>.Done(var page) => page,
        StripeAnswer<Page<T>>.Refused(_, var said) => throw new ProviderReadException(said),
        StripeAnswer<Page<T>>.Unclear(var why) => throw new ProviderReadException(why),
        _ => throw new InvalidOperationException("StripeAnswer is a closed set."),
    };
}
