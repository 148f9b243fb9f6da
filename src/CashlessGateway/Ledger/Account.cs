namespace CashlessGateway.Ledger;

/// <summary>
/// Accounts of the journal are plain names (mechanics 11). This is the only place that spells them.
/// </summary>
public readonly record struct Account(string Name)
{
    /// <summary>What a provider owes us. ("Receivable" always means 請求.)</summary>
    public static Account Clearing(string instance, string place) => new($"clearing/{instance}/{place}");

    /// <summary>Announced by the provider, not yet at the bank.</summary>
    public static Account Payout(string instance) => new($"payout/{instance}");

    public static Account Deposit(string bankAccount) => new($"deposit/{bankAccount}");

    public static Account Cash(string place) => new($"cash/{place}");

    /// <summary>釣銭準備金.</summary>
    public static Account Float(string place) => new($"float/{place}");

    public static Account CashInTransit(string place) => new($"cashInTransit/{place}");

    public static Account CashDifference(string place) => new($"cashDifference/{place}");

    public static Account Revenue(string revenueAccount, string place) => new($"revenue/{revenueAccount}/{place}");

    public static Account Expenditure(string revenueAccount) => new($"expenditure/{revenueAccount}");

    public static Account Fee(string instance) => new($"fee/{instance}");

    /// <summary>過誤納.</summary>
    public static Account Overpaid(string place) => new($"overpaid/{place}");

    /// <summary>還付未払.</summary>
    public static Account RefundPayable(string place) => new($"refundPayable/{place}");

    /// <summary>Money held for a designated collector (指定公金事務取扱者) until it is paid in.</summary>
    public static Account Custody(string agent, string place) => new($"custody/{agent}/{place}");

    /// <summary>歳入歳出外現金.</summary>
    public static Account Outside(string item) => new($"outside/{item}");

    /// <summary>Arrived, and not yet explained.</summary>
    public static Account Suspense(string what) => new($"suspense/{what}");

    public override string ToString() => Name;
}
