using CashlessGateway.Audit;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Receipts;

/// <summary>A receipt that is to be handed out.</summary>
/// <param name="By">Who does it: a principal.</param>
/// <param name="Terminal">The terminal whose receipt printer prints it; null when the caller has a printer of its own.</param>
public sealed record PrintOrder(ReceiptForm Form, string By, string? Terminal = null);

/// <summary>One that was handed out, or tried to be.</summary>
/// <param name="Why">What went wrong at the printer, for whoever stands beside it.</param>
public sealed record IssuedReceipt(ReceiptPrint Print, Receipt Receipt, Words? Why)
{
    public ReceiptPaper Paper => ReceiptPaper.Of(Receipt, Print.How);
}

/// <summary>The door to receipts, for the API and for screens.</summary>
public sealed class ReceiptDesk(Database database, Clock clock, Ids ids, ReadReceiptFacts facts, ReceiptSettings settings, Settings gateway, ReceiptPrinter printers)
{
    /// <summary>Two prints of one receipt at the same moment: the second comes behind the first.</summary>
    private const int MostTries = 20;

    private const string Look = "控え";

    /// <summary>The receipt as it is now, marked 控え: looking at it hands out nothing.</summary>
    public async Task<Result<Receipt>> Of(string municipality, ReceiptSubject subject, CancellationToken cancellation = default)
    {
        if (!(await facts.Of(municipality, subject, cancellation)).IsOk(out var found, out var problem)) return problem;
        return Make(found, await Row(municipality, found)) with { Copy = Look };
    }

    /// <summary>At which place it was paid, and at which it was charged: whoever may use one of them may have it.</summary>
    public async Task<Result<ReceiptFacts>> Facts(string municipality, ReceiptSubject subject, CancellationToken cancellation = default) => await facts.Of(municipality, subject, cancellation);

    /// <summary>Hands it out: the first is the original, each one after it is marked 再発行. With a terminal, its printer prints it.</summary>
    public async Task<Result<IssuedReceipt>> Print(string municipality, ReceiptSubject subject, PrintOrder order)
    {
        if (!(await Begin(municipality, subject, order, static (_, _) => Task.CompletedTask)).IsOk(out var begun, out var problem)) return problem;
        return begun.Print.Outcome == PrintState.Sending ? await Send(begun, static (_, _) => Task.CompletedTask) : begun;
    }

    /// <summary>A link to the whole receipt that only this answer knows, for the customer's phone. It counts as a print, and opens until its day.</summary>
    public async Task<Result<Uri>> QrAddress(string municipality, ReceiptSubject subject, string by)
    {
        var (code, now) = (ReceiptCode.New(), clock.Now());
        var begun = await Begin(municipality, subject, new PrintOrder(ReceiptForm.Link, by), (unit, print) =>
            ReceiptStore.InsertLinkTo(unit, print, ReceiptCode.Hash(code), now.Plus(settings.KeepLinks)));
        return begun.Then<Uri>(_ => new Uri(gateway.PublicUrl, $"/receipt/{code}"));
    }

    /// <summary>書損: the paper is no good and is kept. Its number and its place in the count stay.</summary>
    public async Task<Result<ReceiptPrint>> Spoil(ReceiptPrint print, SpoiltWhy why, string by, Func<Unit, Task> alongside)
    {
        var now = clock.Now();
        var after = await database.WriteSurely(async unit =>
        {
            await ReceiptStore.Spoil(unit, print, BusinessDate.Of(now), now, by, why);
            await alongside(unit);
            return await ReceiptStore.Print(unit, print.Municipality, print.Id);
        }, ReadBack.SafeToRepeat);
        return after ?? throw new InvalidOperationException($"Print {print.Id} is gone.");
    }

