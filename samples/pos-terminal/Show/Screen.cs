using System.Text;

namespace PosTerminal.Show;

/// <summary>The clerk's screen and keyboard.</summary>
public sealed class Screen
{
    private int _shown;

    public Screen(bool interactive)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        IsInteractive = interactive;
    }

    /// <summary>Somebody sits there and can be asked.</summary>
    public bool IsInteractive { get; }

    public static bool HasColours => !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or "" && Environment.GetEnvironmentVariable("TERM") is not "dumb";

    public void Line(string text = "")
    {
        EndProgress();
        Console.WriteLine(text);
    }

    public void Lines(IEnumerable<string> lines)
    {
        foreach (var line in lines) Line(line);
    }

    /// <summary>A line that is written over by the next one. Into a file it is not written at all.</summary>
    public void Progress(string text)
    {
        if (Console.IsOutputRedirected) return;
        Console.Write("\r" + text + new string(' ', Math.Max(0, _shown - Width.Of(text))));
        _shown = Width.Of(text);
    }

    /// <summary>Null when nobody is there (any more).</summary>
    public string? Ask(string question)
    {
        if (!IsInteractive) return null;
        EndProgress();
        Console.Write(question + " ");
        return Console.ReadLine()?.Trim();
    }

    public bool Confirms(string question) => Ask(question + "（y/N）") is "y" or "Y" or "ｙ" or "はい";

    private void EndProgress()
    {
        if (_shown == 0) return;
        Console.WriteLine();
        _shown = 0;
    }
}
