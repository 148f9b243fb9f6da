using CashlessGateway.Access.Staff;
using CashlessGateway.Money;
using Microsoft.AspNetCore.Identity;

namespace CashlessGateway.Tests.Access;

public sealed class PasswordTests
{
    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("静かな朝に川を渡る犬たち")]
    [InlineData("aaaa bbbb cccc")]
    [InlineData("🐟🐟🐟🐌🐌🐌🐙🐙🐙🐠🐡🦐")]
    public void A_long_enough_text_of_any_kind_will_do(string password) => Assert.Null(PasswordRules.Check(password, "tanaka", "見本市"));

    [Theory]
    [InlineData("short", "12文字以上")]
    [InlineData("🐟🐟🐟🐌🐌🐌🐙🐙🐙🐠🐡", "12文字以上")]
    [InlineData("password123456", "破られる")]
    [InlineData("PassWord!!2026", "破られる")]
    [InlineData("passwordpassword", "破られる")]
    [InlineData("dragondragondra", "破られる")]
    [InlineData("1234567890123", "破られる")]
    [InlineData("aaaaaaaaaaaaaa", "破られる")]
    [InlineData("abababababab", "破られる")]
    [InlineData("ｐａｓｓｗｏｒｄ123456", "破られる")]
    [InlineData("abcdefghijklmn", "破られる")]
    [InlineData("my name is Tanaka!", "ログイン名")]
    [InlineData("見本市の窓口で働いています", "団体の名前")]
    public void What_is_guessed_soon_is_refused_with_its_reason(string password, string reason) =>
        Assert.Contains(reason, PasswordRules.Check(password, "tanaka", "見本市")!.Value.Ja, StringComparison.Ordinal);

    [Fact]
    public void More_than_128_characters_are_refused() => Assert.NotNull(PasswordRules.Check(string.Concat(Enumerable.Range(0, 129).Select(i => (char)('a' + (i * 7 % 26)))), "tanaka", "見本市"));

    [Fact]
    public void Passwords_are_hashed_with_todays_figure()
    {
        var hash = Convert.FromBase64String(new PasswordHasher<Person>(Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = PasswordWork.Iterations })).HashPassword(new Person(), "x"));
        // Format v3: 1 byte of version, 4 of the PRF (2 is HMAC-SHA-512), 4 of the iterations.
        Assert.Equal((1, 2, 210_000), (hash[0], hash[4], System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(5))));
    }

    /// <summary>RFC 6238, appendix B: the last six of its eight digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    public void One_time_codes_are_those_of_the_RFC(long seconds, string code)
    {
        const string secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        var now = new Instant(seconds * 1_000);
        Assert.Equal(code, OneTimeCode.At(secret, now));
        Assert.NotNull(OneTimeCode.Match(secret, code, now.Plus(TimeSpan.FromSeconds(30)), lastStep: 0));
        Assert.Null(OneTimeCode.Match(secret, code, now.Plus(TimeSpan.FromSeconds(61)), lastStep: 0));
        Assert.Null(OneTimeCode.Match(secret, code, now, lastStep: seconds / 30));
    }

    [Theory]
    [InlineData("131016", true)]
    [InlineData("010006", true)]
    [InlineData("072036", true)]
    [InlineData("011002", true)]
    [InlineData("131017", false)]
    [InlineData("13101", false)]
    [InlineData("13101x", false)]
    public void A_municipalitys_code_has_its_check_digit(string code, bool right) => Assert.Equal(right, MunicipalityCode.IsRight(code));

    [Theory]
    [InlineData("/account", "/account")]
    [InlineData("/treasury?day=2026-11-21", "/treasury?day=2026-11-21")]
    [InlineData("//evil", "/x")]
    [InlineData("/\\evil", "/x")]
    [InlineData("https://evil", "/x")]
    [InlineData("/a\\b", "/x")]
    [InlineData("/a\nb", "/x")]
    [InlineData("/sign-in", "/x")]
    [InlineData(null, "/x")]
    public void A_path_of_ours_is_one_slash_and_plain_signs(string? text, string path) => Assert.Equal(path, LocalPath.Of(text, "/x"));
}
