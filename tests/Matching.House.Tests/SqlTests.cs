using System.Text.RegularExpressions;
using Matching.House.Tests.Reading;

namespace Matching.House.Tests;

/// <summary>Every list has an order and an end, and no value typed by someone becomes SQL.</summary>
public sealed partial class SqlTests
{
    /// <summary>Queries of several rows that need no bound, each with the reason.</summary>
    private static readonly Dictionary<string, string> Unbounded = new()
    {
        ["Preselection/PreselectionStore.cs"] = "every caller gives its order inside the condition; the limit follows it",
    };

    /// <summary>Pieces of SQL chosen by the code between fixed texts, each with what it can be.</summary>
    private static readonly Dictionary<string, string> Chosen = new()
    {
        ["Accounts/AccountStore.cs {condition}"] = "two fixed conditions, by id or by user name",
        ["Platform/ChangeFeed.cs {(database.IsPostgreSql ? \"pg_current_xact_id()::text::bigint\" : \"0\")}"] = "one fixed text for each database",
        ["Platform/ChangeFeed.cs {bound}"] = "one fixed text for each database",
        ["Platform/Records/ContractRecords.cs {condition}"] = "fixed conditions of this file",
        ["Platform/Reference/ReferenceSink.cs {table}"] = "names of tables written in that folder",
        ["Platform/Reference/ReferenceSink.cs {string.Join(\", \", columns)}"] = "names of columns written in that folder",
        ["Pools/ListPeople.cs {condition}"] = "one fixed text",
        ["Postings/ListPostings.cs {where}"] = "fixed texts added by the state asked for",
        ["Preselection/PreselectionLists.cs {condition}"] = "fixed conditions of this file",
        ["Preselection/PreselectionStore.cs {condition}"] = "fixed conditions of the two files that read preselections",
    };

    private static readonly Lazy<IReadOnlyDictionary<string, string>> Constants = new(ReadConstants);

    private static IEnumerable<SourceFile> Web => Repository.CSharpUnder("src/Matching.Web");

    [Fact]
    public void Every_query_of_several_rows_has_an_order_and_a_limit()
    {
        var queries = Web.SelectMany(ListQueries).ToList();
        Assert.True(queries.Count > 20);
        var found = queries.Where(query => !Unbounded.ContainsKey(InWeb(query.Where.Split(':')[0])) && !IsWrite(query.Sql) && !query.IsBounded).Select(query => $"{query.Where} {Shorten(query.Sql)}");
        Faults.None(found);
    }

    [Fact]
    public void Only_fixed_texts_are_put_into_sql()
    {
        Faults.None(ChosenPieces().Where(piece => !Chosen.ContainsKey(piece.Key)).Select(piece => $"{piece.Where} {piece.Key}"));
    }

    [Fact]
    public void An_exception_that_is_no_longer_needed_is_taken_away()
    {
        var pieces = ChosenPieces().Select(piece => piece.Key).ToHashSet();
        Faults.None(Chosen.Keys.Where(key => !pieces.Contains(key)));
        var queries = Web.SelectMany(ListQueries).Where(query => !query.IsBounded).Select(query => InWeb(query.Where.Split(':')[0])).ToHashSet();
        Faults.None(Unbounded.Keys.Where(path => !queries.Contains(path)));
    }

    [Fact]
    public void Sql_names_its_columns()
    {
        var found = Web.SelectMany(file => file.Literals.Where(literal => Star().IsMatch(literal.Text)).Select(literal => file.Where(literal.Start)));
        Faults.None(found);
    }

    [Theory]
    [InlineData("select id from person", false)]
    [InlineData("select id from person order by id", false)]
    [InlineData("select id from person limit 10", false)]
    [InlineData("select id from person order by id limit 10", true)]
    [InlineData("select id from person where id = (select id from person order by id limit 1)", false)]
    public void A_query_without_an_order_or_an_end_is_seen(string sql, bool isBounded) => Assert.Equal(isBounded, IsBounded(sql));

    private static IEnumerable<(string Where, string Key)> ChosenPieces() =>
        from file in Web
        from literal in file.Literals
        where SqlStart().IsMatch(literal.Text)
        from hole in literal.Holes
        where !IsFixed(file, hole.Trim())
        select (file.Where(literal.Start), $"{InWeb(file.Path)} {{{hole}}}");

    private static string InWeb(string path) => path["src/Matching.Web/".Length..];

    // A write that answers with its rows is bounded by what it writes.
    private static bool IsWrite(string sql) => WriteStart().IsMatch(sql);

    // The order and the limit of a question inside parentheses bound only that one.
    private static bool IsBounded(string sql, SourceFile? file = null)
    {
        var text = file is null ? sql : Expand(sql, file);
        while (Inner().Replace(text, " ") is var outer && outer != text)
        {
            text = outer;
        }

        return OrderAndLimit().IsMatch(text);
    }

