namespace CashlessGateway.Codes;

/// <summary>Why a code was not made.</summary>
public enum BuildProblem
{
    /// <summary>A part does not fit its field.</summary>
    Malformed,

    /// <summary>More than a bar code may ask for: such a bill is printed without one.</summary>
    OverLimit,
}

/// <summary>What came of making a code: the code, or the part that stood in the way. A wrong part is an answer, never an exception.</summary>
/// <typeparam name="T">What is made.</typeparam>
public abstract record Built<T>
{
    private protected Built() { }

    /// <summary>It was made, and reading it gives the same again.</summary>
    /// <param name="Value">What was made.</param>
    public sealed record Made(T Value) : Built<T>;

    /// <summary>It was not made.</summary>
    /// <param name="Field">The part that does not fit, by its name in the call.</param>
    /// <param name="Problem">What kind of problem it is.</param>
    /// <param name="Why">What was expected and what was found, for a person who looks for the mistake.</param>
    public sealed record Refused(string Field, BuildProblem Problem, string Why) : Built<T>;
}
