using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CashlessGateway.Sandbox.Faults;
using Microsoft.AspNetCore.Http;

namespace CashlessGateway.Sandbox.Stripe.Wire;

/// <summary>
/// A key that was used before gets the answer of that time, whatever it was (also 500); with other parameters it is an error, and
/// while its first call is at work a conflict. What was refused before it began is not kept. After a day a key is new again.
/// </summary>
internal sealed class IdempotentAnswers(StripeSandbox sandbox)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(24);

    private readonly ConcurrentDictionary<string, bool> _inUse = new();

    private StripeSandbox Sandbox => sandbox;

    /// <summary>Held until the answer has left.</summary>
    public Held Take(StripeAccount account, HttpContext http, FormTree parameters, FiredFaults faults)
    {
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length == 0 || http.Request.Method != "POST") return new Held(this, account, null, "", isInUse: false);
        var id = $"{account.AccountId}:{key}";
        // Forgotten: the answer of then is not looked for, and the new one takes its place.
        return new Held(this, account, id, Hash($"{http.Request.Path} {parameters.Canonical()}"), isInUse: !_inUse.TryAdd(id, true)) { IsForgotten = faults.Has(FaultKind.ForgetKey) };
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    internal sealed class Held(IdempotentAnswers answers, StripeAccount account, string? id, string request, bool isInUse) : IDisposable
    {
        public bool IsInUse => isInUse;

        public bool IsForgotten { get; init; }

        private StripeBook Book => answers.Sandbox.Book;

        private DateTimeOffset Now => answers.Sandbox.Time.GetUtcNow();

        /// <summary>Within the book's lock. Null: to be done.</summary>
        public Reply? Before()
        {
            if (IsForgotten || Book.Answers.Find(id) is not { } known || known.Created + Life <= Now) return null;
            return known.Request == request
                ? new Reply(known.Status, JsonNode.Parse(known.Body)!.AsObject(), Stored: true) { Replayed = true }
                : Reply.Of(StripeError.OtherParameters);
        }

        /// <summary>Within the book's lock.</summary>
        /// <param name="made">What was done.</param>
        /// <param name="told">What the caller is told of it.</param>
        public void Keep(Reply made, Reply told)
        {
            if (id is not null && made.Stored) Book.Answers.Put(new AnswerFact(id, account.AccountId, Now, request, told.Status, told.Body.ToJsonString()));
        }

        public void Dispose()
        {
            if (id is not null && !isInUse) answers._inUse.TryRemove(id, out _);
        }
    }
}
