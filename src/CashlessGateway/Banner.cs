namespace CashlessGateway;

/// <summary>What a person who has just started the gateway wants to know.</summary>
public static class Banner
{
    public static void Print(Gateway gateway)
    {
        var address = gateway.App.Urls.FirstOrDefault() ?? "";
        Console.WriteLine($"CashlessGateway listens on {address} ({gateway.App.Environment.EnvironmentName}, {gateway.Settings.Engine})");
        Console.WriteLine($"  API reference   {address}/openapi/v1.json");
        Console.WriteLine($"  Health          {address}/health/ready");
        Console.WriteLine($"  Try a scanner   {address}/tools/scanner (sample slips to print: {address}/tools/slip)");
        foreach (var sandbox in gateway.Sandboxes) Console.WriteLine($"  Pay here        {sandbox.Address} (as the customer of {sandbox.Type}; a practice provider, no money moves)");
        Console.WriteLine($"  Staff           {StaffAddress(gateway, address)}/sign-in");
        if (gateway.SetupCode is { } code)
        {
            Console.WriteLine($"  First set-up    {StaffAddress(gateway, address)}/setup with the code {code} (good for one hour; nobody can sign in yet)");
        }

        if (gateway.DemoKeys is not { } keys) return;
        Console.WriteLine("  Demo city       見本市 (072036): 5 counters, 8 facilities, 26 certificate fees, 40 bills");
        Console.WriteLine("  Demo API keys   first the till's (everything but approval), then the approver's:");
        Console.WriteLine(keys.Till);
        Console.WriteLine(keys.Approver);
        if (gateway.DemoLogins is not { } logins) return;
        Console.WriteLine($"  Demo logins     also in demo-logins.txt; all with the authenticator key {logins.Secret}");
        foreach (var one in logins.People) Console.WriteLine($"    {one.Login,-12} {one.Password}  {one.Name}");
    }

    /// <summary>Browsers refuse passkeys on an IP address.</summary>
    private static string StaffAddress(Gateway gateway, string address) =>
        gateway.Settings.Demo ? address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal) : gateway.Settings.PublicUrl.GetLeftPart(UriPartial.Authority);
}
