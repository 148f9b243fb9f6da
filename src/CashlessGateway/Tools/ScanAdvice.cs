using CashlessGateway.Web;

namespace CashlessGateway.Tools;

/// <summary>What to change in a scanner's settings. The gateway understands most of these all the same; other programs at the counter may not.</summary>
internal static class ScanAdvice
{
    /// <summary>A person types slower; a scanner set slower than this keeps the counter waiting for an eL-QR of 255 digits.</summary>
    private const int SlowPace = 30;

    /// <summary>Fewer characters are no scan whose pace says anything.</summary>
    private const int EnoughToTell = 16;

    public static IReadOnlyList<Words> Of(ScanFacts facts)
    {
        var advice = new List<Words>();
        if (facts.Prefix is ScanPrefix.OtherKeyboard or ScanPrefix.OtherKeyboardAndInputMethod)
            advice.Add(new("スキャナーのキーボードの種類を、パソコンに合わせてください（日本語106/109キーのパソコンなら「日本語」）。「]」が別の記号になって届いています。", "Set the scanner's keyboard to that of the computer (Japanese for a 106/109-key one): \"]\" arrives as another sign."));
        if (facts.InputMethod)
            advice.Add(new("日本語入力（IME）を切ってください。半角/全角キーで切り替えられます。スキャナーに「IMEを切る」「ALTコードで送る」設定があれば、それを使うと確実です。", "Switch the Japanese input method (IME) off with the 半角/全角 key. Better still, let the scanner send in a way that passes it by, if it can (\"ALT code\")."));
        if (facts.End == ScanEnd.Tab)
            advice.Add(new("末尾（サフィックス）をTabからEnter（CR）に変えてください。", "Change the suffix from Tab to Enter (CR)."));
        if (facts.End == ScanEnd.None)
            advice.Add(new("末尾（サフィックス）にEnter（CR）を付けてください。付けないと、読み取るたびにボタンを押すことになります。", "Add Enter (CR) as the suffix: without it somebody has to press the button after each scan."));
        if (facts.GroupSeparators > 0)
            advice.Add(new("制御文字（GS）が届いています。読み取りには差し支えません。ほかのシステムで困るときは、スキャナーのFNC1の変換を「出力しない」にしてください。", "A control character (GS) arrives. It does no harm here; if another program minds, set the scanner not to send FNC1."));
        if (facts.MillisecondsPerCharacter > SlowPace && facts.Length >= EnoughToTell)
            advice.Add(new($"1文字に{facts.MillisecondsPerCharacter}ミリ秒かかっています。手で打ったのでなければ、スキャナーの送信の間隔（文字間ディレイ）を短くしてください。", $"It took {facts.MillisecondsPerCharacter} ms for each character. Unless it was typed by hand, shorten the scanner's delay between characters."));
        return advice;
    }
}
