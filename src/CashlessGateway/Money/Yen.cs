using System.Globalization;

namespace CashlessGateway.Money;

/// <summary>Whole yen. Adding two of them can overflow, and then it throws: a wrong total is worse than no total.</summary>
public readonly record struct Yen(long Value) : IComparable<Yen>
{
    public static readonly Yen Zero;

    public static Yen operator +(Yen a, Yen b) => new(checked(a.Value + b.Value));
    public static Yen operator -(Yen a, Yen b) => new(checked(a.Value - b.Value));
    public static Yen operator *(Yen a, long times) => new(checked(a.Value * times));
    public static bool operator <(Yen a, Yen b) => a.Value < b.Value;
    public static bool operator >(Yen a, Yen b) => a.Value > b.Value;
    public static bool operator <=(Yen a, Yen b) => a.Value <= b.Value;
    public static bool operator >=(Yen a, Yen b) => a.Value >= b.Value;

    public int CompareTo(Yen other) => Value.CompareTo(other.Value);

    public static Yen Sum(IEnumerable<Yen> amounts) => amounts.Aggregate(Zero, static (sum, amount) => sum + amount);

    /// <summary>Money is always written this way, never by the culture of a reader.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value:N0}円");
}
