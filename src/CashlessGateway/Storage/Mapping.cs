using System.Data;
using CashlessGateway.Money;
using Dapper;

namespace CashlessGateway.Storage;

/// <summary>How our values lie in columns: yen and instants as integers, dates as YYYY-MM-DD, on every engine alike.</summary>
public static class Mapping
{
    private static readonly Lazy<bool> Registered = new(() =>
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        // Lists in "in @ids" come in a few lengths only, so that each statement text is prepared once.
        SqlMapper.Settings.PadListExpansions = true;
        SqlMapper.AddTypeHandler(new YenHandler());
        SqlMapper.AddTypeHandler(new InstantHandler());
        SqlMapper.AddTypeHandler(new BusinessDateHandler());
        return true;
    });

    public static void Register() => _ = Registered.Value;

    private sealed class YenHandler : SqlMapper.TypeHandler<Yen>
    {
        public override Yen Parse(object value) => new(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));

        public override void SetValue(IDbDataParameter parameter, Yen value)
        {
            parameter.DbType = DbType.Int64;
            parameter.Value = value.Value;
        }
    }

    private sealed class InstantHandler : SqlMapper.TypeHandler<Instant>
    {
        public override Instant Parse(object value) => new((long)value);

        public override void SetValue(IDbDataParameter parameter, Instant value)
        {
            parameter.DbType = DbType.Int64;
            parameter.Value = value.Milliseconds;
        }
    }

    private sealed class BusinessDateHandler : SqlMapper.TypeHandler<BusinessDate>
    {
        public override BusinessDate Parse(object value) => BusinessDate.Parse((string)value);

        public override void SetValue(IDbDataParameter parameter, BusinessDate value)
        {
            parameter.DbType = DbType.String;
            parameter.Value = value.ToString();
        }
    }
}
