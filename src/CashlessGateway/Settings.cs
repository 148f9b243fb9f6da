using CashlessGateway.Storage;

namespace CashlessGateway;

/// <summary>Everything that an operator can set, read once at start. A missing or impossible setting stops the start by its name.</summary>
public sealed record Settings
{
    public required Engine Engine { get; init; }

    /// <summary>Where the embedded database, its scheduler, the demo keys and the journal's anchors lie.</summary>
    public required string Directory { get; init; }

    public required string ConnectionString { get; init; }
    public required Uri PublicUrl { get; init; }

    /// <summary>Names under which it is reached beside that of <see cref="PublicUrl"/>: a probe's address, an inner name.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    public required TimeSpan SealEvery { get; init; }
    public required string AnchorFile { get; init; }
    public required int RequestsPerMinutePerClient { get; init; }
    public required long BodyBytes { get; init; }
    public required bool Jobs { get; init; }

    /// <summary>Which keys are taken: cgk_demo_…, cgk_train_…, cgk_live_….</summary>
    public required string KeyEnvironment { get; init; }

    public required bool Demo { get; init; }

    /// <summary>How long an idempotency key answers again (money rule 7).</summary>
    public TimeSpan KeepAnswers { get; init; } = TimeSpan.FromDays(400);

    /// <summary>How long staff's sessions are kept after their end.</summary>
    public TimeSpan KeepSessions { get; init; } = TimeSpan.FromDays(90);

    /// <summary>How long deliveries that ended are kept for people to look at.</summary>
    public required TimeSpan KeepWebhookDeliveries { get; init; }

    /// <summary>How long the words beside the audit trail's entries are kept; the entries themselves stay.</summary>
    public int KeepAuditDetailsDays { get; init; } = 3_650;

    /// <summary>Heads of the audit trail's chain, as <see cref="AnchorFile"/> those of the journal's.</summary>
    public string AuditAnchorFile { get; init; } = "audit-anchors.log";

    /// <summary>Events may go to this very machine, and without TLS.</summary>
    public required bool LocalWebhooks { get; init; }

    /// <summary>The city's limit up to which one person may say that a doubtful payment was not taken, where the brand's rule agrees.</summary>
    public Money.Yen OnePersonReleasesUpTo { get; init; } = new(10_000);

    /// <summary>A refund that is not finished after so many days stands out on its list.</summary>
    public int RefundWithinDays { get; init; } = 7;

    /// <summary>訓練: every page and receipt says so.</summary>
    public bool Training { get; init; }

    /// <summary>By kind of proposal: the sum from which on it takes two people. What is not named always does.</summary>
    public IReadOnlyDictionary<string, Money.Yen> FourEyesFrom { get; init; } = new Dictionary<string, Money.Yen>(StringComparer.Ordinal);

    /// <summary>Contracts with providers, by instance name.</summary>
    public IReadOnlyList<Instances.ProviderConfiguration> Providers { get; init; } = [];

    /// <summary>Where plug-ins from outside lie, each in a folder of its own.</summary>
    public string PluginsDirectory { get; init; } = DefaultPluginsDirectory;

    /// <summary>The providers' stand-ins run inside the process. 0 for no sandbox, else its port; -1 for any free one.</summary>
    public int SandboxPort { get; init; }

    /// <summary>Somebody asked for this very port; otherwise another will do when it is taken.</summary>
    public bool SandboxPortIsChosen { get; init; }

    /// <summary>Sandbox addresses and test keys are expected here, and refused elsewhere.</summary>
    public bool TestProviders { get; init; }

    /// <summary>From which point on a person should know, and who.</summary>
    public Alarms.AlarmSettings Alarms { get; init; } = CashlessGateway.Alarms.AlarmSettings.Standard;

    /// <summary>Every order that goes to a provider, outside the database (<see cref="Recovery.CallLog"/>).</summary>
    public required string CallLog { get; init; }