    private static IEnumerable<(string Where, string Sql, bool IsBounded)> ListQueries(SourceFile file)
    {
        foreach (Match call in ListCall().Matches(file.Code))
        {
            var end = Members.Close(file.Code, call.Index + call.Length - 1);
            var inside = file.Literals.FirstOrDefault(literal => literal.Start > call.Index && literal.Start < end && SqlStart().IsMatch(literal.Text));
            var sql = inside?.Text ?? Named(file, call, end);
            yield return (file.Where(call.Index), sql, IsBounded(sql, file));
        }
    }

    // The text is in a variable or a constant: the nearest one above the call, or anywhere in the file for a constant.
    private static string Named(SourceFile file, Match call, int end)
    {
        if (MethodCall().Match(file.Code[(call.Index + call.Length)..end]) is { Success: true } made)
        {
            // The text is written by a method of the same file.
            var method = Regex.Match(file.Code, $@"\bstring {made.Groups[1].Value}\(");
            return method.Success ? file.Literals.FirstOrDefault(literal => literal.Start > method.Index && SqlStart().IsMatch(literal.Text))?.Text ?? "" : "";
        }

        foreach (Match word in Word().Matches(file.Code[(call.Index + call.Length)..end]))
        {
            var assigned = Regex.Matches(file.Code, $@"\b{word.Value}\s*=\s*").Select(match => match.Index + match.Length).ToList();
            var nearest = file.Literals.Where(literal => assigned.Contains(literal.Start) && SqlStart().IsMatch(literal.Text)).OrderBy(literal => Math.Abs(call.Index - literal.Start)).FirstOrDefault();
            if (nearest is not null)
            {
                return nearest.Text;
            }
        }

        return "";
    }

    private static bool IsFixed(SourceFile file, string hole) =>
        ConstantName().IsMatch(hole)
        || int.TryParse(hole, out _)
        || Regex.IsMatch(file.Code, $@"\bconst string {Regex.Escape(hole)}\b")
        || hole.Split(" + ").All(part => part == "1" || ConstantName().IsMatch(part))
        || hole.StartsWith("db.In(\"@", StringComparison.Ordinal);

    // A bare name is a constant of the same file; one of another type is written with that type.
    private static string Expand(string sql, SourceFile file)
    {
        for (var depth = 0; depth < 4; depth++)
        {
            sql = Hole().Replace(sql, match => Constants.Value.GetValueOrDefault(
                match.Groups[1].Value.Contains('.', StringComparison.Ordinal) ? match.Groups[1].Value : $"{TypeOf(file)}.{match.Groups[1].Value}") ?? match.Value);
        }

        return sql;
    }

    private static Dictionary<string, string> ReadConstants()
    {
        var constants = new Dictionary<string, string>();
        foreach (var file in Web)
        {
            foreach (Match match in ConstantText().Matches(file.Code))
            {
                if (file.Literals.FirstOrDefault(literal => literal.Start >= match.Index + match.Length) is { } text)
                {
                    constants[$"{TypeOf(file)}.{match.Groups[1].Value}"] = text.Text;
                }
            }
        }

        return constants;
    }

    private static string TypeOf(SourceFile file) => Path.GetFileNameWithoutExtension(file.Path);

    private static string Shorten(string sql) => string.Concat(string.Join(' ', sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Take(60));

    [GeneratedRegex(@"\.(?:(?:QueryAsync|QueryUnbufferedAsync)(?:<[^;]*?>)?|Query<[^;]*?>)\(")]
    private static partial Regex ListCall();

    [GeneratedRegex(@"^\s*(\{\w+\}\s*)?(select|insert|update|delete|with|where|order)\b", RegexOptions.IgnoreCase)]
    private static partial Regex SqlStart();

    [GeneratedRegex(@"^\s*(insert|update|delete)\b", RegexOptions.IgnoreCase)]
    private static partial Regex WriteStart();

    // The SQL comes first in a CommandDefinition: a call there writes it.
    [GeneratedRegex(@"^new CommandDefinition\(\s*([A-Z]\w*)\(")]
    private static partial Regex MethodCall();

    [GeneratedRegex(@"\border by\b.*\blimit\b", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex OrderAndLimit();

    [GeneratedRegex(@"\([^()]*\)")]
    private static partial Regex Inner();

    [GeneratedRegex(@"\bselect\s+(\w+\.)?\*", RegexOptions.IgnoreCase)]
    private static partial Regex Star();

    [GeneratedRegex(@"\{([\w.]+)\}")]
    private static partial Regex Hole();

    // A constant or a static of a type: PascalCase, perhaps of another type.
    [GeneratedRegex(@"^([A-Z]\w*\.)*[A-Z]\w*$")]
    private static partial Regex ConstantName();

    [GeneratedRegex(@"\b(?:const|static readonly) string (\w+)\s*=\s*")]
    private static partial Regex ConstantText();

    [GeneratedRegex(@"\b[A-Za-z]\w*\b")]
    private static partial Regex Word();
}
