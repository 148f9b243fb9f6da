namespace MatometeServer;

/// <summary>What the server is started with.</summary>
public sealed record ServerOptions
{
    /// <summary>On 127.0.0.1; 0 takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>Where its truth is kept; null: in memory only.</summary>
    public string? File { get; init; }

    public required string ApiKey { get; init; }

    /// <summary>Notices are signed with it.</summary>
    public required string NoticeSecret { get; init; }

    /// <summary>Where notices go; null: nowhere.</summary>
    public Uri? NotifyUrl { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