    /// <summary>Folder of pg_dump and pg_restore; null for those on PATH.</summary>
    public string? PgBin { get; init; }

    /// <summary>Where SQL Server puts its backups, as the server sees it.</summary>
    public string? SqlServerBackupPath { get; init; }

    /// <summary>How customers' codes begin: the table that came with the gateway, or the city's own.</summary>
    public Codes.CustomerCodeTable CustomerCodes { get; init; } = Codes.CustomerCodeTable.Default;

    /// <summary>Brands, their days and their rules: the list that came with the gateway, or the city's own.</summary>
    public Routing.BrandCatalogue Brands { get; init; } = Routing.BrandCatalogue.Default;

    /// <summary>Of several contracts that take an attempt the one with the lowest fee; else the first in the place's order.</summary>
    public bool CheapestRoute { get; init; }

    /// <summary>Where the keys lie that encrypt staff's secrets and sign their forms: never in the database, shared by all nodes.</summary>
    public string SecretsDirectory { get; init; } = "keys";

    /// <summary>Cookies go over TLS only. Without it only in Development, on this very machine.</summary>
    public bool SecureCookies { get; init; }

    /// <summary>The name that passkeys are bound to (WebAuthn's relying-party id): the host of the staff's address, or a domain above it.</summary>
    public string PasskeyDomain { get; init; } = "localhost";

    /// <summary>Proxies whose word about a caller's address is taken.</summary>
    public IReadOnlyList<System.Net.IPAddress> TrustedProxies { get; init; } = [];

    /// <summary>What receipts say, who issues them, how long a link to one opens.</summary>
    public Receipts.ReceiptSettings Receipts { get; init; } = CashlessGateway.Receipts.ReceiptSettings.Standard;

    /// <summary>See <see cref="FailPoints"/>.</summary>
    public int FailPoint { get; init; }

    private const string TrainingName = "Training";

    private static string DefaultPluginsDirectory => Path.Combine(AppContext.BaseDirectory, "plugins");

