using System.Diagnostics;

namespace Matching.Web.Tests.Mails;

/// <summary>The real program in a process of its own, sending to the sink what waits in the database of the test.</summary>
internal static class SendingProgram
{
    /// <param name="opened">Completed when the program says that its site is open.</param>
    public static Process Start(WebFixture web, SmtpSink sink, TaskCompletionSource? opened = null)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in (string[])[Path.Combine(AppContext.BaseDirectory, "Matching.Web.dll"), "--demo", "false", "--data", web.Database.DataFolder, "--urls", "http://127.0.0.1:0",
            "--Mail:Host", "127.0.0.1", "--Mail:Port", $"{sink.Port}", "--Mail:StartTls", "false", "--Mail:EverySeconds", "1"])
        {
            start.ArgumentList.Add(word);
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => _ = line.Data?.Contains("Le site est ouvert", StringComparison.Ordinal) == true && opened?.TrySetResult() == true;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
