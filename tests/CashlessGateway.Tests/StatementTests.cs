using System.Reflection;
using System.Text.RegularExpressions;
using CashlessGateway.Ledger;
using CashlessGateway.Storage;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace CashlessGateway.Tests;

/// <summary>Every statement of the gateway, found by reflection: SQL Server's own parser takes it, and only a table's owner writes it.</summary>
public partial class StatementTests
{
    /// <summary>Folder → tables that only it writes (architecture: every table has one owner).</summary>
    private static readonly Dictionary<string, string> Owned = new(StringComparer.Ordinal)
    {
        ["Ledger"] = "journal_entry posting unsealed sealed seal_block note",
        ["Payments"] = "payment refund refund_line notice_seen",
        ["Exceptions"] = "exception",
        ["Events"] = "event outbox webhook_endpoint webhook_delivery webhook_try",
        ["Receivables"] = "receivable receivable_line receivable_reduction receivable_alias exclusive_group receivable_ledger_entry",
        ["Fees"] = "revenue_account fee_version fee_catalogue fee_favourite fee_ground fee_file fee_file_line slip_issuer slip_field",
        ["Places"] = "municipality place place_method terminal terminal_device appointment place_day session bank_account",
        ["Drawers"] = "session_count session_cash terminal_total cash_report carried_over place_closing pay_in_number pay_in pay_in_day",
        ["Access"] = "api_client api_key person person_passkey recovery_code staff_session staff_session_pin role_grant proposal",
        ["Audit"] = "audit_entry audit_detail setting_seen",
        ["Routing"] = "designation stop_switch maintenance_window",
        ["Receipts"] = "receipt receipt_print receipt_link",
        ["Web"] = "idempotency",
        ["Jobs"] = "job_run",
        ["Alarms"] = "alarm",
        ["Recovery"] = "recovery recovery_answer",
        ["Counter"] = "till",
        ["Storage"] = "installation",
    };

    private static readonly Dictionary<string, string> Owners =
        Owned.SelectMany(folder => folder.Value.Split(' ').Select(table => (table, folder.Key))).ToDictionary(pair => pair.table, pair => pair.Key, StringComparer.Ordinal);

    [Fact]
    public void Every_statement_is_taken_by_SQL_Servers_own_parser() =>
        None(Statements().SelectMany(statement => Errors(WithLists(statement.Sql.For(Engine.SqlServer))).Select(error => $"{statement.Name}: {error}")));

    [Fact]
    public void Every_SQL_Server_migration_is_taken_by_SQL_Servers_own_parser() =>
        None(Migration.All(Engine.SqlServer).SelectMany(file => Migrations.Batches(Engine.SqlServer, file.Text).SelectMany(Errors).Select(error => $"{file.Name}: {error}")));

    [Fact]
    public void Only_its_owner_writes_a_table() =>
        None(Statements().SelectMany(statement => Written(statement.Sql.Text)
            .Where(table => Owners.GetValueOrDefault(table) != statement.Folder)
            .Select(table => $"{statement.Name} writes {table}, which belongs to {Owners.GetValueOrDefault(table, "nobody: add it to the list here")}")));

