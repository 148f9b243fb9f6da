using System.Net.Mail;
using CashlessGateway.Storage;

namespace CashlessGateway.Alarms;

/// <summary>From which point on a person should know.</summary>
public sealed record AlarmSettings
{
    public static readonly AlarmSettings Standard = new();

    /// <summary>A customer waits at the counter for minutes; a provider that does not know after a quarter of an hour needs a person.</summary>
    public TimeSpan InDoubt { get; init; } = TimeSpan.FromMinutes(15);

    public TimeSpan Outbox { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Sealing is promised within ten seconds; this is six times that.</summary>
    public TimeSpan Unsealed { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How many intervals a job may be away.</summary>
    public long JobLateFactor { get; init; } = 3;

    public long ProviderErrorPercent { get; init; } = 20;
    public long DiskFreePercent { get; init; } = 10;
    public long DiskFreeMegabytes { get; init; } = 1_024;

    /// <summary>Null where no mail is sent.</summary>
    public MailSettings? Mail { get; init; }

    public static AlarmSettings From(IConfiguration configuration) => new()
    {
        InDoubt = TimeSpan.FromMinutes(Settings.Number(configuration, "Alarms:InDoubtMinutes", 15, 1, 10_080)),
        Outbox = TimeSpan.FromMinutes(Settings.Number(configuration, "Alarms:OutboxMinutes", 10, 1, 10_080)),
        Unsealed = TimeSpan.FromSeconds(Settings.Number(configuration, "Alarms:UnsealedSeconds", 60, 10, 86_400)),
        JobLateFactor = Settings.Number(configuration, "Alarms:JobLateFactor", 3, 2, 1_000),
        ProviderErrorPercent = Settings.Number(configuration, "Alarms:ProviderErrorPercent", 20, 1, 100),
        DiskFreePercent = Settings.Number(configuration, "Alarms:DiskFreePercent", 10, 0, 99),
        DiskFreeMegabytes = Settings.Number(configuration, "Alarms:DiskFreeMegabytes", 1_024, 0, 1_000_000_000),
        Mail = MailSettings.Read(configuration),
    };
}

/// <summary>Where alarms go by mail, and through which server.</summary>
public sealed record MailSettings
{
    private const string Section = "Alarms:Mail:";

    public required IReadOnlyList<MailAddress> To { get; init; }
    public required MailAddress From { get; init; }
    public required string SmtpHost { get; init; }
    public required int SmtpPort { get; init; }
    public string? SmtpUser { get; init; }
    public string? SmtpPassword { get; init; }
    public required bool StartTls { get; init; }

    /// <summary>Settings are printed when something is wrong with them; the password is not.</summary>
    public override string ToString() => $"{SmtpHost}:{SmtpPort}";

    /// <summary>All of it or nothing: half of it would be an operator who believes that alarms reach somebody.</summary>
    public static MailSettings? Read(IConfiguration configuration)
    {
        string Value(string name) => configuration[Section + name] ?? "";
        if (new[] { "To", "From", "SmtpHost", "SmtpUser", "SmtpPassword" }.All(name => Value(name).Length == 0)) return null;
        string Needed(string name) => Value(name) is { Length: > 0 } value ? value : throw new StartupException($"{Section}{name} is missing; alarms by mail need To, From and SmtpHost.");
        var (to, from, host) = (Needed("To"), Needed("From"), Needed("SmtpHost"));
        if (Value("SmtpUser").Length > 0 && Value("SmtpPassword").Length == 0) throw new StartupException($"{Section}SmtpPassword is missing; SmtpUser needs it (environment variable Alarms__Mail__SmtpPassword).");
        if (Value("SmtpUser").Length == 0 && Value("SmtpPassword").Length > 0) throw new StartupException($"{Section}SmtpUser is missing; SmtpPassword needs it.");
        var startTls = !string.Equals(Value("StartTls"), "false", StringComparison.OrdinalIgnoreCase);
        if (Value("SmtpUser").Length > 0 && !startTls) throw new StartupException($"{Section}StartTls is false while SmtpUser is set; a password is not sent in the clear.");
        return new MailSettings
        {
            To = [.. to.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(static address => Address("To", address))],
            From = Address("From", from),
            SmtpHost = host,
            SmtpPort = (int)Settings.Number(configuration, Section + "SmtpPort", 587, 1, 65_535),
            SmtpUser = Value("SmtpUser") is { Length: > 0 } user ? user : null,
            SmtpPassword = Value("SmtpPassword") is { Length: > 0 } password ? password : null,
            StartTls = startTls,
        };
    }

    private static MailAddress Address(string name, string text) =>
        MailAddress.TryCreate(text, out var address) ? address : throw new StartupException($"{Section}{name} holds '{text}', which is not a mail address.");
}
