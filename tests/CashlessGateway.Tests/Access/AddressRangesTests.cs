using System.Net;
using CashlessGateway.Access.Clients;

namespace CashlessGateway.Tests.Access;

public class AddressRangesTests
{
    [Theory]
    [InlineData("203.0.113.0/24", "203.0.113.9", true)]
    [InlineData("203.0.113.0/24", "203.0.114.9", false)]
    [InlineData("203.0.113.0/24", "::ffff:203.0.113.9", true)]
    [InlineData("203.0.113.7", "203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    [InlineData("2001:db8::/32", "2001:db8:1::5", true)]
    [InlineData("2001:db8::/32", "2001:db9::5", false)]
    [InlineData("2001:db8::/32", "203.0.113.9", false)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("10.0.0.0/8, 192.168.1.0/24\n2001:db8::1", "192.168.1.200", true)]
    public void An_address_is_inside_or_outside(string ranges, string address, bool inside) => Assert.Equal(inside, AddressRanges.Parse(ranges)!.Contain(IPAddress.Parse(address)));

    [Theory]
    [InlineData("")]
    [InlineData("everywhere")]
    [InlineData("203.0.113.7/24")]
    [InlineData("203.0.113.0/33")]
    [InlineData("10.1")]
    [InlineData("10.0.0.0/8 x")]
    public void What_is_no_network_is_refused(string text) => Assert.Null(AddressRanges.Parse(text));

    [Fact]
    public void Nobody_knows_where_a_caller_without_an_address_is() => Assert.False(AddressRanges.Parse("0.0.0.0/0")!.Contain(null));

    [Fact]
    public void There_is_a_bound() => Assert.Null(AddressRanges.Parse(string.Join(' ', Enumerable.Range(0, AddressRanges.Most + 1).Select(i => $"10.0.0.{i}"))));
}
