using System.Text.Json.Nodes;
using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Stripe.Wire;

namespace CashlessGateway.Sandbox.Stripe.Operations;

/// <summary>What all lists share: newest first, cut by time, in pages that begin after an id.</summary>
internal sealed record Listing(long Limit, string? After, string? Before, TimeSpan Skew)
{
    private const long UsualLimit = 10;
    private const long HighestLimit = 100;

    private Func<DateTimeOffset, bool> _within = _ => true;

    public static Listing Read(Params form)
    {
        form.Ignore("expand");
        var limit = form.Whole("limit") ?? UsualLimit;
        if (limit is < 1 or > HighestLimit) form.Wrong(StripeError.InvalidInteger("limit", "limit"));
        var listing = new Listing(limit, form.Text("starting_after"), form.Text("ending_before"), TimeSpan.Zero);
        if (form.Part("created") is { } created)
        {
            var (gte, gt, lte, lt) = (created.Whole("gte"), created.Whole("gt"), created.Whole("lte"), created.Whole("lt"));
            listing._within = at => at.ToUnixTimeSeconds() is var second && second >= (gte ?? long.MinValue) && second > (gt ?? long.MinValue) && second <= (lte ?? long.MaxValue) && second < (lt ?? long.MaxValue);
        }

        return listing;
    }

    /// <summary>Called within the book's lock.</summary>
    public Reply Page<T>(Call call, string url, IEnumerable<T> newestFirst, FiredFaults faults, DateTimeOffset now, Func<T, Expand, JsonObject> write) where T : IFact
    {
        var all = newestFirst.Where(fact => fact.Account == call.Account.AccountId && _within(fact.Created) && !LookUpFaults.Hide(faults, fact.Created, now));
        if (After is not null) all = all.SkipWhile(fact => fact.Id != After).Skip(1);
        if (Before is not null) all = all.TakeWhile(fact => fact.Id != Before);
        var page = all.Take((int)Limit + 1).ToList();
        var expand = new Expand(call.Expand).Into("data");
        return Reply.Of(LookUpFaults.Spoil(faults, Objects.List(url, page.Take((int)Limit).Select(fact => write(fact, expand)), page.Count > Limit)));
    }
}
