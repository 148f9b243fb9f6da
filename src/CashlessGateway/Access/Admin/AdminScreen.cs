using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;

namespace CashlessGateway.Access.Admin;

/// <summary>A page of the administration.</summary>
public abstract class AdminScreen : StaffPage
{
    private static readonly Link Start = new("/admin", new("管理", "Administration"));

    public override IReadOnlyList<Link> Above => [Start];

    /// <summary>Tokyo, to the minute.</summary>
    public string When(Instant? time) => time is { } at ? at.ToDateTimeOffset().ToOffset(TimeSpan.FromHours(9)).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture) : "—";

    public string Days(BusinessDate from, BusinessDate? to) => $"{from} 〜 {(to is { } end ? end.ToString() : Say("期限なし", "no end"))}";

    /// <summary>What to choose a place from; the first is all of them, for somebody who has a right at all.</summary>
    public IReadOnlyList<(string Value, string Name)> PlaceChoices(IEnumerable<Place> places, Right right)
    {
        var mine = places.Where(place => Me.May(right, place.Code)).Select(static place => (place.Code, $"{place.Name}（{place.Code}）"));
        return Me.May(right, null) ? [("", Say("すべての収納場所", "all places")), .. mine] : [.. mine];
    }
}
