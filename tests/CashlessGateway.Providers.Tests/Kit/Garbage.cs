using System.Text;

namespace CashlessGateway.Providers.Tests.Kit;

/// <summary>Bodies that no provider promises and every provider's way to us has sent at some time.</summary>
public static class Garbage
{
    public static TheoryData<string> Names => [.. All.Keys];

    public static IReadOnlyDictionary<string, byte[]> All { get; } = new Dictionary<string, byte[]>
    {
        ["empty"] = [],
        ["one space"] = " "u8.ToArray(),
        ["a page"] = "<html><body><h1>503 Service Unavailable</h1></body></html>"u8.ToArray(),
        ["plain words"] = "upstream connect error or disconnect/reset before headers"u8.ToArray(),
        ["an empty object"] = "{}"u8.ToArray(),
        ["an empty list"] = "[]"u8.ToArray(),
        ["null"] = "null"u8.ToArray(),
        ["a number"] = "42"u8.ToArray(),
        ["a string"] = "\"ok\""u8.ToArray(),
        ["half an object"] = "{\"status\":\"COMPLE"u8.ToArray(),
        ["two objects"] = "{}{}"u8.ToArray(),
        ["not UTF-8"] = [(byte)'{', (byte)'"', 0xFF, 0xFE, (byte)'"', (byte)':', (byte)'"', 0x80, (byte)'"', (byte)'}'],
        ["half a surrogate pair"] = "{\"\\ud800\":\"\\ud800\",\"status\":\"\\ud800\"}"u8.ToArray(),
        ["NUL bytes"] = new byte[100],
        ["very deep"] = Encoding.UTF8.GetBytes(new string('[', 5_000) + new string(']', 5_000)),
        ["very long"] = Encoding.UTF8.GetBytes($"{{\"a\":\"{new string('x', 2_000_000)}\"}}"),
    };
}
