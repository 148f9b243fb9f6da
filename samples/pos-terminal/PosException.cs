namespace PosTerminal;

/// <summary>Why the program cannot go on, in a sentence for the clerk.</summary>
public sealed class PosException(string message) : Exception(message);

/// <summary>What the process says to a script.</summary>
public static class Exit
{
    public const int Done = 0;

    /// <summary>Refused, declined, cancelled or expired: no money was taken.</summary>
    public const int Refused = 1;

    public const int Usage = 2;

    /// <summary>Not known, or in doubt. Never charge again; `resume` and `status` tell later.</summary>
    public const int Unknown = 3;

    /// <summary>The customer has not paid yet.</summary>
    public const int Waiting = 4;
}
