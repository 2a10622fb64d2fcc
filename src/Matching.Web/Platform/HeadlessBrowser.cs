using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Matching.Web.Platform;

/// <summary>
/// One Chromium kept running and told what to do through two pipes that nobody else of the machine can open. It ends when they close: when this
/// program ends, even killed.
/// </summary>
public sealed class HeadlessBrowser : IDisposable
{
    /// <summary>Chromium reads its orders from the file 3 and answers in the file 4: the shell makes them of the two pipes that .NET can give.</summary>
    private const string OnItsPipes = "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1";

    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> waiting = new();
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly Process process;
    private readonly string profile;
    private volatile bool hasEnded;
    private int lastCall;

    private HeadlessBrowser(Process process, string profile)
    {
        (this.process, this.profile) = (process, profile);
        _ = ReadAsync(process.StandardOutput.BaseStream);
    }

    public bool IsRunning => !hasEnded;

    public int ProcessId => process.Id;

    /// <exception cref="IOException">The program does not start.</exception>
    public static HeadlessBrowser Start(string program)
    {
        var profile = Directory.CreateTempSubdirectory("matching-pdf-").FullName;
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = profile };
        string[] options =
        [
            "-c", OnItsPipes, program, "--headless", "--remote-debugging-pipe", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions",
            "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND", $"--user-data-dir={profile}",
        ];

        // Chromium has no sandbox for an administrator of the machine: a service should run as somebody else.
        foreach (var option in Environment.IsPrivilegedProcess ? options.Append("--no-sandbox") : options)
        {
            start.ArgumentList.Add(option);
        }

        try
        {
            return new HeadlessBrowser(Process.Start(start) ?? throw new IOException("The browser did not start."), profile);
        }
        catch (System.ComponentModel.Win32Exception fault)
        {
            Delete(profile);
            throw new IOException("The browser did not start.", fault);
        }
    }

    /// <summary>The page as a tagged PDF, printed in a window of its own that keeps nothing, runs no script and reaches no other page nor file.</summary>
    /// <exception cref="IOException">The browser ended or refused.</exception>
    public async Task<byte[]> PrintAsync(string html, CancellationToken ct)
    {
        var context = (await CallAsync("Target.createBrowserContext", [], null, ct))["browserContextId"]!.ToString();
        try
        {
            var target = (await CallAsync("Target.createTarget", new() { ["url"] = "about:blank", ["browserContextId"] = context }, null, ct))["targetId"]!.ToString();
            var session = (await CallAsync("Target.attachToTarget", new() { ["targetId"] = target, ["flatten"] = true }, null, ct))["sessionId"]!.ToString();
            await CallAsync("Emulation.setScriptExecutionDisabled", new() { ["value"] = true }, session, ct);
            var frame = (await CallAsync("Page.getFrameTree", [], session, ct))["frameTree"]!["frame"]!["id"]!.ToString();
            await CallAsync("Page.setDocumentContent", new() { ["frameId"] = frame, ["html"] = html }, session, ct);
            var printed = await CallAsync(
                "Page.printToPDF", new() { ["generateTaggedPDF"] = true, ["printBackground"] = true, ["preferCSSPageSize"] = true }, session, ct);
            return Convert.FromBase64String(printed["data"]!.ToString());
        }
        finally
        {
            // Its answer matters to nobody: a browser that does not give it will not print either.
            _ = ForgetAsync(context);
        }
    }

    public void Dispose()
    {
        try
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit(TimeSpan.FromSeconds(5));
        }
        catch (Exception over) when (over is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // It had ended by itself.
        }

        process.Dispose();
        Delete(profile);
    }

    private async Task ForgetAsync(string context)
    {
        try
        {
            await CallAsync("Target.disposeBrowserContext", new() { ["browserContextId"] = context }, null, CancellationToken.None);
        }
        catch (IOException)
        {
            // The browser ended, and the window with it.
        }
    }

    private async Task<JsonNode> CallAsync(string method, JsonObject parameters, string? session, CancellationToken ct)
    {
        var id = Interlocked.Increment(ref lastCall);
        var call = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (session is not null)
        {
            call["sessionId"] = session;
        }

        var answer = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting[id] = answer;
        try
        {
            if (!IsRunning)
            {
                throw new IOException("The browser ended.");
            }

            await writing.WaitAsync(ct);
            try
            {
                // Half an order would spoil the next one: once begun, it is written to its end.
                await process.StandardInput.BaseStream.WriteAsync((byte[])[.. JsonSerializer.SerializeToUtf8Bytes(call), 0], CancellationToken.None);
                await process.StandardInput.BaseStream.FlushAsync(CancellationToken.None);
            }
            finally
            {
                writing.Release();
            }

            return await answer.Task.WaitAsync(ct);
        }
        finally
        {
            waiting.TryRemove(id, out _);
        }
    }

    // Each answer ends with a zero.
    private async Task ReadAsync(Stream answers)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[1 << 16];
        try
        {
            for (var read = await answers.ReadAsync(buffer); read > 0; read = await answers.ReadAsync(buffer))
            {
                var rest = buffer.AsMemory(0, read);
                for (var end = rest.Span.IndexOf((byte)0); end >= 0; end = rest.Span.IndexOf((byte)0))
                {
                    kept.Write(rest.Span[..end]);
                    Hand(kept.GetBuffer().AsSpan(0, (int)kept.Length));
                    kept.SetLength(0);
                    rest = rest[(end + 1)..];
                }

                kept.Write(rest.Span);
            }
        }
        catch (Exception over) when (over is IOException or ObjectDisposedException or JsonException or InvalidOperationException)
        {
            // It ended, or no longer speaks clearly: those who wait learn it below.
        }
        finally
        {
            hasEnded = true;
            foreach (var answer in waiting.Values)
            {
                answer.TrySetException(new IOException("The browser ended."));
            }
        }
    }

    private void Hand(ReadOnlySpan<byte> text)
    {
        if (JsonNode.Parse(text) is not { } said || said["id"] is not { } id || !waiting.TryGetValue(id.GetValue<int>(), out var answer))
        {
            return;
        }

        if (said["result"] is { } result)
        {
            answer.TrySetResult(result);
        }
        else
        {
            answer.TrySetException(new IOException("The browser refused an order."));
        }
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A child of the browser may still hold a file of its profile; nothing about people is in it.
        }
    }
}
