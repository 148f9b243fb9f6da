using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CashlessGateway.Money;
using CashlessGateway.Web;

namespace CashlessGateway.Counter;

/// <summary>What one till is at: a cart that is being put together, or a sale (a receivable) that is paid, waited for or in doubt.</summary>
public sealed record Till
{
    public required string Municipality { get; init; }
    public required string Terminal { get; init; }
    public TillDraft? Draft { get; init; }

    /// <summary>The receivable's id.</summary>
    public string? Sale { get; init; }

    /// <summary>What the customer in front of it reads.</summary>
    public string? Language { get; init; }

    /// <summary>The whole receipt for the customer's phone, until the next customer comes.</summary>
    public string? ReceiptLink { get; init; }

    /// <summary>0: nothing was ever written of it.</summary>
    public long Version { get; init; }

    /// <summary>For the next customer.</summary>
    public Till Emptied => this with { Draft = null, Sale = null, Language = null, ReceiptLink = null };
}

/// <summary>A cart. Its id is the key of the sale that it becomes, so that pressing twice, on two screens or after a crash, makes one sale.</summary>
public sealed record TillDraft
{
    public required string Id { get; init; }
    public required Instant StartedAt { get; init; }
    public IReadOnlyList<TillLine> Lines { get; init; } = [];

    /// <summary>整理券: when the customer took it.</summary>
    public Instant? TicketAt { get; init; }

    /// <summary>Of the 諸証明台帳.</summary>
    public string? ReceptionNumber { get; init; }

    public string? Purpose { get; init; }

    /// <summary>How the sale is found again if nobody wrote down that it was made.</summary>
    [JsonIgnore]
    public string Reference => "till-" + Id;

    [JsonIgnore]
    public string SaleKey => "till-" + Id;

    /// <summary>The body that POST /v1/sales takes: a till and a POS maker's program make the same sale.</summary>
    public JsonObject AsReceivable(string place)
    {
        var body = new JsonObject
        {
            ["kind"] = "counterSale",
            ["place"] = place,
            ["reference"] = Reference,
            ["lines"] = new JsonArray([.. Lines.Select(static line => line.AsLine())]),
            ["times"] = Times(),
        };
        var reductions = Lines.Index().Where(static line => line.Item.Ground is not null).Select(static line => (JsonNode)line.Item.AsReduction(line.Index)).ToArray();
        if (reductions.Length > 0) body["reductions"] = new JsonArray(reductions);
        if (ReceptionNumber is not null || Purpose is not null) body["ledgerEntry"] = new JsonObject { ["receptionNumber"] = ReceptionNumber, ["purpose"] = Purpose };
        return body;
    }

    private JsonObject Times()
    {
        var times = new JsonObject { ["startedAt"] = StartedAt.ToString() };
        if (TicketAt is { } ticket) times["ticketAt"] = ticket.ToString();
        return times;
    }

    public string Write() => JsonSerializer.Serialize(this, Json.Options);

    public static TillDraft? Read(string? text) => text is null ? null : JsonSerializer.Deserialize<TillDraft>(text, Json.Options);
}

/// <summary>A line of the cart: a fee of the catalogue, or a sum on an account.</summary>
public sealed record TillLine(string? Fee, string? Account, string? Description, long Quantity, Yen? UnitAmount = null, int? People = null, string? Ground = null, int? Rate = null, string? DecisionNumber = null)
{
    public JsonNode AsLine()
    {
        var line = new JsonObject { ["quantity"] = Quantity };
        if (Fee is not null) line["fee"] = Fee;
        if (Account is not null) line["revenueAccount"] = Account;
        if (Description is not null) line["description"] = Description;
        if (UnitAmount is { } unit) line["unitAmount"] = unit.Value;
        if (People is { } people) line["people"] = people;
        return line;
    }

    public JsonObject AsReduction(int position)
    {
        var reduction = new JsonObject { ["line"] = position, ["kind"] = Rate is null ? "exempt" : "reduce", ["groundCode"] = Ground };
        if (Rate is { } rate) reduction["rate"] = rate;
        if (DecisionNumber is not null) reduction["decisionNumber"] = DecisionNumber;
        return reduction;
    }
}

/// <summary>What a clerk does to a cart. Pure.</summary>
public static class TillEdits
{
    /// <summary>A certificate more: the same thing again raises its number.</summary>
    public static TillDraft Add(this TillDraft draft, string fee)
    {
        var at = draft.Lines.Index().FirstOrDefault(line => line.Item.Fee == fee && line.Item is { Ground: null, People: null }, (-1, null!)).Index;
        return at < 0 ? draft.Add(new TillLine(fee, null, null, 1)) : draft.Change(at, line => line with { Quantity = line.Quantity + 1 });
    }

    public static TillDraft Add(this TillDraft draft, TillLine line) => draft with { Lines = [.. draft.Lines, line] };

    public static TillDraft Change(this TillDraft draft, int at, Func<TillLine, TillLine> change) =>
        draft with { Lines = [.. draft.Lines.Index().Select(line => line.Index == at ? change(line.Item) : line.Item).Where(static line => line.Quantity > 0)] };
}
