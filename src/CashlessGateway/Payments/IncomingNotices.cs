using System.Net;
using System.Security.Cryptography;
using System.Text;
using CashlessGateway.Access.Roles;
using CashlessGateway.Instances;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Providers;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Payments;

/// <summary>
/// POST /hooks/{instance}/{path}: notices from providers. A notice is a hint: it is checked, and then the provider is asked. One
/// that is not signed writes no row, a signed one its id; a thousand equal ones cause one question (mechanics 22).
/// </summary>
public sealed class IncomingNotices
{
    private readonly IReadOnlyList<ProviderConfiguration> _contracts;
    private readonly Dictionary<string, IReadOnlyList<IPNetwork>> _from = new(StringComparer.Ordinal);

    /// <exception cref="StartupException">An address list cannot be read; a typo there would shut out every notice unseen.</exception>
    public IncomingNotices(IReadOnlyList<ProviderConfiguration> contracts)
    {
        _contracts = contracts;
        foreach (var contract in contracts)
            if (contract.Values.TryGetValue("WebhookFrom", out var list))
                _from[contract.Name] = [.. list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(text => Network(contract.Name, text))];
    }

    private static IPNetwork Network(string instance, string text) =>
        IPNetwork.TryParse(text.Contains('/', StringComparison.Ordinal) ? text : text + (text.Contains(':', StringComparison.Ordinal) ? "/128" : "/32"), out var network)
            ? network
            : throw new StartupException($"Providers:{instance}:WebhookFrom has '{text}'; it must be addresses or networks, joined by commas.");

    /// <summary>Most notices are a few hundred bytes; the largest of a card provider tell a whole payment, some 20 KB.</summary>
    private const int MostBytes = 262_144;

    /// <summary>One payment is asked for at most this often, however many notices come.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    public void Map(WebApplication app)
    {
        var open = app.MapGroup("").WithMetadata(new OpenToAllAttribute("providers have no key; each contract's own path and addresses stand for it"));
        open.MapPost("/hooks/{instance}", (HttpContext http, string instance) => Receive(http, instance, null));
        open.MapPost("/hooks/{instance}/{path}", (HttpContext http, string instance, string path) => Receive(http, instance, path));
    }

    /// <summary>Where a provider is told to post.</summary>
    public static string PathOf(ProviderConfiguration contract) => "/hooks/" + contract.Name + (contract.Values.TryGetValue("WebhookPath", out var path) ? "/" + path : "");

    private async Task Receive(HttpContext http, string name, string? path)
    {
        var services = http.RequestServices;
        var contract = _contracts.FirstOrDefault(contract => contract.Name == name);
        // A wrong path and a stranger learn the same: that there is nothing here.
        if (contract is null || services.GetRequiredService<ProviderInstances>().Find(name) is not { Provider: IReceivesWebhooks receiver } instance || !PathIsRight(contract, path) || !ComesFromThere(contract, http.Connection.RemoteIpAddress))
        {
            await Api.Write(http, new Problem(Errors.NotFound));
            return;
        }

        if (await Body(http.Request) is not { } body)
        {
            await Api.Write(http, new Problem(Errors.BodyTooLarge));
            return;
        }

        var notice = receiver.Read(new WebhookPost(http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body, services.GetRequiredService<Clock>().Now().ToDateTimeOffset()));
        if (notice is WebhookNotice.Forged)
        {
            http.Response.StatusCode = 400;
            return;
        }

        if (!await Heed(services, instance, receiver.Signed, notice)) instance.CountUnknownNotice();
        http.Response.StatusCode = 200;
    }

    /// <summary>False when nobody here knows what it is about.</summary>
    private static async Task<bool> Heed(IServiceProvider services, ProviderInstance instance, bool signed, WebhookNotice notice)
    {
        var key = notice switch
        {
            WebhookNotice.About about => about.DedupeKey,
            WebhookNotice.AboutRefund refund => refund.DedupeKey,
            WebhookNotice.AboutDispute dispute => dispute.DedupeKey,
            _ => null,
        };
        if (key is null) return true;
        var seen = services.GetRequiredService<SeenNotices>();
        if (signed && await seen.Knows(instance.Name, key)) return true;
        var known = notice switch
        {
            WebhookNotice.About about => await Want(services, instance, about.Reference),
            WebhookNotice.AboutRefund refund => await WantRefund(services, instance, refund.Reference),
            _ => Disputes(services),
        };
        // After the work, and only of what is known here: a process that dies in between hears it once more, and strangers fill nothing.
        if (signed && known) await seen.Remember(instance.Name, key);
        return known;
    }

