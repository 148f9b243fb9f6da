using System.Text.Json;
using System.Text.Json.Nodes;
using CashlessGateway.Drawers;
using CashlessGateway.Events;
using CashlessGateway.Exceptions;
using CashlessGateway.Money;
using CashlessGateway.Payments;
using CashlessGateway.Places;
using CashlessGateway.Receivables;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway;

/// <summary>
/// The data of each outgoing event: what a GET of its object answers, less what is not everybody's who listens. It stands here, beside
/// Operations, because it knows all capabilities, and none of them may call another through their events.
/// </summary>
public sealed class EventViews(Clock clock)
{
    private static readonly Sql FindException = new($"""
        select {Differences.Columns}
        from exception x
        where x.municipality = @municipality and x.id = @id
        """);

    public async Task<JsonNode?> Read(Reader reader, string municipality, ToldEvent told) => told.Type.Split('.')[0] switch
    {
        "payment" => Node(await PaymentStore.Find(reader, municipality, told.Object) is { } payment ? PaymentView.Of(payment) : null),
        "receivable" => Open(Node(await ReceivableStore.View(reader, municipality, told.Object, clock.Now()))),
        "refund" => Node(await RefundStore.Find(reader, municipality, told.Object) is { } refund ? RefundView.Of(refund, await RefundStore.Lines(reader, municipality, refund.Id)) : null),
        "exception" => Node(await reader.One<Difference>(FindException, new { municipality, id = told.Object }) is { } difference ? ExceptionView.Of(difference) : null),
        "day" => OfDay(Node(await ReadDay.Read(reader, new SheetDay(municipality, told.Place!, told.Date!.Value)))),
        _ => throw new InvalidOperationException($"No data is known for events of type {told.Type}."),
    };

    /// <summary>Why a fee was reduced tells of the payer's life, and metadata is whatever a program put there: both stay with those who may read the receivable.</summary>
    private static JsonNode? Open(JsonNode? receivable)
    {
        if (receivable is null) return null;
        receivable.AsObject().Remove("metadata");
        foreach (var reduction in receivable["reductions"]!.AsArray()) Without(reduction!, "groundCode", "decisionNumber");
        return receivable;
    }

    /// <summary>A clerk's words about a difference are free text.</summary>
    private static JsonNode? OfDay(JsonNode? day)
    {
        foreach (var session in day?["sessions"]?.AsArray() ?? []) Without(session!, "reason");
        foreach (var report in day?["cashReports"]?.AsArray() ?? []) Without(report!, "circumstances");
        return day;
    }

    private static void Without(JsonNode node, params ReadOnlySpan<string> names)
    {
        foreach (var name in names) node.AsObject().Remove(name);
    }

    private static JsonNode? Node<T>(T? view) where T : class => view is null ? null : JsonSerializer.SerializeToNode(view, Json.Options);
}