    public static Settings From(IConfiguration configuration, IHostEnvironment environment)
    {
        var engine = Text(configuration, "Storage:Engine", "Sqlite");
        if (!Enum.TryParse<Engine>(engine, ignoreCase: true, out var parsed) || !Enum.IsDefined(parsed))
            throw new StartupException($"Storage:Engine is '{engine}'; it must be one of Sqlite, PostgreSql, SqlServer.");
        var connection = Text(configuration, "Storage:ConnectionString", "");
        if (parsed != Engine.Sqlite && connection.Length == 0)
            throw new StartupException($"Storage:ConnectionString is missing; {parsed} needs it (environment variable Storage__ConnectionString).");
        var publicUrl = Text(configuration, "PublicUrl", environment.IsDevelopment() ? "http://localhost:5080" : "");
        if (!Uri.TryCreate(publicUrl, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw new StartupException($"PublicUrl is '{publicUrl}'; it must be the http(s) address under which payers reach the gateway.");
        return new Settings
        {
            Engine = parsed,
            Directory = Text(configuration, "Storage:Directory", "data"),
            ConnectionString = connection,
            PublicUrl = uri,
            Hosts = [.. (configuration["Hosts"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
            SealEvery = TimeSpan.FromSeconds(Number(configuration, "Journal:SealEverySeconds", 5, 1, 10)),
            AnchorFile = Text(configuration, "Journal:AnchorFile", "journal-anchors.log"),
            RequestsPerMinutePerClient = (int)Number(configuration, "Limits:RequestsPerMinutePerClient", 1_200, 1, 10_000_000),
            BodyBytes = Number(configuration, "Limits:BodyBytes", 1_048_576, 1_024, 100_000_000),
            Jobs = !string.Equals(Text(configuration, "Jobs:Enabled", "true"), "false", StringComparison.OrdinalIgnoreCase),
            KeyEnvironment = environment.EnvironmentName switch { "Development" => "demo", TrainingName => "train", _ => "live" },
            Demo = environment.IsDevelopment() || (environment.EnvironmentName == TrainingName && string.Equals(Text(configuration, "Training:DemoCity", "false"), "true", StringComparison.OrdinalIgnoreCase)),
            Training = environment.EnvironmentName == TrainingName,
            RefundWithinDays = (int)Number(configuration, "Refunds:WithinDays", 7, 1, 365),
            OnePersonReleasesUpTo = new Money.Yen(Number(configuration, "Payments:OnePersonReleasesUpTo", 10_000, 0, 500_000)),
            FourEyesFrom = configuration.GetSection("FourEyes").GetChildren().ToDictionary(static kind => kind.Key, kind => new Money.Yen(Number(configuration, $"FourEyes:{kind.Key}:From", 0, 0, 1_000_000_000)), StringComparer.Ordinal),
            Providers = ProvidersFrom(configuration),
            PluginsDirectory = PluginsDirectoryFrom(configuration["Plugins:Directory"]),
            CallLog = Path.GetFullPath(Path.Combine(Text(configuration, "Storage:Directory", "data"), Text(configuration, "Providers:CallLog", "provider-calls.log"))),
            PgBin = configuration["Backup:PgBin"] is { Length: > 0 } tools ? tools : null,
            SqlServerBackupPath = configuration["Backup:SqlServerPath"] is { Length: > 0 } onServer ? onServer : null,
            SandboxPort = environment.IsProduction() ? 0 : (int)Number(configuration, "Sandbox:Port", environment.IsDevelopment() || environment.EnvironmentName == TrainingName ? 5081 : 0, -1, 65_535),
            SandboxPortIsChosen = configuration["Sandbox:Port"] is { Length: > 0 },
            TestProviders = !environment.IsProduction(),
            FailPoint = environment.IsDevelopment() ? (int)Number(configuration, "FailPoint", 0, 0, 99) : 0,
            SecretsDirectory = SecretsDirectoryFrom(configuration, parsed, environment),
            SecureCookies = !environment.IsDevelopment() || uri.Scheme == Uri.UriSchemeHttps,
            PasskeyDomain = PasskeyDomainFrom(configuration, uri),
            TrustedProxies = TrustedProxiesFrom(configuration),
            Brands = BrandsFrom(configuration["Brands:File"]),
            CheapestRoute = CheapestFrom(Text(configuration, "Routing:Prefer", "order")),
            CustomerCodes = CustomerCodesFrom(configuration["Codes:CustomerCodes"]),
            KeepAnswers = TimeSpan.FromDays(Number(configuration, "Limits:KeepAnswersDays", 400, 400, 36_500)),
            KeepSessions = TimeSpan.FromDays(Number(configuration, "Staff:KeepSessionsDays", 90, 1, 3_650)),
            KeepWebhookDeliveries = TimeSpan.FromDays(Number(configuration, "Webhooks:KeepDeliveriesDays", 90, 1, 3_650)),
            KeepAuditDetailsDays = (int)Number(configuration, "Audit:KeepDetailsDays", 3_650, 30, 36_500),
            AuditAnchorFile = Text(configuration, "Audit:AnchorFile", "audit-anchors.log"),
            LocalWebhooks = environment.IsDevelopment(),
            Receipts = CashlessGateway.Receipts.ReceiptSettings.From(configuration),
            Alarms = CashlessGateway.Alarms.AlarmSettings.From(configuration),
        };
    }

    private static List<Instances.ProviderConfiguration> ProvidersFrom(IConfiguration configuration) =>
        [.. configuration.GetSection("Providers").GetChildren().Where(static child => child.Value is null).Select(instance => new Instances.ProviderConfiguration(
            instance.Key,
            instance["Type"] is { Length: > 0 } type ? type : throw new StartupException($"Providers:{instance.Key}:Type is missing."),
            instance.GetChildren().Where(value => value.Value is not null).ToDictionary(value => value.Key, value => value.Value!, StringComparer.OrdinalIgnoreCase))
        {
            Terms = Routing.ContractTerms.Read(instance.Key, Below(instance.GetSection("Contract"), "").ToDictionary(static pair => pair.Key, static pair => pair.Value, StringComparer.OrdinalIgnoreCase)),
        })];

    /// <summary>All values of a section, by their path in it.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Below(IConfigurationSection section, string path) => section.GetChildren().SelectMany(child =>
        child.Value is { Length: > 0 } value ? [KeyValuePair.Create(path + child.Key, value)] : Below(child, $"{path}{child.Key}:"));

    private static Routing.BrandCatalogue BrandsFrom(string? file)
    {
        if (file is not { Length: > 0 }) return Routing.BrandCatalogue.Default;
        try
        {
            using var reader = File.OpenText(file);
            return Routing.BrandCatalogue.Parse(reader);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new StartupException($"Brands:File is '{file}': {error.Message}", error);
        }
    }

    private static bool CheapestFrom(string prefer) => prefer switch
    {
        "order" => false,
        "cheapest" => true,
        _ => throw new StartupException($"Routing:Prefer is '{prefer}'; it must be order or cheapest."),
    };

    /// <summary>The folder beside the program need not be there; one that somebody named must be, or its plug-ins would be missed without a word.</summary>
    private static string PluginsDirectoryFrom(string? chosen)
    {
        if (chosen is not { Length: > 0 }) return DefaultPluginsDirectory;
        var folder = Path.GetFullPath(chosen);
        return System.IO.Directory.Exists(folder) ? folder : throw new StartupException($"Plugins:Directory is '{chosen}'; there is no folder {folder}.");
    }

    private static string SecretsDirectoryFrom(IConfiguration configuration, Engine engine, IHostEnvironment environment)
    {
        if (configuration["Secrets:Directory"] is { Length: > 0 } chosen) return Path.GetFullPath(chosen);
        // Beside a server database there is no folder that all nodes see: one that each made for itself would sign people out at random.
        if (engine != Engine.Sqlite && !environment.IsDevelopment())
            throw new StartupException($"Secrets:Directory is missing; {engine} needs it: a folder that all nodes share and only the gateway's user can read.");
        return Path.GetFullPath(Path.Combine(Text(configuration, "Storage:Directory", "data"), "keys"));
    }

    private static string PasskeyDomainFrom(IConfiguration configuration, Uri publicUrl)
    {
        var domain = Text(configuration, "Staff:PasskeyDomain", publicUrl.Host);
        return publicUrl.Host == domain || publicUrl.Host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase)
            ? domain
            : throw new StartupException($"Staff:PasskeyDomain is '{domain}'; it must be the host of PublicUrl ({publicUrl.Host}) or a domain above it.");
    }

    private static List<System.Net.IPAddress> TrustedProxiesFrom(IConfiguration configuration) =>
        [.. Text(configuration, "Staff:TrustedProxies", "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(static text =>
            System.Net.IPAddress.TryParse(text, out var address) ? address : throw new StartupException($"Staff:TrustedProxies has '{text}'; it must be IP addresses, joined by commas."))];

    private static Codes.CustomerCodeTable CustomerCodesFrom(string? file)
    {
        if (file is not { Length: > 0 }) return Codes.CustomerCodeTable.Default;
        try
        {
            using var reader = File.OpenText(file);
            return Codes.CustomerCodeTable.Parse(reader);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new StartupException($"Codes:CustomerCodes is '{file}': {error.Message}", error);
        }
    }

    private static string Text(IConfiguration configuration, string name, string otherwise) =>
        configuration[name] is { Length: > 0 } value ? value : otherwise;

    internal static long Number(IConfiguration configuration, string name, long otherwise, long least, long most)
    {
        if (configuration[name] is not { Length: > 0 } text) return otherwise;
        return long.TryParse(text, System.Globalization.NumberStyles.Integer, System.Globalization.CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw new StartupException($"{name} is '{text}'; it must be a whole number from {least} to {most}.");
    }
}
