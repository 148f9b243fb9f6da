using CashlessGateway.Access;
using CashlessGateway.Audit;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Events;

/// <summary>Endpoints as they lie in the database.</summary>
internal static class WebhookEndpoints
{
    /// <summary>A city has a handful of systems that listen; each one more multiplies the rows of every event.</summary>
    public const int Most = 20;

    private const string Columns = """
        e.municipality, e.id, e.url, e.types, e.places, e.description, e.secret, e.old_secret, e.old_secret_until, e.client, e.created_at, e.failing_since, e.last_error,
        e.disabled_at, e.deleted_at
        """;

    private static readonly Sql InsertRow = new("""
        insert into webhook_endpoint (municipality, id, url, types, places, description, secret, client, created_at)
        values (@Municipality, @Id, @Url, @Types, @Places, @Description, @Secret, @Client, @CreatedAt)
        """);

    private static readonly Sql FindOne = new($"""
        select {Columns}
        from webhook_endpoint e
        where e.municipality = @municipality and e.id = @id
        """);

    /// <summary>Those that are not deleted, newest first. The bound is <see cref="Most"/> and what several nodes may add at one moment.</summary>
    private static readonly Sql Present = new($"""
        select {Columns}
        from webhook_endpoint e
        where e.municipality = @municipality and e.deleted_at is null
        order by e.created_at desc, e.id desc
        """);

    private static readonly Sql WithWork = new($"""
        select {Columns}
        from webhook_endpoint e
        where e.municipality = @municipality and e.deleted_at is null and e.disabled_at is null
          and exists (
              select 1
              from webhook_delivery d
              where d.municipality = e.municipality and d.endpoint = e.id and d.status = 'waiting' and d.next_at <= @now)
        order by e.id
        """);

    private static readonly Sql Rotate = new("""
        update webhook_endpoint
        set old_secret = secret, old_secret_until = @until, secret = @secret
        where municipality = @municipality and id = @id and deleted_at is null
        """);

    private static readonly Sql Delete = new("""
        update webhook_endpoint
        set deleted_at = @now, secret = null, old_secret = null, old_secret_until = null
        where municipality = @municipality and id = @id and deleted_at is null
        """);

    private static readonly Sql Disable = new("""
        update webhook_endpoint
        set disabled_at = @now, last_error = @error
        where municipality = @municipality and id = @id and disabled_at is null
        """);

    /// <summary>Once it said that it is gone, what other calls of that moment met says nothing more.</summary>
    private static readonly Sql NoteFailure = new("""
        update webhook_endpoint
        set failing_since = coalesce(failing_since, @now), last_error = @error
        where municipality = @municipality and id = @id and disabled_at is null
        """);

    private static readonly Sql NoteSuccess = new("""
        update webhook_endpoint
        set failing_since = null, last_error = null
        where municipality = @municipality and id = @id and failing_since is not null
        """);

    /// <summary>A deleted endpoint stays as long as anything names it.</summary>
    private static readonly Sql ForgetDeleted = new("""
        delete from webhook_endpoint
        where municipality = @municipality and deleted_at < @before
          and not exists (select 1 from webhook_delivery d where d.municipality = webhook_endpoint.municipality and d.endpoint = webhook_endpoint.id)
        """);

    internal static readonly Sql Exists = new("select 1 from webhook_endpoint where municipality = @municipality and id = @id");

    internal static readonly Sql HasSecret = new("select 1 from webhook_endpoint where municipality = @municipality and id = @id and secret = @secret");

    /// <summary>For the audit trail. Of the address only the host: a path or a query may hold a secret of the receiver's.</summary>
    public static IReadOnlyDictionary<string, string?> AsPairs(WebhookEndpoint endpoint) => Pairs.Of(
        ("host", new Uri(endpoint.Url).GetLeftPart(UriPartial.Authority)), ("events", endpoint.Types ?? "all"), ("places", endpoint.Places), ("description", endpoint.Description));

    public static Task Insert(Unit unit, WebhookEndpoint endpoint) => unit.Later(InsertRow, endpoint);

    public static Task<WebhookEndpoint?> Find(Reader reader, string municipality, string id) => reader.One<WebhookEndpoint>(FindOne, new { municipality, id });

    /// <summary>Null when it is not there, is deleted, or is not the caller's to use.</summary>
    public static async Task<WebhookEndpoint?> FindFor(Reader reader, Caller caller, string id) =>
        await Find(reader, caller.Municipality, id) is { DeletedAt: null } endpoint && endpoint.MayBeUsedBy(caller) ? endpoint : null;

    public static Task<List<WebhookEndpoint>> All(Reader reader, string municipality) => reader.All<WebhookEndpoint>(Present, new { municipality });

    public static async Task<List<WebhookEndpoint>> Open(Reader reader, string municipality) =>
        (await All(reader, municipality)).FindAll(static endpoint => endpoint.IsOpen);

    public static Task<List<WebhookEndpoint>> Due(Reader reader, string municipality, Instant now) => reader.All<WebhookEndpoint>(WithWork, new { municipality, now });

    public static Task<bool> GiveNewSecret(Unit unit, string municipality, string id, byte[] secret, Instant until) => unit.Hit(Rotate, new { municipality, id, secret, until });

    public static Task<bool> Remove(Unit unit, string municipality, string id, Instant now) => unit.Hit(Delete, new { municipality, id, now });

    public static Task Answered(Unit unit, string municipality, string id, TryResult result, Instant now) => result switch
    {
        { IsDelivered: true } => unit.Later(NoteSuccess, new { municipality, id }),
        { IsGone: true } => unit.Later(Disable, new { municipality, id, now, error = result.Error }),
        _ => unit.Later(NoteFailure, new { municipality, id, now, error = result.Error }),
    };

    public static Task<int> Forget(Unit unit, string municipality, Instant before) => unit.Execute(ForgetDeleted, new { municipality, before });
}
