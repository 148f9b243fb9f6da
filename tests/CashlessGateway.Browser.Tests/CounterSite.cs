using System.Collections.Concurrent;
using CashlessGateway.Access.Staff;
using CashlessGateway.Money;
using CashlessGateway.Sandbox.PayPay;
using CashlessGateway.Sandbox.Square;
using Microsoft.Playwright;

namespace CashlessGateway.Browser.Tests;

/// <summary>A counter with its practice providers in real time: people wait, screens follow.</summary>
public sealed class CounterSite : Site
{
    private readonly ConcurrentDictionary<string, string> _states = new(StringComparer.Ordinal);

    protected override TimeProvider Clockwork => TimeProvider.System;

    protected override string[] More => ["--Sandbox:Port=-1", "--Jobs:Enabled=true"];

    public PayPaySandbox PayPay => (PayPaySandbox)Gateway.Sandboxes.Single(static sandbox => sandbox.Type == "paypay").Own!.StandIn;

    public SquareSandbox Square => (SquareSandbox)Gateway.Sandboxes.Single(static sandbox => sandbox.Type == "square").Own!.StandIn;

    /// <summary>A browser in which somebody has signed in already: a code of the app is good once.</summary>
    public async Task<IPage> Sit(string login, int width = 1280, int height = 720, bool javaScript = true)
    {
        if (!_states.TryGetValue(login, out var state))
        {
            var first = await Visit();
            await first.GotoAsync("/sign-in");
            await first.FillAsync("#login", login);
            await first.FillAsync("#password", PasswordOf(login));
            await first.ClickAsync("form:has(#password) button");
            await first.FillAsync("#code", OneTimeCode.At(Gateway.DemoLogins!.Secret, Of<Clock>().Now()));
            await first.ClickAsync("form:has(#code) button");
            await first.WaitForURLAsync("**/account");
            state = _states[login] = await first.Context.StorageStateAsync();
        }

        return await Visit(width, javaScript, height: height, state: state);
    }
}
