namespace CashlessGateway.Web;

/// <summary>One thing that is wrong with a request, at a JSON pointer.</summary>
public sealed record Violation(string Pointer, string Code, Words Detail);

/// <summary>Why a request was refused (RFC 9457). <paramref name="More"/> holds members of its own, as the id of the payment in progress.</summary>
public sealed record Problem(ErrorCode Error, Words? Detail = null, IReadOnlyList<Violation>? Violations = null, IReadOnlyDictionary<string, object?>? More = null)
{
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The same problem of a body that stood inside another one.</summary>
    /// <summary>As part of a larger body. What was read from that body itself names its place there already.</summary>
    public Problem Under(string pointer) => this with
    {
        Violations = Violations?.Select(violation => violation.Pointer.StartsWith(pointer + "/", StringComparison.Ordinal) ? violation : violation with { Pointer = pointer + violation.Pointer }).ToList(),
    };

    public static Problem At(ErrorCode error, string pointer, string code, Words detail) => new(error, detail, [new Violation(pointer, code, detail)]);

    public static Problem Missing(Words detail) => new(Errors.NotFound, detail);
}

/// <summary>The value, or why not.</summary>
public abstract record Result<T>
{
    private Result() { }

    public sealed record Ok(T Value) : Result<T>;

    public sealed record Refused(Problem Problem) : Result<T>;

    public static implicit operator Result<T>(T value) => new Ok(value);

    public static implicit operator Result<T>(Problem problem) => new Refused(problem);

    public Result<TNext> Then<TNext>(Func<T, Result<TNext>> next) => this switch
    {
        Ok ok => next(ok.Value),
        Refused refused => new Result<TNext>.Refused(refused.Problem),
        _ => throw new InvalidOperationException("Result is a closed set."),
    };

    public bool IsOk(out T value, out Problem problem)
    {
        value = this is Ok ok ? ok.Value : default!;
        problem = this is Refused refused ? refused.Problem : null!;
        return this is Ok;
    }
}
