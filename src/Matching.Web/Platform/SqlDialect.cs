using System.Data.Common;
using Npgsql;

namespace Matching.Web.Platform;

/// <summary>The words that the two databases do not share.</summary>
public static class SqlDialect
{
    /// <summary>
    /// "is one of": <c>$"where p.id {db.In("@ids")}"</c> with <c>ids.Select(id => id.Value).ToArray()</c> (plain values, an array). Dapper spreads a
    /// list into parameters on SQLite and passes it whole to PostgreSQL, where <c>in @ids</c> is a syntax error.
    /// </summary>
    public static string In(this DbConnection db, string parameter) => db is NpgsqlConnection ? $"= any({parameter})" : $"in {parameter}";
}
