namespace CashlessGateway.Access.Staff;

/// <summary>Where to go on after signing in: a page of ours and nothing else.</summary>
public static class LocalPath
{
    private const int Longest = 512;

    /// <summary>The path, or the other one when the text is none: another site's, a scheme, two slashes, a backslash, a line break.</summary>
    public static string Of(string? text, string otherwise) =>
        text is { Length: > 0 and <= Longest } && text[0] == '/' && !(text.Length > 1 && text[1] is '/' or '\\')
        && text.All(static letter => letter is > ' ' and < '\u007F' and not '\\') && !IsSignIn(text)
            ? text
            : otherwise;

    /// <summary>Back to the sign-in would be a circle, and the sign-out a trap.</summary>
    private static bool IsSignIn(string path) => path.StartsWith("/sign-", StringComparison.OrdinalIgnoreCase) || path.StartsWith("/m/", StringComparison.OrdinalIgnoreCase);
}
