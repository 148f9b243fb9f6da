using CashlessGateway.Commands;
using CashlessGateway.Events;
using CashlessGateway.Exceptions;
using CashlessGateway.Money;
using CashlessGateway.Payments;
using CashlessGateway.Providers;
using CashlessGateway.Storage;

namespace CashlessGateway.Recovery;

/// <summary>Where money goes that the call log says nothing about.</summary>
public sealed record ListedAt(string? Municipality, string? Place);

/// <summary>Books what a provider's own list or file holds and the restored database does not know.</summary>
public sealed class BookListed(Database database, BookFound book)
{
    private static readonly Sql KnownByReference = new("""
        select 1
        from payment
        where reference_hash = @hash
        """);

    private static readonly Sql KnownById = new("""
        select 1
        from payment
        where id = @id
        """);

    /// <summary>What the books already say went back: orders that the usual job follows, and what was found after the restore.</summary>
    private static readonly Sql SentBack = new("""
        select cast(coalesce(sum(amount), 0) as bigint)
        from refund
        where payment = @id and way in ('refund', 'void') and status in ('pending', 'inDoubt', 'succeeded')
        """);

    private static readonly Sql SentBackAndFound = new("""
        select cast(coalesce(sum(amount), 0) as bigint)
        from exception
        where kind = @kind and object >= @from and object < @to
        """);

    /// <returns>What was booked now.</returns>
    public async Task<FoundSum> Book(string instance, IReadOnlyList<ListedPayment> listed, Instant since, ListedAt at, IReadOnlyDictionary<string, CalledLine> called, Cause cause)
    {
        var from = since.Plus(-CallLogFile.ClockDifference);
        var (count, sum) = (0L, Yen.Zero);
        foreach (var group in listed.GroupBy(payment => FoundMoney.ObjectOf(payment.Reference, instance, payment.ProviderReference)))
        {
            var line = PublicId.Strip(PublicId.Payment, group.Key) is { } id ? called.GetValueOrDefault(id) : null;
            var taken = group.Where(payment => payment.Amount > 0 && Instant.From(payment.At) >= from).ToList();
            if (taken.Count > 0 && await IsKnown(group.Key, instance, taken)) taken = [];
            foreach (var (payment, name) in taken.Select((payment, i) => (payment, i == 0 ? group.Key : $"{group.Key}:{payment.ProviderReference}")).Concat(await BackUnknown(group.Key, group, from)))
            {
                var found = new FoundMoney(await Municipality(instance, at, line), instance, name, payment.Amount, payment.Currency, Instant.From(payment.At), line?.Place ?? at.Place, line);
                if (!await book.Book(found, cause)) continue;
                (count, sum) = (count + 1, sum + new Yen(payment.Amount));
            }
        }

        return new FoundSum { Count = count, Amount = sum };
    }

    private Task<bool> IsKnown(string name, string instance, List<ListedPayment> taken) => database.Read(async reader =>
        (PublicId.Strip(PublicId.Payment, name) is { } id && await reader.Exists(KnownById, new { id }))
        || await reader.Exists(KnownByReference, new { hash = References.Hash(instance, taken[0].ProviderReference) }));

    /// <summary>A list names no refunds of ours, so the sum decides: the oldest rows are those that the books know, what is left over is new.</summary>
    private async Task<IEnumerable<(ListedPayment, string)>> BackUnknown(string name, IEnumerable<ListedPayment> group, Instant from)
    {
        var back = group.Where(payment => payment.Amount < 0).OrderBy(payment => payment.At).ToList();
        if (back.Count == 0) return [];
        var known = await Known(name);
        var unknown = new List<(ListedPayment, string)>();
        for (var i = 0; i < back.Count; i++)
        {
            if (known >= -back[i].Amount) known += back[i].Amount;
            else if (Instant.From(back[i].At) >= from) unknown.Add((back[i], string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}{FoundMoney.Refund}{back[i].At.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}:{i}")));
        }

        return unknown;
    }

    private Task<long> Known(string name) => database.Read(async reader =>
    {
        var prefix = name + FoundMoney.Refund;
        var found = -await reader.One<long>(SentBackAndFound, new { kind = Difference.FoundAfterRestore, from = prefix, to = prefix + "~" });
        return PublicId.Strip(PublicId.Payment, name) is { } id ? found + await reader.One<long>(SentBack, new { id }) : found;
    });

    private async Task<string> Municipality(string instance, ListedAt at, CalledLine? line)
    {
        if ((line?.Municipality ?? at.Municipality) is { } told) return told;
        var all = await database.Read(reader => RecoveryPlaces.Municipalities(reader, instance));
        return all is [var only] ? only : throw new CommandException($"{instance} serves {all.Count} municipalities ({string.Join(", ", all)}); say whose money an unknown payment is with --municipality.");
    }
}
