using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace CashlessGateway.Tests.Alarms;

internal sealed record Mail(string To, string Subject, string Text);

/// <summary>Somebody's mail server: takes mails and keeps them, or closes the door on whoever calls.</summary>
internal sealed partial class MailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<Mail> _mails = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _taking;

    public MailServer()
    {
        _listener.Start();
        _taking = Take();
    }

    /// <summary>Takes calls and hangs up at once.</summary>
    public bool IsDown { get; set; }

    public IReadOnlyList<Mail> Mails => [.. _mails];

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The subjects of mails about one thing: other alarms of the machine or the city may be on as well.</summary>
    public IReadOnlyList<string> About(string word) => [.. Mails.Select(static mail => mail.Subject).Where(subject => subject.Contains(word, StringComparison.Ordinal))];

    public string[] Settings =>
    [
        "--Alarms:Mail:To=kaikei@city.example,shisutemu@city.example", "--Alarms:Mail:From=gateway@city.example", "--Alarms:Mail:SmtpHost=127.0.0.1",
        $"--Alarms:Mail:SmtpPort={Port}", "--Alarms:Mail:StartTls=false",
    ];

    private async Task Take()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                if (!IsDown) await Serve(client);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    /// <summary>RFC 5321, as far as one mail needs it.</summary>
    private async Task Serve(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        await using var writer = new StreamWriter(client.GetStream(), Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        var to = new List<string>();
        await writer.WriteLineAsync("220 ready");
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            if (line.StartsWith("RCPT TO:", StringComparison.OrdinalIgnoreCase)) to.Add(line[8..].Trim(' ', '<', '>'));
            if (line == "DATA") await Data(reader, writer, string.Join(',', to));
            else await writer.WriteLineAsync(line == "QUIT" ? "221 bye" : "250 ok");
            if (line == "QUIT") return;
        }
    }

    private async Task Data(StreamReader reader, StreamWriter writer, string to)
    {
        await writer.WriteLineAsync("354 go on");
        var lines = new List<string>();
        while (await reader.ReadLineAsync(_stop.Token) is { } line && line != ".") lines.Add(line);
        var text = string.Join('\n', lines);
        var (head, body) = (text[..text.IndexOf("\n\n", StringComparison.Ordinal)].Replace("\n ", "", StringComparison.Ordinal), text[(text.IndexOf("\n\n", StringComparison.Ordinal) + 2)..]);
        var subject = head.Split('\n').First(static header => header.StartsWith("Subject: ", StringComparison.Ordinal))["Subject: ".Length..];
        _mails.Enqueue(new Mail(to, Word().Replace(subject, static word => Decoded(word.Groups["text"].Value)), Decoded(body.Replace("\n", "", StringComparison.Ordinal))));
        await writer.WriteLineAsync("250 taken");
    }

    private static string Decoded(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));

    [GeneratedRegex(@"=\?utf-8\?B\?(?<text>[^?]*)\?=\s*", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Word();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _taking;
        _listener.Dispose();
        _stop.Dispose();
    }
}
