using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CashlessGateway.Storage;

namespace CashlessGateway.Demo;

/// <summary>The folder with the demo city's files.</summary>
public sealed record DemoFolder(string Path)
{
    /// <summary>The files are some ten kilobytes; a bigger one is something else under their name.</summary>
    private const long MostBytes = 1_048_576;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly JsonSerializerOptions StrictJson = new(JsonSerializerDefaults.Strict) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public List<CsvRow> Table(string name, params IReadOnlyList<string> columns) => CsvFile.Parse(name, Text(name), columns);

    public T Json<T>(string name)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Text(name), StrictJson) ?? throw new StartupException($"{name}, line 1: it is null.");
        }
        catch (JsonException error)
        {
            throw new StartupException($"{name}, line {(error.LineNumber ?? 0) + 1}: {error.Message}", error);
        }
    }

    private string Text(string name)
    {
        var file = System.IO.Path.Combine(Path, name);
        try
        {
            var size = new FileInfo(file).Length;
            return size <= MostBytes ? File.ReadAllText(file, StrictUtf8) : throw new StartupException($"The demo city's file '{file}' has {size} bytes; {MostBytes} are allowed.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw new StartupException($"The demo city's file '{file}' cannot be read: {error.Message}", error);
        }
    }
}
