using System.Globalization;
using System.Text;

namespace CashlessGateway.Sandbox.Square.Wire;

/// <summary>Pages of a list. A cursor says how many rows have gone before; nobody outside may read that out of it.</summary>
internal static class Listing
{
    private const int Most = 100;
    private const string Mark = "row:";

    public static (IReadOnlyList<T> Rows, string? Cursor, SquareError? Problem) Cut<T>(IReadOnlyList<T> all, string? cursor, long? limit)
    {
        if (cursor is { Length: > 0 } && From(cursor) is null) return ([], null, SquareError.BadCursor);
        var from = cursor is { Length: > 0 } ? From(cursor)!.Value : 0;
        var size = limit is >= 1 and <= Most ? (int)limit : Most;   // a limit out of range is ignored
        var rows = all.Skip(from).Take(size).ToList();
        var next = from + rows.Count;
        return (rows, next < all.Count ? Convert.ToBase64String(Encoding.ASCII.GetBytes(Mark + next.ToString(CultureInfo.InvariantCulture))) : null, null);
    }

    private static int? From(string cursor)
    {
        var bytes = new byte[cursor.Length];
        return Convert.TryFromBase64String(cursor, bytes, out var length)
            && Encoding.ASCII.GetString(bytes, 0, length) is var text
            && text.StartsWith(Mark, StringComparison.Ordinal)
            && int.TryParse(text[Mark.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var from)
                ? from
                : null;
    }
}
