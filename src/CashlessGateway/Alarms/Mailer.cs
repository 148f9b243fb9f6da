using System.Net;
using System.Net.Mail;
using System.Text;

namespace CashlessGateway.Alarms;

public sealed record Letter(string Subject, string Body);

/// <summary>Takes a mail, or says why not.</summary>
public interface IMailer
{
    /// <returns>Null when it was taken, else the reason without any address.</returns>
    Task<string?> Send(Letter letter, CancellationToken cancellation);
}

public sealed class SmtpMailer(MailSettings settings) : IMailer
{
    /// <summary>Jobs have two threads; a mail server that hangs must not hold one of them for long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public async Task<string?> Send(Letter letter, CancellationToken cancellation)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(Patience);
        using var client = new SmtpClient(settings.SmtpHost, settings.SmtpPort) { EnableSsl = settings.StartTls, UseDefaultCredentials = false };
        if (settings.SmtpUser is not null) client.Credentials = new NetworkCredential(settings.SmtpUser, settings.SmtpPassword);
        using var message = Message(letter);
        try
        {
            await client.SendMailAsync(message, limited.Token);
            return null;
        }
        catch (SmtpException error)
        {
            // Its message may quote the server, which may quote the password's user.
            return $"{settings.SmtpHost}:{settings.SmtpPort} {error.StatusCode}";
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            return $"{settings.SmtpHost}:{settings.SmtpPort} {error.GetType().Name}";
        }
    }

    private MailMessage Message(Letter letter)
    {
        // A name that holds a line break would begin a header of its own.
        var message = new MailMessage { From = settings.From, Subject = letter.Subject.ReplaceLineEndings(" "), Body = letter.Body, SubjectEncoding = Encoding.UTF8, BodyEncoding = Encoding.UTF8 };
        foreach (var to in settings.To) message.To.Add(to);
        return message;
    }
}
