namespace Matching.Lab.Verbs;

/// <summary>A bar on the error stream, so that what is printed can be piped; a line every tenth when nobody watches a terminal.</summary>
public sealed class Progress(TextWriter errors, string what, bool isTerminal)
{
    private const int Width = 30;
    private int last = -1;

    public static Progress OnTerminal(TextWriter errors, string what) => new(errors, what, !Console.IsErrorRedirected && ReferenceEquals(errors, Console.Error));

    public void Report(int done, int total) => Interruption.Unbroken(() =>
    {
        var step = isTerminal ? done * Width / Math.Max(1, total) : done * 10 / Math.Max(1, total);
        if (step <= last)
        {
            return;
        }

        last = step;
        if (isTerminal)
        {
            errors.Write($"\r{what} [{new string('#', step)}{new string('.', Width - step)}] {done}/{total}{(done == total ? "\n" : "")}");
        }
        else
        {
            errors.WriteLine($"{what} : {done}/{total}");
        }
    });
}
