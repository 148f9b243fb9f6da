using System.Net.Sockets;
using CashlessGateway;
using CashlessGateway.Commands;
using CashlessGateway.Storage;
using Microsoft.AspNetCore.Connections;

try
{
    if (CommandList.IsOne(args)) return await CommandList.Run(args, Console.Out, TimeProvider.System);
    await using var gateway = await Gateway.Open(args);
    await gateway.App.StartAsync();
    Banner.Print(gateway);
    await gateway.App.WaitForShutdownAsync();
    return 0;
}
catch (Exception error) when (Explain(error) is { } sentence)
{
    await Console.Error.WriteLineAsync(sentence);
    return 1;
}

// One sentence for the operator; anything else is a surprise and keeps its stack.
static string? Explain(Exception error) => error switch
{
    StartupException known => known.Message,
    CommandException refused => refused.Message,
    InvalidDataException { InnerException: { } inner } broken => $"{broken.Message} {(inner.InnerException ?? inner).Message}",
    IOException { InnerException: AddressInUseException } => $"{error.Message} Stop what listens there, or choose another address: --Urls http://localhost:5081",
    IOException { InnerException: SocketException } or SocketException => $"Cannot listen: {error.Message}",
    _ => null,
};
