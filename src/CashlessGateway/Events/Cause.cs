namespace CashlessGateway.Events;

/// <summary>Who caused a change, and by what way we learnt it.</summary>
public sealed record Cause(string Actor, string Source);

public static class Sources
{
    public const string Api = "api";
    public const string Provider = "provider";
    public const string Person = "person";
    public const string Job = "job";
    public const string File = "file";
}