    /// <summary>Papers that were declared spoilt at a place on a day: for its day sheet.</summary>
    public Task<List<ReceiptPrint>> Spoilt(string municipality, string place, BusinessDate day, CancellationToken cancellation = default) =>
        database.Read(reader => ReceiptStore.Spoilt(reader, municipality, place, day), cancellation);

    public Task<ReceiptPrint?> FindPrint(string municipality, string id, CancellationToken cancellation = default) => database.Read(reader => ReceiptStore.Print(reader, municipality, id), cancellation);

    /// <summary>All prints of a receipt, the first first.</summary>
    public Task<List<ReceiptPrint>> Prints(string municipality, ReceiptSubject subject, CancellationToken cancellation = default) =>
        database.Read(reader => ReceiptStore.Prints(reader, municipality, subject.ToString()), cancellation);

    /// <summary>The receipt with the mark of one of its prints.</summary>
    public async Task<Result<Receipt>> Of(ReceiptPrint print, CancellationToken cancellation = default)
    {
        if (ReceiptSubject.Of(print.Subject) is not { } subject) throw new InvalidOperationException($"Print {print.Id} is of {print.Subject}.");
        return (await Of(print.Municipality, subject, cancellation)).Then<Receipt>(receipt => receipt with { Copy = print.Mark });
    }

    /// <summary>What a holder of the paper may know; null for a code that is nobody's.</summary>
    public async Task<Result<Receipt>?> OfCode(string? typed, CancellationToken cancellation)
    {
        if (ReceiptCode.Parse(typed) is not { } code) return null;
        return await database.Read(reader => ReceiptStore.WithCode(reader, code), cancellation) is { } row ? await Of(row.Municipality, ReceiptSubject.Of(row.Subject)!.Value, cancellation) : null;
    }

    /// <summary>The whole receipt behind a link; null for one that is over, or nobody's.</summary>
    public async Task<Result<Receipt>?> OfLink(string? typed, CancellationToken cancellation)
    {
        if (ReceiptCode.Parse(typed) is not { } code) return null;
        return await database.Read(reader => ReceiptStore.LinkedPrint(reader, ReceiptCode.Hash(code), clock.Now()), cancellation) is { } print ? await Of(print, cancellation) : null;
    }

    /// <summary>The print is written before anything is sent: whatever happens then, it is known.</summary>
    /// <param name="alongside">What else belongs into the same unit.</param>
    internal async Task<Result<IssuedReceipt>> Begin(string municipality, ReceiptSubject subject, PrintOrder order, Func<Unit, ReceiptPrint, Task> alongside)
    {
        if (!(await facts.Of(municipality, subject, CancellationToken.None)).IsOk(out var found, out var problem)) return problem;
        if (!(await PrinterOf(municipality, order)).IsOk(out var printer, out problem)) return problem;
        var (row, id, now) = (await Row(municipality, found), ids.Next(), clock.Now());
        for (var attempt = 1; attempt <= MostTries; attempt++)
        {
            var written = await database.WriteKeyed(async unit =>
            {
                var print = Next(await ReceiptStore.Prints(unit, municipality, row.Subject)) with
                {
                    Municipality = municipality,
                    Id = id,
                    Subject = row.Subject,
                    Form = Names.Of(order.Form),
                    Printer = printer?.ToString(),
                    Place = found.Place.Code,
                    State = Names.Of(printer is null ? PrintState.Printed : PrintState.Sending),
                    PrintedAt = now,
                    PrintedBy = order.By,
                };
                await ReceiptStore.Insert(unit, print);
                await alongside(unit, print);
                return print;
            }, ReadBack.ByRow(ReceiptStore.PrintExists, new { municipality, id }));
            if (written is Written<ReceiptPrint>.Done { Value: var begun }) return new IssuedReceipt(begun, Make(found, row) with { Copy = begun.Mark }, null);
            if (written is not Written<ReceiptPrint>.Taken { Index: ReceiptStore.PositionIndex }) throw new InvalidOperationException($"The print could not be written: {written}.");
        }

        throw new InvalidOperationException($"{MostTries} others print {subject} at this moment.");
    }

