using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CashlessGateway.Jobs;

/// <summary>
/// What a run record may say about a failure. Records are read by many and kept for long, so nothing that could be a person
/// stays in: names here are not ASCII, and numbers of people, accounts and slips have four digits or more. The log has the rest.
/// </summary>
internal static partial class FailureDetail
{
    private const int Most = 300;

    public static string Of(Exception error)
    {
        var code = error is DbException { SqlState: { } state } ? string.Create(CultureInfo.InvariantCulture, $" {state}") : "";
        var text = Personal().Replace($"{error.GetType().Name}{code}: {error.Message.ReplaceLineEndings(" ")}", "…");
        return text.Length <= Most ? text : text[..Most];
    }

    [GeneratedRegex(@"[^\x20-\x7e…]+|[0-9]{4,}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Personal();
}
