using System.Data;
using System.Globalization;
using System.Linq.Expressions;
using Dapper;
using Matching.Rules;
using Microsoft.Data.Sqlite;

namespace Matching.Web.Platform;

/// <summary>
/// How values travel to and from both databases. SQLite only knows text, 64-bit integers and doubles, so every simple type a
/// record may hold has a handler here: a positional record then reads the same from either database. Inside a list, Dapper asks no
/// handler: see <see cref="SqlDialect.In"/>.
/// </summary>
public static class DapperTypes
{
    /// <summary>Fixed width, so that comparing the texts compares the instants.</summary>
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
    private static readonly Lock Gate = new();
    private static bool registered;

    /// <summary>Registers the handlers; later calls do nothing.</summary>
    public static void Register()
    {
        lock (Gate)
        {
            if (registered)
            {
                return;
            }

            DefaultTypeMap.MatchNamesWithUnderscores = true;
            Add(ReadGuid, WriteGuid);
            Add(ReadDay, WriteDay);
            Add(ReadInstant, WriteInstant);
            Add(value => Convert.ToInt32(value, CultureInfo.InvariantCulture), (number, _) => number);
            Add(value => Convert.ToInt64(value, CultureInfo.InvariantCulture), (number, _) => number);
            Add(value => Convert.ToDouble(value, CultureInfo.InvariantCulture), (number, _) => number);
            Add(value => Convert.ToBoolean(value, CultureInfo.InvariantCulture), (flag, _) => flag);
            Add(value => Convert.ToString(value, CultureInfo.InvariantCulture)!, (text, _) => text);
            foreach (var id in typeof(PersonId).Assembly.GetTypes().Where(IsTypedId))
            {
                SqlMapper.AddTypeHandler(id, (SqlMapper.ITypeHandler)Activator.CreateInstance(typeof(IdHandler<>).MakeGenericType(id))!);
            }

            registered = true;
        }
    }

    /// <summary>The text SQLite keeps for an instant, also hashed by the event log.</summary>
    public static string InstantText(DateTimeOffset at) => at.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture);

    /// <summary>A plain value as a command's parameter takes it, for the few statements that pass by no Dapper handler.</summary>
    public static object Stored(object? value, bool isSqlite) => value switch
    {
        null => DBNull.Value,
        Guid id => WriteGuid(id, isSqlite),
        DateOnly day => WriteDay(day, isSqlite),
        DateTimeOffset at => WriteInstant(at, isSqlite),
        _ => value,
    };

    private static object WriteDay(DateOnly day, bool sqlite) => sqlite ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : day;

    private static object WriteInstant(DateTimeOffset at, bool sqlite) => sqlite ? InstantText(at) : at.ToUniversalTime();

    private static bool IsTypedId(Type type) =>
        type is { IsValueType: true, IsEnum: false, IsGenericType: false }
        && type.GetConstructor([typeof(Guid)]) is not null
        && type.GetProperty("Value")?.PropertyType == typeof(Guid);

    private static void Add<T>(Func<object, T> read, Func<T, bool, object> write)
    {
        SqlMapper.RemoveTypeMap(typeof(T));
        if (typeof(T).IsValueType)
        {
            SqlMapper.RemoveTypeMap(typeof(Nullable<>).MakeGenericType(typeof(T)));
        }

        SqlMapper.AddTypeHandler(typeof(T), new Handler<T>(read, write));
    }

    // Upper case is what the SQLite provider writes by itself for a Guid inside a list: both must agree.
    private static object WriteGuid(Guid id, bool sqlite) => sqlite ? id.ToString().ToUpperInvariant() : id;

    private static Guid ReadGuid(object value) => value is Guid id ? id : Guid.Parse((string)value);

    private static DateOnly ReadDay(object value) => value switch
    {
        DateOnly day => day,
        DateTime time => DateOnly.FromDateTime(time),
        _ => DateOnly.ParseExact((string)value, "yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    private static DateTimeOffset ReadInstant(object value) => value switch
    {
        DateTimeOffset at => at.ToUniversalTime(),
        DateTime at => new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)),
        _ => DateTimeOffset.Parse((string)value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
    };

    private sealed class Handler<T>(Func<object, T> read, Func<T, bool, object> write) : SqlMapper.ITypeHandler
    {
        public object? Parse(Type destinationType, object value) => value is null or DBNull ? null : read(value);

        public void SetValue(IDbDataParameter parameter, object value) =>
            parameter.Value = value is T typed ? write(typed, parameter is SqliteParameter) : DBNull.Value;
    }

    /// <summary>For the one-Guid structs of Rules (<c>PersonId</c>…), found by their shape.</summary>
    private sealed class IdHandler<T> : SqlMapper.ITypeHandler
        where T : struct
    {
        private static readonly Func<Guid, T> Wrap = CompileWrap();
        private static readonly Func<T, Guid> Unwrap = CompileUnwrap();

        private static Func<T, Guid> CompileUnwrap()
        {
            var id = Expression.Parameter(typeof(T));
            return Expression.Lambda<Func<T, Guid>>(Expression.Property(id, "Value"), id).Compile();
        }

        public object? Parse(Type destinationType, object value) => value is null or DBNull ? null : Wrap(ReadGuid(value));

        public void SetValue(IDbDataParameter parameter, object value) =>
            parameter.Value = value is T id ? WriteGuid(Unwrap(id), parameter is SqliteParameter) : DBNull.Value;

        private static Func<Guid, T> CompileWrap()
        {
            var value = Expression.Parameter(typeof(Guid));
            return Expression.Lambda<Func<Guid, T>>(Expression.New(typeof(T).GetConstructor([typeof(Guid)])!, value), value).Compile();
        }
    }
}
