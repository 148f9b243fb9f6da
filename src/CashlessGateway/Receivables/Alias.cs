using System.Security.Cryptography;
using System.Text;
using CashlessGateway.Codes;
using CashlessGateway.Fees;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Receivables;

public enum AliasType
{
    Slip,
    Elqr,
    Payeasy,
    Booking,
    Application,
}

/// <summary>A name under which a receivable is found: of a code only the matching key is kept (mechanics 21).</summary>
public sealed record Alias(AliasType Type, string Key)
{
    public byte[] Hash => SHA256.HashData(Encoding.UTF8.GetBytes(Key));

    /// <summary>What a code calls its bill. An eL-QR and the eL番号 typed from beside it are the same name; the codes of stores and customers name no bill.</summary>
    public static async Task<Alias?> Of(Reader reader, string municipality, CodeReading reading) => reading switch
    {
        SlipCode slip => new Alias(AliasType.Slip, slip.MatchingKey(await FeeStore.Layout(reader, municipality, slip.Company))),
        ElQr elQr => new Alias(AliasType.Elqr, elQr.Number.Digits),
        ElNumber number => new Alias(AliasType.Elqr, number.Digits),
        PayEasy payEasy => new Alias(AliasType.Payeasy, payEasy.Key),
        _ => null,
    };
}

/// <summary>An alias as it was sent. A code is kept as it was read: the key of a slip depends on its issuer's layout, which lies in the database.</summary>
public sealed record AliasRequest(AliasType Type, string Value, CodeReading? Reading)
{
    public const int Longest = 300;

    /// <summary>What the code asks for, where it says.</summary>
    public Yen? Amount => Reading switch
    {
        SlipCode slip => new Yen(slip.Amount),
        ElQr elQr => new Yen(elQr.Amount),
        _ => null,
    };

    public static AliasRequest? Read(BodyObject item)
    {
        var type = item.Choice<AliasType>("type", required: true);
        var value = item.Text("value", Longest, required: true);
        item.End();
        if (type is null || value is null) return null;
        if (type is AliasType.Booking or AliasType.Application) return new AliasRequest(type.Value, value, null);
        var reading = CodeReader.Read(value);
        if (IsOf(type.Value, reading)) return new AliasRequest(type.Value, value, reading);
        item.Refuse("value", "unreadable", Refusal(type.Value, reading));
        return null;
    }

    public async Task<Alias> Resolve(Reader reader, string municipality) => Reading is null
        ? new Alias(Type, Value)
        : await Alias.Of(reader, municipality, Reading) ?? throw new InvalidOperationException($"An alias of type {Type} must name a bill.");

    private static bool IsOf(AliasType type, CodeReading reading) => type switch
    {
        AliasType.Slip => reading is SlipCode,
        AliasType.Elqr => reading is ElQr or ElNumber,
        AliasType.Payeasy => reading is PayEasy,
        AliasType.Booking or AliasType.Application => false,
    };

    private static Words Refusal(AliasType type, CodeReading reading)
    {
        var expected = type switch
        {
            AliasType.Slip => new Words("44桁のバーコードとして読めません（桁数・検査数字を確かめてください）。", "Not readable as a 44-digit slip barcode: check its length and check digit."),
            AliasType.Elqr => new Words("eL-QRの255桁としても、eL番号の34桁としても読めません。", "Neither the 255 digits of an eL-QR nor the 34 of an eL番号."),
            _ => new Words("ペイジー番号として読めません（収納機関番号-納付番号-確認番号-納付区分）。", "Not readable as Pay-easy numbers: 収納機関番号-納付番号-確認番号-納付区分."),
        };
        if (reading is not Unreadable unreadable) return expected;
        var found = UnreadableWords.Of(unreadable).Message;
        return new Words($"{expected.In(Language.Japanese)} {found.In(Language.Japanese)}", $"{expected.In(Language.English)} {found.In(Language.English)}");
    }
}
