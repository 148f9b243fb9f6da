using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Payments;

/// <summary>What each contract calls the terminal at which a customer pays.</summary>
public static class TerminalDevices
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>(StringComparer.Ordinal);

    public static async Task<Result<IReadOnlyDictionary<string, string>>> At(Reader reader, string municipality, PaymentRequest request)
    {
        if (request.Presentation != Presentation.Terminal) return new Result<IReadOnlyDictionary<string, string>>.Ok(None);
        return request.Terminal is { } terminal
            ? new Result<IReadOnlyDictionary<string, string>>.Ok(await DeviceStore.At(reader, municipality, terminal))
            : Problem.At(Errors.Invalid, "/terminal", "missing", new Words("どの端末で支払うかを指定してください。", "Say at which terminal."));
    }
}
