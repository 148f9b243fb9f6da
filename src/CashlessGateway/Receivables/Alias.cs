using System.Security.Cryptography;
using System.Text;
using CashlessGateway.Codes;
using CashlessGateway.Fees;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Receivables;

public enum AliasType
{
    Slip,
    Elqr,
    Booking,
    Application,
}

/// <summary>A name under which a receivable is found: of a code only the matching key is kept (mechanics 21).</summary>
public sealed record Alias(AliasType Type, string Key)
{
    public byte[] Hash => SHA256.HashData(Encoding.UTF8.GetBytes(Key));

    public static async Task<Alias> OfSlip(Reader reader, string municipality, SlipCode slip) =>
        new(AliasType.Slip, slip.MatchingKey(await FeeStore.Layout(reader, municipality, slip.Company)));

    /// <summary>
    /// The eL number inside the 255 digits: 収納機関番号, 案件特定キー, 確認番号 and 税目・料金番号 at their fixed places in the MPN
    /// information. Null when it is not such a code.
    /// </summary>
    public static Alias? OfElQr(string digits)
    {
        const int mpn = 29;
        if (digits.Length != 255 || !digits.All(char.IsAsciiDigit) || !digits.StartsWith("000201010212279600051380001", StringComparison.Ordinal)) return null;
        return new Alias(AliasType.Elqr, string.Concat(digits.AsSpan(mpn + 25, 5), digits.AsSpan(mpn + 41, 20), digits.AsSpan(mpn + 61, 6), digits.AsSpan(mpn + 31, 3)));
    }
}

/// <summary>An alias as it was sent: the key of a slip depends on its issuer's layout, which lies in the database.</summary>
public sealed record AliasRequest(AliasType Type, string Value, SlipCode? Slip)
{
    public const int Longest = 300;

    public static AliasRequest? Read(BodyObject item)
    {
        var type = item.Choice<AliasType>("type", required: true);
        var value = item.Text("value", Longest, required: true);
        item.End();
        if (type is null || value is null) return null;
        if (type == AliasType.Elqr && Alias.OfElQr(value) is null)
            item.Refuse("value", "unreadable", new Words("eL-QRの255桁ではありません。", "These are not the 255 digits of an eL-QR."));
        if (type != AliasType.Slip) return new AliasRequest(type.Value, value, null);
        if (CodeReader.Read(value) is CodeReading.Slip slip) return new AliasRequest(type.Value, value, slip.Code);
        item.Refuse("value", "unreadable", new Words("44桁のバーコードとして読めません（桁数・検査数字を確かめてください）。", "Not readable as a 44-digit slip barcode: check its length and check digit."));
        return null;
    }

    public async Task<Alias> Resolve(Reader reader, string municipality) => Type switch
    {
        AliasType.Slip => await Alias.OfSlip(reader, municipality, Slip!),
        AliasType.Elqr => Alias.OfElQr(Value)!,
        AliasType.Booking or AliasType.Application => new Alias(Type, Value),
    };
}
