using CashlessGateway.Codes;
using CashlessGateway.Web;

namespace CashlessGateway.Receivables;

/// <summary>What to tell a person whose scan is no code, by what is wrong and what it was meant to be.</summary>
public static class UnreadableWords
{
    public static CodeProblem Of(Unreadable unreadable) => unreadable.Why switch
    {
        UnreadableReason.Empty => new("empty", new("何も読み取れていません。もう一度読み直してください。", "Nothing was read. Scan it again.")),
        UnreadableReason.TooLong => new("too-long", new("長すぎて、読めるコードではありません。読み直してください。", "Too long to be any of the codes. Scan it again.")),
        UnreadableReason.NotDigits => new("not-digits", new("納付書のコードにない文字があります。別のコードを読んでいないか確かめて、納付書のバーコードかeL-QRを読み直してください。", "It holds letters that no bill's code has. Check which code it is and scan the slip's barcode or eL-QR again.")),
        UnreadableReason.WrongLength => new("wrong-length", OfLength(unreadable.Resembles)),
        UnreadableReason.WrongCheckDigit => new("wrong-check-digit", new("検査数字が合いません（読み違い）。読み直してください。", "The check digit does not fit: a misread. Scan it again.")),
        UnreadableReason.WrongPrefix => new("wrong-prefix", new("料金収納のバーコード（91で始まる44桁）ではありません。別のコードを読んでいないか確かめて、読み直してください。", "Not a payment slip's barcode, which begins with 91. Check which code it is and scan again.")),
        UnreadableReason.WrongDate => new("wrong-date", OfDate(unreadable.Resembles)),
        UnreadableReason.WrongStructure => new("wrong-structure", OfStructure(unreadable.Resembles)),
        UnreadableReason.WrongCrc => new("wrong-crc", new("コードの検査値が合いません（読み違い）。読み直してください。", "The code's checksum does not fit: a misread. Scan it again.")),
        UnreadableReason.WrongRowCheckDigits => new("wrong-row-check-digits", new("eL-QRの中の検査数字が合いません（印字の誤り）。この納付書では受け取らず、担当課に確かめてください。", "The check digits inside the eL-QR are wrong: it was printed so. Do not charge it; ask the office in charge.")),
        UnreadableReason.AmountsDiffer => new("printed-amounts-differ", new("eL-QRの中に違う金額が2つあります（印字の誤り）。この納付書では受け取らず、担当課に確かめてください。", "The eL-QR says two different amounts: it was printed so. Do not charge it; ask the office in charge.")),
        UnreadableReason.CardNumber => new("card-number", new("クレジットカードなどの番号のようです。ここには入れないでください。カードは決済端末で読み取ってください。", "This looks like a payment card's number. Never enter one here: cards are read by the payment terminal.")),
    };

    private static Words OfLength(CodeKind resembles) => resembles switch
    {
        CodeKind.ElQr => new("eL-QRの255桁がそろっていません。コード全体を読み直してください。", "An eL-QR has 255 digits and these are not all of them. Scan the whole code again."),
        CodeKind.ElNumber => new("eL番号は34桁（収納機関番号5・納付番号20・確認番号6・納付区分3）です。桁数を確かめて入れ直してください。", "An eL番号 has 34 digits (5, 20, 6 and 3). Count them and type it again."),
        CodeKind.StoreCode => new("長すぎて、お店のコードではありません。読み直してください。", "Too long to be a store's code. Scan it again."),
        CodeKind.Unknown or CodeKind.Slip or CodeKind.PayEasy or CodeKind.CustomerCode => new("桁数が合いません（納付書のバーコードは44桁）。バーコード全体を読み直してください。", "No code has so many digits; a slip's barcode has 44. Scan the whole barcode again."),
    };

    private static Words OfDate(CodeKind resembles) => resembles == CodeKind.ElQr
        ? new("eL-QRの期限が暦にない日です（印字の誤り）。この納付書では受け取らず、担当課に確かめてください。", "A date in the eL-QR is no day of the calendar: it was printed so. Do not charge it; ask the office in charge.")
        : new("支払期限の桁が暦にない日です。読み直してください。", "Its pay-by digits are no day of the calendar. Scan it again.");

    private static Words OfStructure(CodeKind resembles) => resembles switch
    {
        CodeKind.CustomerCode => new("お客様の支払コードが途中で切れています。お客様に画面を更新してもらい、読み直してください。", "The customer's code is torn. Ask the customer to refresh it and scan again."),
        CodeKind.StoreCode => new("お店のコードとしても読めません（コードの構造が壊れています）。読み直してください。", "Not even readable as a store's code: its structure is broken. Scan it again."),
        CodeKind.Unknown or CodeKind.Slip or CodeKind.ElQr or CodeKind.ElNumber or CodeKind.PayEasy => new("eL-QRとして読めません（コードの構造が違います）。納付書のeL-QRを読み直してください。", "Not readable as an eL-QR: its structure is wrong. Scan the slip's eL-QR again."),
    };
}
