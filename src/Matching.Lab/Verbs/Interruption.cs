using System.Runtime.InteropServices;

namespace Matching.Lab.Verbs;

/// <summary>
/// What happens when a verb is stopped from outside, by Ctrl-C or by the machine that shuts down: it ends at once, between two files and never
/// inside one, after undoing what was only for its time and saying what is left. No work looks out for it: what was not written has left no trace.
/// </summary>
public static class Interruption
{
    /// <summary>As shells count them: 128 and the number of the signal.</summary>
    public const int ExitCodeOfInterrupt = 130;
    public const int ExitCodeOfTermination = 143;

    private static readonly Lock Gate = new();
    private static readonly List<Undoing> Undoings = [];
    private static bool hasWritten;

    /// <summary>Until disposed, ends the process in good order when it is told to stop.</summary>
    public static IDisposable Heed(TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        return new Heeded(
            PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, errors, ExitCodeOfInterrupt)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, errors, ExitCodeOfTermination)));
    }

    /// <summary>Does what must not be stopped on the way; one at a time, and nothing more once the verb is stopped.</summary>
    internal static void Unbroken(Action act)
    {
        lock (Gate)
        {
            act();
        }
    }

    /// <summary>Writes a file, unbroken.</summary>
    internal static void Whole(Action write) => Unbroken(() =>
    {
        write();
        hasWritten = true;
    });

    /// <summary>Undoes once, when disposed or when the verb is stopped before.</summary>
    internal static IDisposable InAnyCase(Action undo)
    {
        lock (Gate)
        {
            var undoing = new Undoing(undo);
            Undoings.Add(undoing);
            return undoing;
        }
    }

    private static void Stop(PosixSignalContext signal, TextWriter errors, int exitCode)
    {
        signal.Cancel = true;
        // Held to the end: whoever would write, tell how far it is or that its tool has ended waits here.
        Gate.Enter();
        foreach (var undoing in Undoings.AsEnumerable().Reverse())
        {
            undoing.Undo();
        }

        // After a bar that is still on its line.
        errors.WriteLine((Console.IsErrorRedirected ? "" : "\n") + (hasWritten
            ? "Arrêté avant la fin : les fichiers déjà écrits sont entiers et gardés. Pour finir, relancer la même commande."
            : "Arrêté avant la fin : rien n’a été écrit. Pour recommencer, relancer la même commande."));
        Environment.Exit(exitCode);
    }

    private sealed class Undoing(Action undo) : IDisposable
    {
        public void Undo()
        {
            try
            {
                undo();
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidOperationException)
            {
                // What cannot be undone, or already is, must not keep the rest from ending.
            }
        }

        public void Dispose()
        {
            lock (Gate)
            {
                if (Undoings.Remove(this))
                {
                    Undo();
                }
            }
        }
    }

    private sealed class Heeded(params PosixSignalRegistration[] signals) : IDisposable
    {
        public void Dispose() => Array.ForEach(signals, signal => signal.Dispose());
    }
}
