using CashlessGateway.Access.Admin;
using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;

namespace CashlessGateway.Fees.Admin;

/// <summary>A page about the catalogue, below its list.</summary>
public abstract class FeeScreen : AdminScreen
{
    private static readonly Link Fees = new("/admin/fees", new("料金表", "Fees"));

    public override IReadOnlyList<Link> Above => [.. base.Above, Fees];

    public bool MayPropose => Me.May(Right.ManageFees, null);

    public string ColumnName(string column) => Say(FeeWords.Column(column));

    public string TaxName(string tax) => Names.TryParse<TaxClass>(tax, out var known) ? Say(known.Name()) : tax;

    public string MethodNames(FeeItem item) => string.Join(Say("、", ", "), item.MethodList.Select(method => Names.TryParse<PaymentMethod>(method, out var known) ? Say(FeeWords.Method(known)) : method));

    /// <summary>A value of a difference: codes of closed sets in words, the rest as it is.</summary>
    public string Value(string column, string? value) => value is null or "" ? "—" : column switch
    {
        "taxClass" => TaxName(value),
        "kind" when Names.TryParse<GroundKind>(value, out var kind) => Say(kind.Name()),
        "fees" or "places" when value == FeeItem.Everywhere => Say("すべて", "all"),
        "decisionRequired" => Say("要る", "required"),
        _ => value.Replace("|", " ", StringComparison.Ordinal),
    };

    protected static readonly Words Proposed = new("申請しました。承認されると適用されます", "Proposed: it holds once it is approved");
}
