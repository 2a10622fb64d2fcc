using System.Diagnostics;
using Npgsql;

namespace Matching.Benchmarks.Text;

/// <summary>PostgreSQL full text (GIN, ts_rank) on a private server in a temporary folder, reached through its socket.</summary>
public static class PostgreSqlPeer
{
    public static object Run(TextCorpus corpus)
    {
        const string Debian = "/usr/lib/postgresql";
        var programs = Directory.Exists(Debian) ? Directory.GetDirectories(Debian).Order(StringComparer.Ordinal).LastOrDefault() : null;
        if (programs is null)
        {
            return new MissingPeer("PostgreSQL full text", "apt-get install postgresql");
        }
        var folder = Start("mktemp", "-d", "/tmp/text-pg-XXXXXX").Trim();
        try
        {
            Start($"{programs}/bin/initdb", "-D", $"{folder}/files", "-U", "postgres", "-A", "trust", "--locale=C.UTF-8", "-E", "UTF8", "--no-sync");
            Start($"{programs}/bin/pg_ctl", "-D", $"{folder}/files", "-l", $"{folder}/log", "-w", "-o",
                $"-k {folder} -c listen_addresses='' -c fsync=off -c shared_buffers=512MB -c work_mem=64MB", "start");
            return Measure(corpus, folder);
        }
        finally
        {
            Start($"{programs}/bin/pg_ctl", "-D", $"{folder}/files", "-m", "immediate", "-w", "stop");
            Start("rm", "-r", folder);
        }
    }

    private static TextRun Measure(TextCorpus corpus, string folder)
    {
        using var db = new NpgsqlConnection($"Host={folder};Username=postgres;Database=postgres");
        db.Open();
        var clock = Stopwatch.StartNew();
        Do(db, "create table one (id uuid primary key, grp int not null, words tsvector not null)");
        Do(db, "create temporary table given (id uuid, grp int, text text)");
        using (var rows = db.BeginBinaryImport("copy given from stdin (format binary)"))
        {
            foreach (var text in corpus.Texts)
            {
                rows.StartRow();
                rows.Write(text.Id);
                rows.Write(text.Group);
                rows.Write(text.Text);
            }
            rows.Complete();
        }
        Do(db, "insert into one select id, grp, to_tsvector('simple', text) from given");
        Do(db, "create index on one using gin (words)");
        Do(db, "create index on one (grp)");
        Do(db, "analyze one");
        var indexSeconds = clock.Elapsed.TotalSeconds;
        using var search = new NpgsqlCommand(
            "select id from one where words @@ to_tsquery('simple', $1) and grp = $2 order by ts_rank(words, to_tsquery('simple', $1)) desc limit 100", db);
        using var count = new NpgsqlCommand("select count(*) from one where words @@ to_tsquery('simple', $1) and grp = $2", db);
        var times = new List<double>();
        long found = 0;
        foreach (var query in corpus.Queries)
        {
            foreach (var command in new[] { search, count })
            {
                command.Parameters.Clear();
                command.Parameters.Add(new NpgsqlParameter { Value = query.Text.Replace(' ', '|') });
                command.Parameters.Add(new NpgsqlParameter { Value = query.Group });
            }
            clock.Restart();
            using (var reader = search.ExecuteReader())
            {
                while (reader.Read())
                {
                    reader.GetGuid(0);
                }
            }
            times.Add(clock.Elapsed.TotalMilliseconds);
            found += (long)count.ExecuteScalar()!;
        }
        return new TextRun("PostgreSQL full text", indexSeconds, null, times, found);
    }

    private static void Do(NpgsqlConnection db, string sql)
    {
        using var command = new NpgsqlCommand(sql, db) { CommandTimeout = 600 };
        command.ExecuteNonQuery();
    }

    /// <summary>PostgreSQL refuses to run as root: then as the user that its package creates.</summary>
    private static string Start(string program, params string[] arguments)
    {
        var start = Environment.UserName == "root"
            ? new ProcessStartInfo("runuser", ["-u", "postgres", "--", program, .. arguments]) : new ProcessStartInfo(program, arguments);
        start.RedirectStandardOutput = true;
        start.WorkingDirectory = "/tmp";
        using var process = Process.Start(start)!;
        // The server keeps the output open: only the programs that end are read to the end.
        var said = program == "mktemp" ? process.StandardOutput.ReadToEnd() : "";
        process.WaitForExit();
        return said;
    }
}
