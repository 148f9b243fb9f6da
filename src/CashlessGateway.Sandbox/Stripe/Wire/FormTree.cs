using System.Globalization;
using System.Net;

namespace CashlessGateway.Sandbox.Stripe.Wire;

/// <summary>Nested form parameters: <c>a[b]=1</c>, <c>c[0]=2</c>, <c>c[]=2</c>; brackets plain or encoded.</summary>
internal sealed class FormTree
{
    // Far more than any request of the protocol; a deeper one is an attack.
    private const int MostPairs = 500;
    private const int Deepest = 8;

    private readonly Dictionary<string, FormTree> _children = [];

    public string? Value { get; private set; }

    public IReadOnlyDictionary<string, FormTree> Children => _children;

    /// <summary>Null: it cannot be read as a form.</summary>
    public static FormTree? Parse(string text)
    {
        var root = new FormTree();
        var pairs = text.Split('&', StringSplitOptions.RemoveEmptyEntries);
        if (pairs.Length > MostPairs) return null;
        foreach (var pair in pairs)
        {
            var parts = pair.Split('=', 2);
            if (Path(WebUtility.UrlDecode(parts[0])) is not { } path) return null;
            root.Put(path, parts.Length == 2 ? WebUtility.UrlDecode(parts[1]) : "");
        }

        return root;
    }

    /// <summary>The same parameters in one order and one spelling.</summary>
    public string Canonical() => string.Join('&', Flat("").Order(StringComparer.Ordinal));

    private static List<string>? Path(string name)
    {
        var open = name.IndexOf('[', StringComparison.Ordinal);
        if (open < 0) return name.Length > 0 ? [name] : null;
        if (open == 0 || name[^1] != ']') return null;
        List<string> path = [name[..open], .. name[(open + 1)..^1].Split("][")];
        return path.Count <= Deepest ? path : null;
    }

    private void Put(List<string> path, string value)
    {
        var node = this;
        foreach (var step in path)
        {
            var name = step.Length > 0 ? step : node._children.Count.ToString(CultureInfo.InvariantCulture);
            if (!node._children.TryGetValue(name, out var next)) node._children[name] = next = new FormTree();
            node = next;
        }

        node.Value = value;
    }

    private IEnumerable<string> Flat(string name)
    {
        if (Value is not null) yield return $"{name}={WebUtility.UrlEncode(Value)}";
        foreach (var (key, child) in _children)
        {
            foreach (var pair in child.Flat($"{name}[{WebUtility.UrlEncode(key)}]")) yield return pair;
        }
    }
}
