using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Fees;

/// <summary>A file as it would change the catalogue.</summary>
public sealed record FilePreview(FeeFile File, FeeFilePlan Plan);

/// <summary>Files of items and grounds: out as they hold on a day, in as a preview that changes nothing until it was proposed and approved.</summary>
public sealed class ImportFees(Database database, Clock clock, Ids ids)
{
    private const int LongestName = 100;

    /// <summary>Kept when every line is right; else only looked at.</summary>
    public async Task<Result<FilePreview>> Look(StaffMember by, FeeFileKind kind, string name, ReadOnlyMemory<byte> bytes, BusinessDate validFrom)
    {
        if (SentText.Read(bytes.Span) is not { } text) return Problem.At(Errors.Invalid, "?file", "not-readable", new("文字コードは UTF-8 か Shift_JIS にしてください。", "The file must be UTF-8 or Shift_JIS."));
        var facts = await database.Read(reader => CatalogueFacts.Load(reader, by.Municipality));
        if (!FeeFileText.Read(kind, text, facts).IsOk(out var lines, out var problem)) return problem;
        var plan = await Plan(by.Municipality, kind, lines, validFrom);
        var file = new FeeFile { Id = ids.Next(), Kind = Names.Of(kind), Name = name.Length <= LongestName ? name : name[..LongestName], ValidFrom = validFrom, CreatedAt = clock.Now(), CreatedBy = by.Principal };
        if (!plan.IsRefused)
        {
            await database.WriteSurely(async unit =>
            {
                await FeeFileStore.Add(unit, by.Municipality, file, lines);
                return true;
            }, ReadBack.ByRow(FeeFileStore.Exists, new { municipality = by.Municipality, id = file.Id }));
        }

        return new FilePreview(file, plan);
    }

    /// <summary>Null when there is no such file.</summary>
    public async Task<FilePreview?> Find(string municipality, string id)
    {
        if (await database.Read(reader => FeeFileStore.Find(reader, municipality, id)) is not { } file) return null;
        return new FilePreview(file, await Plan(municipality, file.What, await database.Read(reader => FeeFileStore.Lines(reader, municipality, id)), file.ValidFrom));
    }

    public Task<string> Export(string municipality, FeeFileKind kind, BusinessDate day) => database.Read(async reader => kind switch
    {
        FeeFileKind.Fees => FeeFileText.Write(await FeeStore.All(reader, municipality, day)),
        FeeFileKind.Grounds => FeeFileText.Write((await GroundStore.All(reader, municipality)).Where(ground => ground.ValidTo is not { } end || end >= day)),
    });

    private Task<FeeFilePlan> Plan(string municipality, FeeFileKind kind, IReadOnlyList<FeeFileLine> lines, BusinessDate validFrom) =>
        database.Read(reader => FeeFileStore.Plan(reader, municipality, kind, lines, validFrom, clock.Today()));
}
