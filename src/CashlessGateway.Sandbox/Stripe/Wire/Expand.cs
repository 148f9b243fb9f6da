namespace CashlessGateway.Sandbox.Stripe.Wire;

/// <summary>Which ids are to come with the whole object around them: dotted paths, as asked for.</summary>
internal sealed record Expand(IReadOnlyList<string> Paths)
{
    public static Expand None { get; } = new([]);

    public bool Has(string name) => Paths.Any(path => path == name || path.StartsWith(name + ".", StringComparison.Ordinal));

    public Expand Into(string name) =>
        new([.. Paths.Where(path => path.StartsWith(name + ".", StringComparison.Ordinal)).Select(path => path[(name.Length + 1)..])]);
}
