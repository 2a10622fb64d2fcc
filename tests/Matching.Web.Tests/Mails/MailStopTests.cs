using System.Diagnostics;
using Dapper;
using Matching.Web.Platform.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Mails;

/// <summary>The real program is asked to stop while its server keeps it waiting.</summary>
public sealed class MailStopTests(SqliteWeb web) : WebTests(web), IClassFixture<SqliteWeb>
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(25);

    [Fact]
    public async Task A_server_that_never_answers_delays_a_stop_by_seconds_and_the_mail_waits_for_the_next_run()
    {
        await using var sink = new SmtpSink();
        var draft = new MailDraft(MailKind.CompanyAnswered, "Une réponse", ["Une entreprise a répondu."], "Voir", "/preselections", "arret");
        await Web.Database.WriteAsync((db, tx) => Web.Services.GetRequiredService<MailQueue>().ToAddressAsync(db, tx, "lent@exemple.example", draft, Cancel), Cancel);
        var opened = new TaskCompletionSource();
        using var program = SendingProgram.Start(Web, sink, opened);
        try
        {
            await opened.Task.WaitAsync(Cancel);
            while (sink.Received.IsEmpty && !program.HasExited)
            {
                await Task.Delay(20, Cancel);
            }

            var asked = Stopwatch.StartNew();
            Process.Start("kill", $"-TERM {program.Id}").Dispose();
            await program.WaitForExitAsync(Cancel).WaitAsync(Longest, Cancel);
            Assert.InRange(asked.Elapsed, TimeSpan.FromSeconds(5), Longest);
        }
        finally
        {
            program.Kill(entireProcessTree: true);
        }

        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.Equal((MailQueue.Waiting, 1), await db.QuerySingleAsync<(string, int)>("select state, attempts from mail"));
    }
}
