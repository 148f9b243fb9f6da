using CashlessGateway.Providers.Stripe;

namespace CashlessGateway.Providers.Tests.Stripe;

/// <summary>The vectors are stripe-dotnet's (see Fixtures/README.md).</summary>
public sealed class FormTests
{
    [Fact]
    public void A_list_is_numbered() => Is("list[0]=1&list[1]=2&list[2]=3&string=String!", new Form { { "list", new[] { 1, 2, 3 } }, { "string", "String!" } });

    [Fact]
    public void A_list_of_parts_is_numbered_and_named() =>
        Is("list[0][foo]=bar&list[1][foo]=baz", new Form { { "list", new[] { new Form { { "foo", "bar" } }, new Form { { "foo", "baz" } } } } });

    [Fact]
    public void Parts_are_nested() => Is("dictionary[foo][bar]=baz", new Form { { "dictionary", new Form { { "foo", new Form { { "bar", "baz" } } } } } });

    [Fact]
    public void An_empty_text_empties() => Is("dictionary[empty]=", new Form { { "dictionary", new Form { { "empty", "" } } } });

    [Fact]
    public void An_empty_list_empties() => Is("array=", new Form { { "array", Array.Empty<string>() } });

    [Fact]
    public void Names_and_values_are_escaped_and_brackets_are_not() => Is(
        "dictionary[%23]=1+2+3&dictionary[bar%26baz]=%2Bfoo%3F&string=[%C3%A9%C3%A0%C3%BC]",
        new Form { { "dictionary", new Form { { "#", "1 2 3" }, { "bar&baz", "+foo?" } } }, { "string", "[éàü]" } });

    [Fact]
    public void Truths_are_small_and_moments_are_seconds() => Is(
        "yes=true&no=false&at=1795224961", new Form { { "yes", true }, { "no", false }, { "at", DateTimeOffset.FromUnixTimeSeconds(1_795_224_961) } });

    private static void Is(string expected, Form form) => Assert.Equal(expected, form.Encode());
}