    private static async Task<bool> WantRefund(IServiceProvider services, ProviderInstance instance, string reference)
    {
        if (PublicId.Strip(PublicId.Refund, reference) is not { } id) return false;
        var (database, now) = (services.GetRequiredService<Database>(), services.GetRequiredService<Clock>().Now());
        foreach (var municipality in await database.All<string>(PlaceStore.Municipalities))
        {
            if (await database.Read(reader => RefundStore.Find(reader, municipality, id)) is not { } refund) continue;
            if (await database.Read(reader => PaymentStore.Find(reader, municipality, refund.Payment)) is not { } payment || payment.Provider != instance.Name) return false;
            var at = refund.AskedAt is { } asked && asked.Plus(Pace) > now ? asked.Plus(Pace) : now;
            await database.WriteSurely(unit => RefundStore.LookUpWanted(unit, municipality, id, at), ReadBack.SafeToRepeat);
            var asking = services.GetRequiredService<AskRefund>();
            if (at <= now) _ = services.GetRequiredService<CallsUnderWay>().Run(() => asking.Ask(municipality, id));
            return true;
        }

        return false;
    }

    /// <summary>The job reads them hourly; a notice makes it sooner.</summary>
    private static bool Disputes(IServiceProvider services)
    {
        var reading = services.GetRequiredService<ReadDisputes>();
        _ = services.GetRequiredService<CallsUnderWay>().Run(() => reading.RunForAll(CancellationToken.None));
        return true;
    }

    /// <summary>False when nobody here knows the payment.</summary>
    private static async Task<bool> Want(IServiceProvider services, ProviderInstance instance, string reference)
    {
        if (PublicId.Strip(PublicId.Payment, reference) is not { } id) return false;
        var (database, clock) = (services.GetRequiredService<Database>(), services.GetRequiredService<Clock>());
        if (await Find(database, instance, id) is not { } payment) return false;
        if (payment.NextAskAt is not { } due) return true;
        var municipality = payment.Municipality;
        var now = clock.Now();
        var at = payment.AskedAt is { } asked && asked.Plus(Pace) > now ? asked.Plus(Pace) : now;
        // Coalesced: it is asked for at that moment already.
        if (due <= at) return true;
        await database.WriteSurely(unit => PaymentStore.LookUpWanted(unit, municipality, id, at), ReadBack.SafeToRepeat);
        services.GetRequiredService<FailPoints>().Reach(FailPoints.AfterNotice);
        // The provider waits a second or two for our 200; the question goes on without it, and longer than the request's own services live.
        var asking = services.GetRequiredService<AskProvider>();
        if (at <= now) _ = services.GetRequiredService<CallsUnderWay>().Run(() => asking.Ask(municipality, id));
        return true;
    }

    /// <summary>A notice does not say whose payment it is; a deployment serves a handful of cities.</summary>
    private static async Task<Payment?> Find(Database database, ProviderInstance instance, string id)
    {
        foreach (var municipality in await database.All<string>(PlaceStore.Municipalities))
            if (await database.Read(reader => PaymentStore.Find(reader, municipality, id)) is { } payment && payment.Provider == instance.Name) return payment;
        return null;
    }

    private static bool PathIsRight(ProviderConfiguration contract, string? path) =>
        !contract.Values.TryGetValue("WebhookPath", out var wanted)
            ? path is null
            : path is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(path)), SHA256.HashData(Encoding.UTF8.GetBytes(wanted)));

    private bool ComesFromThere(ProviderConfiguration contract, IPAddress? from)
    {
        if (!_from.TryGetValue(contract.Name, out var networks)) return true;
        var address = from is { IsIPv4MappedToIPv6: true } ? from.MapToIPv4() : from;
        return address is not null && networks.Any(network => network.Contains(address));
    }

    private static async Task<byte[]?> Body(HttpRequest request)
    {
        if (request.ContentLength > MostBytes) return null;
        using var buffer = new MemoryStream();
        var chunk = new byte[4_096];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, request.HttpContext.RequestAborted)) > 0)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > MostBytes) return null;
        }

        return buffer.ToArray();
    }
}
