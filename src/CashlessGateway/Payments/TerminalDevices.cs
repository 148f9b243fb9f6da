using CashlessGateway.Instances;
using CashlessGateway.Places;
using CashlessGateway.Providers;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Payments;

/// <summary>What a provider calls the terminal at which a customer pays.</summary>
public static class TerminalDevices
{
    public static async Task<Result<string?>> For(Reader reader, string municipality, PaymentRequest request, ProviderInstance instance)
    {
        if (request.Presentation != Presentation.Terminal) return new Result<string?>.Ok(null);
        if (request.Terminal is not { } terminal)
            return Problem.At(Errors.Invalid, "/terminal", "missing", new Words("どの端末で支払うかを指定してください。", "Say at which terminal."));
        var device = await DeviceStore.DeviceOf(reader, municipality, terminal, instance.Name);
        return device is null && instance.Provider is IPairsDevices
            ? Problem.At(Errors.TerminalNotPaired, "/terminal", "not-paired", new Words($"端末 {terminal} は {instance.Name} に登録されていません。管理画面の「端末」で登録してください。", $"Terminal {terminal} is not paired with {instance.Name}: do it on the page of terminals."))
            : new Result<string?>.Ok(device);
    }
}
