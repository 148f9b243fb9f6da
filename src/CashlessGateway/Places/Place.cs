using CashlessGateway.Money;

namespace CashlessGateway.Places;

public enum PlaceKind
{
    /// <summary>窓口.</summary>
    Counter,

    /// <summary>施設.</summary>
    Facility,

    Online,

    /// <summary>訪問徴収.</summary>
    Visit,
}

/// <summary>Who opens the day: a clerk, or the first payment.</summary>
public enum DayControl
{
    Clerk,
    Automatic,
}

public enum PaymentMethod
{
    Qr,
    Emoney,
    Card,
    Cash,

    /// <summary>Money that a collector (convenience store, bank counter) took.</summary>
    Collector,
}

public enum Presentation
{
    /// <summary>We show a code, the customer scans it.</summary>
    MerchantCode,

    /// <summary>The customer shows a code, we scan it.</summary>
    CustomerCode,

    Terminal,
    Online,
    Counter,
    Elsewhere,
}

/// <summary>収納場所: a counter or a facility.</summary>
public sealed record Place
{
    public string Municipality { get; init; } = "";
    public string Code { get; init; } = "";
    public PlaceKind Kind { get; init; }
    public string Name { get; init; } = "";
    public string Section { get; init; } = "";
    public string? Manager { get; init; }
    public DayControl DayControl { get; init; }
    public BusinessDate OpensOn { get; init; }
    public BusinessDate? ClosesOn { get; init; }

    public bool IsInUseOn(BusinessDate date) => date >= OpensOn && (ClosesOn is not { } end || date <= end);
}

/// <summary>A way to pay at a place.</summary>
public sealed record PlaceMethod(PaymentMethod Method, Presentation Presentation, IReadOnlyList<string> Brands, string? Provider);

/// <param name="Printer">host:port of the receipt printer beside it.</param>
public sealed record Terminal(string Code, string Place, string Name, string Kind, string? Printer = null);

public enum DayState
{
    NotOpened,
    Open,
    Closed,
}
