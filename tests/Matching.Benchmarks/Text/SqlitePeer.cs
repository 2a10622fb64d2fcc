using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Matching.Benchmarks.Text;

/// <summary>SQLite FTS5 in memory: what a program would use with the database it already has.</summary>
public static class SqlitePeer
{
    public static TextRun Run(TextCorpus corpus)
    {
        using var db = new SqliteConnection("Data Source=:memory:");
        db.Open();
        var clock = Stopwatch.StartNew();
        Do(db, "create table one (id text not null, grp integer not null); create virtual table words using fts5(text, content='', tokenize='unicode61')");
        using (var batch = db.BeginTransaction())
        {
            using var row = Command(db, "insert into one (rowid, id, grp) values (@row, @id, @grp)", "@row", "@id", "@grp");
            using var text = Command(db, "insert into words (rowid, text) values (@row, @text)", "@row", "@text");
            for (var at = 0; at < corpus.Texts.Count; at++)
            {
                Fill(row, at + 1, corpus.Texts[at].Id.ToString(), corpus.Texts[at].Group);
                row.ExecuteNonQuery();
                Fill(text, at + 1, corpus.Texts[at].Text);
                text.ExecuteNonQuery();
            }
            batch.Commit();
        }
        var indexSeconds = clock.Elapsed.TotalSeconds;
        const string From = "from words join one on one.rowid = words.rowid where words match @words and one.grp = @grp";
        using var search = Command(db, $"select one.id {From} order by words.rank limit 100", "@words", "@grp");
        using var count = Command(db, $"select count(*) {From}", "@words", "@grp");
        var times = new List<double>();
        long found = 0;
        foreach (var query in corpus.Queries)
        {
            var words = string.Join(" OR ", query.Text.Split(' ').Select(word => $"\"{word}\""));
            clock.Restart();
            Fill(search, words, query.Group);
            using (var reader = search.ExecuteReader())
            {
                while (reader.Read())
                {
                    reader.GetString(0);
                }
            }
            times.Add(clock.Elapsed.TotalMilliseconds);
            Fill(count, words, query.Group);
            found += (long)count.ExecuteScalar()!;
        }
        return new TextRun("SQLite FTS5", indexSeconds, null, times, found);
    }

    private static void Do(SqliteConnection db, string sql)
    {
        using var command = Command(db, sql);
        command.ExecuteNonQuery();
    }

    private static SqliteCommand Command(SqliteConnection db, string sql, params string[] names)
    {
        var command = db.CreateCommand();
        command.CommandText = sql;
        foreach (var name in names)
        {
            command.Parameters.AddWithValue(name, DBNull.Value);
        }
        return command;
    }

    private static void Fill(SqliteCommand command, params object[] values)
    {
        for (var at = 0; at < values.Length; at++)
        {
            command.Parameters[at].Value = values[at];
        }
    }
}
