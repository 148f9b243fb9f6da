using System.Diagnostics.CodeAnalysis;
using CashlessGateway.Storage;

namespace CashlessGateway.Places;

/// <summary>
/// Ways to pay as people write them, in order of preference, with spaces, lines or '|' between: <c>cash</c>, or
/// <c>method:presentation:brands@contract</c> with brands joined by '+', or '*' for all that the contract takes.
/// </summary>
public static class MethodText
{
    public const string AllBrands = "*";

    public static string Write(IEnumerable<PlaceMethod> methods) => string.Join('\n', methods.Select(Write));

    public static string Write(PlaceMethod method) => method.Provider is null
        ? Names.Of(method.Method)
        : $"{Names.Of(method.Method)}:{Names.Of(method.Presentation)}:{(method.Brands.Count == 0 ? AllBrands : string.Join('+', method.Brands))}@{method.Provider}";

    public static bool TryParse(string text, [NotNullWhen(true)] out PlaceMethod? method)
    {
        method = null;
        if (text == Names.Of(PaymentMethod.Cash))
        {
            method = new PlaceMethod(PaymentMethod.Cash, Presentation.Counter, [], null);
            return true;
        }

        if (text.Split('@') is not [var what, { Length: > 0 } contract] || what.Split(':') is not [var how, var presented, { Length: > 0 } brands]) return false;
        if (!Names.TryParse<PaymentMethod>(how, out var paid) || paid is PaymentMethod.Cash or PaymentMethod.Collector || !Names.TryParse<Presentation>(presented, out var presentation)) return false;
        method = new PlaceMethod(paid, presentation, brands == AllBrands ? [] : brands.Split('+', StringSplitOptions.RemoveEmptyEntries), contract);
        return true;
    }
}
