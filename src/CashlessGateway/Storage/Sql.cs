namespace CashlessGateway.Storage;

public enum Engine
{
    Sqlite,
    PostgreSql,
    SqlServer,
}

/// <summary>
/// One statement, written once. Where an engine really differs, the store names an override beside it.
/// Statements are static readonly fields of their store, so that the tests find and parse every one of them.
/// </summary>
public sealed class Sql(string text)
{
    private string? _sqlite, _postgreSql, _sqlServer;

    public string Text { get; } = text;

    public Sql On(Engine engine, string text)
    {
        if (string.IsNullOrWhiteSpace(text)) throw new InvalidOperationException($"An override of nothing for {engine}: {Text}");
        switch (engine)
        {
            case Engine.Sqlite: _sqlite = text; break;
            case Engine.PostgreSql: _postgreSql = text; break;
            case Engine.SqlServer: _sqlServer = text; break;
        }

        return this;
    }

    /// <summary>The text for an engine, with the words that every engine spells its own way filled in.</summary>
    public string For(Engine engine)
    {
        ref var cached = ref _sqlite;
        if (engine == Engine.PostgreSql) cached = ref _postgreSql;
        if (engine == Engine.SqlServer) cached = ref _sqlServer;
        if (cached is { } own && !own.Contains("{{", StringComparison.Ordinal)) return own;
        return cached = Dialect.Of(engine).Fill(cached ?? Text);
    }
}
