using CashlessGateway.Storage;

namespace CashlessGateway.Recovery;

/// <summary>Whose contract an instance is, where a provider's list does not tell at which counter it was paid.</summary>
public static class RecoveryPlaces
{
    private static readonly Sql FirstPlace = new("""
        select m.place
        from place_method m
        join place p on p.municipality = m.municipality and p.code = m.place
        where m.municipality = @municipality and m.provider = @instance
        order by p.position, p.code
        {{limit 1}}
        """);

    private static readonly Sql MunicipalitiesOf = new("""
        select distinct municipality
        from place_method
        where provider = @instance
        order by municipality
        """);

    private static readonly Sql FirstKaikei = new("""
        select kaikei
        from revenue_account
        where municipality = @municipality
        order by code
        {{limit 1}}
        """);

    public static Task<string?> Of(Reader reader, string municipality, string instance) => reader.One<string>(FirstPlace, new { municipality, instance });

    public static Task<List<string>> Municipalities(Reader reader, string instance) => reader.All<string>(MunicipalitiesOf, new { instance });

    public static Task<string?> Kaikei(Reader reader, string municipality) => reader.One<string>(FirstKaikei, new { municipality });
}
