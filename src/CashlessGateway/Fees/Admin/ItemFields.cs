using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;

namespace CashlessGateway.Fees.Admin;

/// <summary>A page with the fields of an item.</summary>
public abstract class ItemScreen : FeeScreen
{
    private static readonly PaymentMethod[] Chosen = [PaymentMethod.Qr, PaymentMethod.Emoney, PaymentMethod.Card, PaymentMethod.Cash];

    protected CatalogueFacts Facts { get; private set; } = new(new HashSet<string>(), new HashSet<string>(), new HashSet<string>());
    private IReadOnlyList<RevenueAccount> Accounts { get; set; } = [];
    public IReadOnlyList<Place> Places { get; private set; } = [];
    public BusinessDate Today { get; protected set; }

    public IReadOnlyList<(string Value, string Name)> AccountOptions => [("", Say("選んでください", "choose one")), .. Accounts.Select(static account => (account.Code, $"{account.Title}（{account.Code}）"))];

    public IReadOnlyList<(string Value, string Name)> TaxOptions => [.. Enum.GetValues<TaxClass>().Select(tax => (Names.Of(tax), Say(tax.Name())))];

    public IReadOnlyList<(string Value, string Name)> MethodOptions => [.. Chosen.Select(method => (Names.Of(method), Say(FeeWords.Method(method))))];

    /// <summary>What the fields hold before anybody typed: null for a new item.</summary>
    public FeeContent? Base { get; protected set; }

    /// <summary>Of the form with the content, where a page has several.</summary>
    public const string ContentRow = "content";

    public bool IsTicked(string method) => Row == ContentRow ? (Form.Raw("methods") ?? "").Split(',').Contains(method) : Base is null ? method != "collector" : Base.Methods.Split(FeeItem.Separator).Contains(method);

    public FieldView ContentField(string name, string? value) => FieldOf(ContentRow, name, FeeWords.Column(name).Ja, FeeWords.Column(name).En, value);

    protected async Task LoadFacts(Database database)
    {
        (Facts, Accounts, Places) = await database.Read(async reader => (await CatalogueFacts.Load(reader, Me.Municipality), await FeeStore.AllAccounts(reader, Me.Municipality), await PlaceStore.List(reader, Me.Municipality)), HttpContext.RequestAborted);
    }
}
