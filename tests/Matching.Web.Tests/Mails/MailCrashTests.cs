using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Dapper;
using Matching.Web.Platform.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Mails;

/// <summary>The real program is killed in the middle of its sending, twice.</summary>
public sealed class MailCrashTests(SqliteWeb web, ITestOutputHelper output) : WebTests(web), IClassFixture<SqliteWeb>
{
    private const int Mails = 10_000;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Ten_thousand_mails_reach_the_server_though_the_program_is_killed_twice()
    {
        await using var sink = new SmtpSink();
        var queue = Web.Services.GetRequiredService<MailQueue>();
        await Web.Database.WriteAsync(
            async (db, tx) =>
            {
                for (var i = 0; i < Mails; i++)
                {
                    var draft = new MailDraft(MailKind.CompanyAnswered, "Une réponse", ["Une entreprise a répondu."], "Voir", "/preselections", $"panne:{i}");
                    await queue.ToAddressAsync(db, tx, string.Create(CultureInfo.InvariantCulture, $"p{i}@exemple.example"), draft, Cancel);
                }
            },
            Cancel);

        var start = Stopwatch.GetTimestamp();
        await RunUntilAsync(sink, Mails / 3);
        await RunUntilAsync(sink, Mails * 2 / 3);
        await RunUntilAsync(sink, Mails);
        output.WriteLine($"{Mails} mails, two kills: {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s, {sink.Received.Count} received, {Seen(sink)} different");

        Assert.Equal(Mails, Seen(sink));

        // What may come twice is what left since the last commit, one batch at each kill, and under the same id.
        Assert.InRange(sink.Received.Count, Mails, Mails + (2 * MailSender.BatchSize));
    }

    [Theory]
    [InlineData("Message-ID: <1@exemple.example>\r\n\r\nUne rép", 0)]
    [InlineData("Message-ID: <1@exemple.example>\r\n\r\nUne réponse\r\n.\r\n", 1)]
    public async Task A_message_cut_before_its_end_is_not_taken_by_the_server(string said, int taken)
    {
        await using var sink = new SmtpSink();
        using (var program = new TcpClient())
        {
            await program.ConnectAsync(IPAddress.Loopback, sink.Port, Cancel);
            await using var wire = program.GetStream();
            await wire.WriteAsync(Encoding.UTF8.GetBytes($"EHLO x\r\nMAIL FROM:<a@exemple.example>\r\nRCPT TO:<b@exemple.example>\r\nDATA\r\n{said}"), Cancel);
            program.Client.Shutdown(SocketShutdown.Send);

            // To the end of what the server says: it has read all by then.
            using var answers = new StreamReader(wire);
            await answers.ReadToEndAsync(Cancel);
        }

        Assert.Equal(taken, sink.Received.Count);
    }

    private static int Seen(SmtpSink sink) => sink.Received.Select(SmtpSink.IdOf).Distinct().Count();

    private async Task RunUntilAsync(SmtpSink sink, int count)
    {
        using var process = SendingProgram.Start(Web, sink);
        try
        {
            var waited = Stopwatch.StartNew();
            while (Distinct(sink, count) < count && !process.HasExited && waited.Elapsed < Longest)
            {
                await Task.Delay(50, Cancel);
            }

            if (count == Mails)
            {
                await AllNotedAsync(waited);
            }
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(Cancel);
        }
    }

    // Counting ids is slow: only when enough mails came.
    private static int Distinct(SmtpSink sink, int count) => sink.Received.Count < count ? 0 : Seen(sink);

    private async Task AllNotedAsync(Stopwatch waited)
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        while (await db.QuerySingleAsync<int>("select count(*) from mail where state <> 'ENVOYE'") > 0 && waited.Elapsed < Longest)
        {
            await Task.Delay(100, Cancel);
        }
    }
}
