using System.Text.Json.Nodes;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Events;

/// <summary>An event whose body is about to be made.</summary>
public sealed record ToldEvent(string Id, string Type, string Object, long Sequence, Instant OccurredAt, string? Place, BusinessDate? Date);

/// <summary>Reads the object of an event as the API shows it now. Given from outside, because receivables, payments and days write events and must not be called by them.</summary>
public delegate Task<JsonNode?> EventData(Reader reader, string municipality, ToldEvent told);

/// <summary>What goes out (mechanics 23). Made once, at the first try, and kept: each retry sends the same bytes.</summary>
public sealed record EventBody(string Id, string Type, Instant OccurredAt, long Sequence, JsonNode? Data)
{
    public static byte[] Bytes(ToldEvent told, JsonNode? data) => Json.Bytes(new EventBody(PublicId.Event + told.Id, told.Type, told.OccurredAt, told.Sequence, data));
}
