using CashlessGateway.Events;
using CashlessGateway.Payments;

namespace CashlessGateway.Tests.Payments;

public sealed class PaymentStateTests
{
    [Fact]
    public void Every_state_is_reached_from_created()
    {
        var reached = new HashSet<PaymentState> { PaymentState.Created };
        while (PaymentStates.Edges.Any(edge => reached.Contains(edge.From) && reached.Add(edge.To)))
        {
        }

        Assert.Equal(Enum.GetValues<PaymentState>().Order(), reached.Order());
    }

    [Fact]
    public void A_final_state_is_left_by_no_edge_and_every_other_state_can_end()
    {
        Assert.DoesNotContain(PaymentStates.Edges, edge => PaymentStates.IsFinal(edge.From));
        foreach (var state in Enum.GetValues<PaymentState>().Where(state => !PaymentStates.IsFinal(state)))
        {
            var ends = new HashSet<PaymentState> { state };
            while (PaymentStates.Edges.Any(edge => ends.Contains(edge.From) && ends.Add(edge.To)))
            {
            }

            Assert.Contains(ends, PaymentStates.IsFinal);
            Assert.Contains(PaymentState.Captured, ends);
        }
    }

    [Fact]
    public void Out_of_doubt_leads_an_end_or_a_provider_that_still_waits_for_the_customer() =>
        Assert.All(PaymentStates.Edges.Where(edge => edge.From == PaymentState.InDoubt), edge => Assert.True(PaymentStates.IsFinal(edge.To) || edge.To == PaymentState.Pending));

    [Fact]
    public void No_edge_stands_twice_and_each_names_an_event_of_payments()
    {
        Assert.Equal(PaymentStates.Edges.Count, PaymentStates.Edges.Select(edge => (edge.From, edge.To)).Distinct().Count());
        Assert.All(PaymentStates.Edges, edge => Assert.StartsWith("payment.", edge.Event, StringComparison.Ordinal));
        Assert.All(PaymentStates.Edges.Where(edge => edge.To != PaymentState.Pending), edge => Assert.Contains(edge.Event, EventTypes.Outgoing));
    }
}