    [Fact]
    public void Every_table_has_an_owner() =>
        Assert.Equal(Owners.Keys.Order(StringComparer.Ordinal), Tables(CreatedTable()).Except(Tables(DroppedTable())).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Tables(Regex said) => Migration.All(Engine.Sqlite).SelectMany(file => said.Matches(file.Text)).Select(match => match.Groups["table"].Value);

    [Fact]
    public void Every_engine_has_the_same_migrations()
    {
        var sqlite = Migration.All(Engine.Sqlite).Select(file => (file.Number, file.Name)).ToList();
        Assert.NotEmpty(sqlite);
        Assert.Equal(sqlite, Migration.All(Engine.PostgreSql).Select(file => (file.Number, file.Name)));
        Assert.Equal(sqlite, Migration.All(Engine.SqlServer).Select(file => (file.Number, file.Name)));
    }

    [Fact]
    public void The_search_finds_statements() => Assert.Contains(Statements(), statement => statement.Name == "Sealer.InsertBlock");

    /// <summary>
    /// Statements that read all rows of a city on purpose: they run at a start, at night, or page by page. Any other one that walks
    /// through a growing table would make each payment dearer than the one before it.
    /// </summary>
    private static readonly HashSet<string> ReadAll = new(StringComparer.Ordinal)
    {
        "PaymentStore.LastCreated",
        // Its parts are found by day; what is scanned is their sum.
        "DayTotals.Select",
        // Places, fees, programs and endpoints of a city: tens of rows.
        "ForgetAnswers.Clients",
        "PlaceStore.ListPlaces", "AddPlace.LastPosition", "PlaceStore.ListMethods", "PlaceStore.ListTerminals", "DeviceStore.ListDevices", "RoutingStore.Designations", "RoutingStore.OpenStops", "FeeStore.ItemsOn", "FeeStore.CatalogueOn", "FeeStore.AllVersions", "FeeStore.Accounts", "FeeWriter.LastPositionOf", "FeeWriter.Hold", "GroundStore.AllGrounds", "RecoveryPlaces.FirstPlace", "RecoveryPlaces.FirstKaikei",
        "RefundsScreen.BankAccounts", "DayScreen.BankAccounts", "TillCatalogue.FreeAccounts",
        "WebhookEndpoints.Present", "WebhookEndpoints.WithWork", "WebhookEndpoints.ForgetDeleted",
        // People of a city: some hundreds of rows, and whether there is one.
        "PersonStore.ListAll", "PersonStore.AnyPerson",
        // People, roles, appointments and keys of a city: as many as it employs and connects, read by people at pages.
        "People.List", "RoleStore.ListToday", "Appointments.List", "Appointments.OfPerson", "ClientStore.ListClients", "ClientStore.ListKeys", "ClientStore.ListKeysOf", "People.DropPins", "RoleStore.AnyOtherApprover",
        // What waits for a decision: some at a time, and none for more than thirty days.
        "ProposalStore.ListOpen", "ProposalStore.ListDue", "CashReports.Unconfirmed", "PayIns.NotPaidIn",
        // Settings, once at a start.
        "SettingsSeen.List", "SettingsSeen.Exists",
        // PINs of one person in all sessions, when something about the person changes.
        "SessionPins.DropOf",
        // What waits, from its front: the rows go as they are worked off.
        "FanOut.AnyWaiting", "FanOut.Waiting", "WebhookBacklog.OldestInOutbox", "Balances.AnyWaiting", "AlarmMeasures.OldestUnsealed", "AlarmMeasures.OldestUnsealedAudit", "WebhookDeliveries.DropRows",
        // The last row of a key.
        "Balances.LastBlockBy", "Sealer.LastBlock", "JobRuns.LastOfEach",
        // Verify reads the whole journal; a list of its entries goes on page by page.
        "VerifierSql.OutsideChain", "AuditChain.OutsideChain", "ChainSql.SealedTwice", "ChainSql.WithoutBlock", "VerifierSql.UncoupledPayments", "VerifierSql.UncoupledRefunds", "VerifierSql.CapturesOfNothing", "VerifierSql.DaySheets",
        "JournalList.OfAccount", "JournalList.OfAccounts",
        // Once a night, and no writer waits for it.
        "Notes.PastTheirTime", "RedactAudit.PastTheirTime",
        // After a restore, once.
        "AskForKnown.Unfinished", "BookListed.KnownByReference", "BookListed.KnownById", "BookListed.SentBack", "BookListed.SentBackAndFound", "RecoveryStore.Known", "RecoveryStore.Unknown",
    };

    [Fact]
    public void No_statement_walks_through_a_table_that_grows()
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection("Data Source=:memory:");
        connection.Open();
        foreach (var file in Migration.All(Engine.Sqlite)) Dapper.SqlMapper.Execute(connection, file.Text);
        None(Statements().Where(statement => !ReadAll.Contains(statement.Name)).SelectMany(statement => Walks(connection, WithLists(statement.Sql.For(Engine.Sqlite))).Select(step => $"{statement.Name}: {step}")));
    }

    private static IEnumerable<string> Walks(Microsoft.Data.Sqlite.SqliteConnection connection, string text)
    {
        foreach (var part in text.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            using var command = connection.CreateCommand();
            command.CommandText = "explain query plan " + part;
            foreach (var name in Parameter().Matches(part).Select(match => match.Value).Distinct(StringComparer.Ordinal)) command.Parameters.AddWithValue(name, 1L);
            using var steps = command.ExecuteReader();
            while (steps.Read())
                if (Walk().IsMatch(steps.GetString(3))) yield return steps.GetString(3);
        }
    }

