using CashlessGateway.Access;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Web;

namespace CashlessGateway.Routing;

/// <summary>GET /v1/brands: what can be undone, until when and where, and what an interrupted payment counts as, before anybody needs it.</summary>
public sealed class ReadBrands(BrandCatalogue brands, Clock clock)
{
    public Operation List => new("GET", "/v1/brands", "places", "Brands, their days and their rules, all on one page", Scopes.PlacesRead, null, typeof(PageOf<BrandView>), 200, [], Run);

    private Task<Reply> Run(ApiCall call)
    {
        var today = clock.Today();
        return Task.FromResult<Reply>(Reply.Ok(new PageOf<BrandView>([.. brands.All.Select(brand => BrandView.Of(brand, today, call.Language))], null)));
    }
}

/// <param name="Offered">New payments are taken today; refunds go on after the last day.</param>
public sealed record BrandView(string Code, PaymentMethod Method, string Name, BusinessDate? From, BusinessDate? To, bool Offered, BrandUndoView Undo, BrandDoubtView Doubt)
{
    public static BrandView Of(Brand brand, BusinessDate today, Language language) => new(
        brand.Code, brand.Method, brand.Name.In(language), brand.From, brand.To, brand.IsOfferedOn(today),
        new BrandUndoView(brand.Undo, brand.UndoDays, brand.UndoWords.In(language)), new BrandDoubtView(brand.Doubt, brand.DoubtDays, brand.DoubtWords.In(language)));
}

public sealed record BrandUndoView(UndoRule Rule, int? Days, string Detail);

public sealed record BrandDoubtView(DoubtRule Rule, int? Days, string Detail);
