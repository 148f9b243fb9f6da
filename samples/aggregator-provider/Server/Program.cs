using MatometeServer;

// dotnet run -- [--Port=5091] [--File=matomete.jsonl] [--ApiKey=…] [--NoticeSecret=…] [--NotifyUrl=http://localhost:5080/hooks/matomete-main]
var settings = new ConfigurationBuilder().AddEnvironmentVariables("MATOMETE_").AddCommandLine(args).Build();
await using var server = await PracticeServer.Start(new ServerOptions
{
    Port = int.TryParse(settings["Port"], out var port) ? port : 5091,
    File = settings["File"] ?? "matomete.jsonl",
    ApiKey = settings["ApiKey"] ?? "demo-key",
    NoticeSecret = settings["NoticeSecret"] ?? "demo-notice-secret",
    NotifyUrl = settings["NotifyUrl"] is { Length: > 0 } url ? new Uri(url) : null,
});
Console.WriteLine($"Matomete listens on {server.Address} - the customer's phone is that page. Nothing here is money.");
await server.Stopped;