    [GeneratedRegex("@[A-Za-z0-9]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Parameter();

    /// <summary>A whole scan, or an index of which only the city is used.</summary>
    [GeneratedRegex(@"^SCAN (payment|receivable|receivable_\w+|refund|refund_line|journal_entry|posting|event|outbox|idempotency|note|sealed|unsealed|audit_entry|audit_detail|exception|webhook_\w+|p|r|e|f|d|l|s|x)\b|\((municipality=\?|municipality=\? AND chain=\?)\)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Walk();

    /// <summary>Every problem in full, not the first few cut short.</summary>
    private static void None(IEnumerable<string> problems)
    {
        if (string.Join('\n', problems) is { Length: > 0 } all) Assert.Fail(all);
    }

    private sealed record Statement(string Name, string Folder, Sql Sql);

    private static IEnumerable<Statement> Statements() =>
        typeof(Sql).Assembly.GetTypes()
            .Where(static type => !type.ContainsGenericParameters)
            .SelectMany(static type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(static field => field.FieldType == typeof(Sql))
            .Select(static field => new Statement($"{field.DeclaringType!.Name}.{field.Name}", Folder(field.DeclaringType), (Sql)field.GetValue(null)!))
            .Concat(Built);

    /// <summary>Statements whose text depends on a number of rows or ids.</summary>
    private static IEnumerable<Statement> Built =>
    [
        new("Journal.InsertEntry", "Ledger", Journal.InsertEntry(2)),
        new("Sealer.InsertMembers", "Ledger", Sealer.InsertMembers(2)),
        new("StoredEntries.Heads", "Ledger", StoredEntries.Heads(2)),
        new("StoredEntries.Postings", "Ledger", StoredEntries.Postings(2)),
        new("Notes.Select", "Ledger", Notes.Select(2)),
        .. CashlessGateway.Events.EventLog.Statements.Select(static sql => new Statement("EventLog.Write", "Events", sql)),
        new("PaymentFilter", "Payments", new CashlessGateway.Payments.PaymentFilter("r", "p", CashlessGateway.Payments.PaymentState.Captured, default, default, Page).Statement(Limited)),
        new("AuditRow.Select", "Audit", CashlessGateway.Audit.AuditRow.Select(2)),
        new("ActorNames.Clients", "Audit", CashlessGateway.Audit.ActorNames.Clients(2)),
        new("ActorNames.People", "Audit", CashlessGateway.Audit.ActorNames.People(2)),
        new("AuditFilter", "Audit", new CashlessGateway.Audit.AuditFilter("a", "b", "o", "p", CashlessGateway.Audit.AuditOutcome.Done, default(CashlessGateway.Money.BusinessDate), default(CashlessGateway.Money.BusinessDate), "q", Page).Statement(["p"])),
        new("AuditFilter of all", "Audit", new CashlessGateway.Audit.AuditFilter(null, null, null, null, null, null, null, null, Page).Statement(null)),
        new("WebhookDeliveryFilter", "Events", new CashlessGateway.Events.WebhookDeliveryFilter("e", CashlessGateway.Events.WebhookDeliveryStatus.Waiting, "v", default(CashlessGateway.Money.Instant), default(CashlessGateway.Money.Instant), Page).Statement(["e"])),
        new("ReceivableFilter", "Receivables", new CashlessGateway.Receivables.ReceivableFilter("a", "r", "p", CashlessGateway.Receivables.ReceivableStatus.Open, Page).Statement(Limited, ["a"])),
    ];

    private static string Folder(Type type) => type.Namespace?.Split('.') is ["CashlessGateway", var folder, ..] ? folder : "";

    /// <summary>Dapper writes a list out in brackets; here one member stands for it.</summary>
    private static string WithLists(string text) => ListOf().Replace(text, "in (${list})");

    [GeneratedRegex(@"\bin (?<list>@[a-zA-Z]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ListOf();

    private static readonly CashlessGateway.Access.Caller Limited = new("m", "c", "n", "k", new HashSet<string>(), new HashSet<string> { "p" }, 1, null);

    private static readonly CashlessGateway.Web.Page Page = new(1, default, "");

    private static IEnumerable<string> Errors(string text)
    {
        new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(text), out var errors);
        return errors.Select(error => $"line {error.Line}: {error.Message}");
    }

    private static IEnumerable<string> Written(string text) => WrittenTable().Matches(text).Select(match => match.Groups["table"].Value).Distinct(StringComparer.Ordinal);

    [GeneratedRegex("""(insert\s+into|delete\s+from|update)\s+[\["]?(?<table>[a-z_]+)""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WrittenTable();

    [GeneratedRegex(@"drop table (?<table>[a-z_]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DroppedTable();

    [GeneratedRegex(@"create table (?<table>[a-z_]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CreatedTable();
}