    /// <summary>Sends it to its printer and writes down what came of it.</summary>
    internal async Task<IssuedReceipt> Send(IssuedReceipt begun, Func<Unit, IssuedReceipt, Task> alongside)
    {
        var printer = PrinterAddress.Parse(begun.Print.Printer) ?? throw new InvalidOperationException($"Print {begun.Print.Id} has no printer.");
        var outcome = await printers.Send(printer, begun.Paper.Bytes);
        return await End(begun, outcome, alongside);
    }

    internal async Task<IssuedReceipt> End(IssuedReceipt begun, PrinterOutcome outcome, Func<Unit, IssuedReceipt, Task> alongside)
    {
        var ended = begun with { Print = begun.Print with { State = Names.Of(outcome.State) }, Why = outcome.Why };
        await database.WriteSurely(async unit =>
        {
            await ReceiptStore.End(unit, begun.Print, outcome.State);
            await alongside(unit, ended);
            return true;
        }, ReadBack.SafeToRepeat);
        return ended;
    }

    /// <summary>Its place in the count. What never reached a printer is not counted. Pure.</summary>
    internal static ReceiptPrint Next(IReadOnlyList<ReceiptPrint> before)
    {
        var counted = before.Where(static print => print.Outcome != PrintState.Failed).ToList();
        return new ReceiptPrint
        {
            Position = before.Count == 0 ? 1 : before.Max(static print => print.Position) + 1,
            Copy = counted.Count,
            ForSpoilt = counted.Count > 0 && counted.All(static print => print.SpoiltAt is not null) ? 1 : 0,
        };
    }

    private async Task<Result<PrinterAddress?>> PrinterOf(string municipality, PrintOrder order)
    {
        if (order.Terminal is not { } code) return (PrinterAddress?)null;
        if (order.Form != ReceiptForm.Escpos) return Problem.At(Errors.Invalid, "/form", "not-allowed", new Words("プリンターに送るときは escpos にしてください。", "What goes to a printer must be escpos."));
        var terminal = await database.Read(reader => PlaceStore.Terminal(reader, municipality, code));
        return PrinterAddress.Parse(terminal?.Printer) is { } address
            ? address
            : Problem.At(Errors.Invalid, "/terminal", "no-printer", new Words($"端末 {code} にレシートプリンターが登録されていません。", $"Terminal {code} has no receipt printer."));
    }

    private Receipt Make(ReceiptFacts found, StoredReceipt row) =>
        MakeReceipt.Of(found, settings.Of(row.Municipality), new ReceiptIdentity(row.Code, new Uri(gateway.PublicUrl, $"/r/{row.Code}"), row.Date, row.Slip), training: gateway.KeyEnvironment == "train");

    /// <summary>Made the first time that the receipt is shown; from then on it is the same.</summary>
    private async Task<StoredReceipt> Row(string municipality, ReceiptFacts found)
    {
        var (subject, now) = (found.Subject.ToString(), clock.Now());
        var row = new StoredReceipt { Municipality = municipality, Subject = subject, Place = found.Place.Code, Date = BusinessDate.Of(now), Code = ReceiptCode.New(), CreatedAt = now };
        for (var attempt = 1; attempt <= MostTries; attempt++)
        {
            if (await database.Read(reader => ReceiptStore.Find(reader, municipality, subject)) is { } known) return known;
            var written = await database.Write(async unit =>
            {
                var whole = found.Refund is null ? row : row with { Slip = await ReceiptStore.NextSlip(unit, row) };
                await ReceiptStore.Insert(unit, whole);
                return whole;
            }, ReceiptStore.IsWritten(row));
            if (written is Written<StoredReceipt>.Done { Value: var made }) return made;
        }

        throw new InvalidOperationException($"The receipt of {subject} could not be written.");
    }
}
