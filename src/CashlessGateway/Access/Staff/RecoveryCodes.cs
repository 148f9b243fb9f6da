using System.Security.Cryptography;
using System.Text;

namespace CashlessGateway.Access.Staff;

/// <summary>Ten codes for the day on which the telephone is lost, each good once.</summary>
public static class RecoveryCodes
{
    public const int Count = 10;

    /// <summary>Without letters that are read as others; 32^16 is 80 bits, so that a fast hash is enough.</summary>
    private const string Letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    private const int Length = 16;
    private const int Group = 4;

    public static List<string> New() => [.. Enumerable.Range(0, Count).Select(static _ => Write(RandomNumberGenerator.GetString(Letters, Length)))];

    /// <summary>Salted with its owner, so that equal codes of two people would not look alike.</summary>
    public static byte[] Hash(Person person, string code) => SHA256.HashData(Encoding.UTF8.GetBytes($"{person.Municipality}/{person.Id}/{Plain(code)}"));

    public static bool Looks(string text) => Plain(text).Length == Length;

    private static string Write(string code) => string.Join('-', code.Chunk(Group).Select(static part => new string(part)));

    /// <summary>Typed from paper: with or without hyphens, in small letters or in full width.</summary>
    private static string Plain(string code) => string.Concat(LoginKey.Plain(code).ToUpperInvariant().Where(char.IsAsciiLetterOrDigit));
}
