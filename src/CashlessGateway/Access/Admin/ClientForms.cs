using CashlessGateway.Access.Clients;
using CashlessGateway.Access.Roles;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;

namespace CashlessGateway.Access.Admin;

/// <summary>Clients and keys as they are filled in.</summary>
internal static class ClientForms
{
    /// <param name="places">Of these some were ticked; none means all.</param>
    public static ClientForm Client(Posted form, IEnumerable<string> places)
    {
        var ticked = form.Ticked("places", places);
        return new ClientForm(form.Text("name", 100, required: true) ?? "", form.Text("description", 400), ticked.Count == 0 ? null : ticked, form.Number("rate", 1, ManageApiClients.MostRatePerMinute) ?? 1, Ranges(form));
    }

    /// <summary>With its first key. A program that approves is the treasury's unless somebody says otherwise.</summary>
    public static ClientForm NewClient(Posted form, IEnumerable<string> places, KeyForm key) => Client(form, places) with
    {
        Office = form.Raw("office") is { Length: > 0 } ? form.Choice<Office>("office") ?? Office.Executive : key.Scopes.Contains(Scopes.RefundsApprove) ? Office.Treasury : Office.Executive,
    };

    public static KeyForm Key(Posted form)
    {
        var scopes = form.Ticked("scopes", Scopes.All);
        if (scopes.Count == 0) form.Refuse("scopes", "missing", new Words("1つ以上選んでください。", "Choose at least one."));
        return new KeyForm(form.Text("keyName", 100), scopes, form.Date("lastDay"));
    }

    private static string? Ranges(Posted form)
    {
        if (form.Text("addresses", 1_000) is not { } text) return null;
        if (AddressRanges.Parse(text) is { } ranges) return ranges.ToString();
        form.Refuse("addresses", "not-networks", new Words($"アドレスかネットワーク（例 203.0.113.0/24、2001:db8::/32）を{AddressRanges.Most}個まで、空白か改行で区切って入れてください。", $"Addresses or networks (203.0.113.0/24, 2001:db8::/32), up to {AddressRanges.Most}, with spaces or lines between them."));
        return null;
    }
}
