namespace Matching.House.Tests.Reading;

/// <summary>A string of the source.</summary>
/// <param name="Start">Index of its first character in the file.</param>
/// <param name="Text">As written, holes included.</param>
/// <param name="Holes">The code of each hole of an interpolated string.</param>
public sealed record Literal(int Start, string Text, IReadOnlyList<string> Holes);

/// <summary>
/// A C# file in three views: the text, the code (same length and lines, with comments and the content of strings blanked) and its strings.
/// It knows enough of the language for the house tests and nothing more.
/// </summary>
public sealed class SourceFile
{
    private readonly char[] code;
    private readonly List<Literal> literals = [];
    private int at;

    private SourceFile(string path, string text)
    {
        (Path, Text, code) = (path, text, text.ToCharArray());
        ReadCode(insideHole: false);
        Code = new string(code);
    }

    public string Path { get; }

    public string Text { get; }

    public string Code { get; }

    public IReadOnlyList<Literal> Literals => literals;

    public int LineCount => Text.AsSpan().TrimEnd('\n').Count('\n') + 1;

    public static SourceFile Read(string path, string text) => new(path, text.ReplaceLineEndings("\n"));

    /// <summary>Line of an index, from 1.</summary>
    public int LineOf(int index) => Text.AsSpan(0, index).Count('\n') + 1;

    public string Where(int index) => $"{Path}:{LineOf(index)}";

    private bool Sees(string words) => string.CompareOrdinal(Text, at, words, 0, words.Length) == 0;

    private void ReadCode(bool insideHole)
    {
        for (var depth = 0; at < Text.Length;)
        {
            if (insideHole && depth == 0 && Text[at] == '}')
            {
                return;
            }

            if (Sees("//"))
            {
                Blank(Text.IndexOf('\n', at) is var end and >= 0 ? end : Text.Length);
            }
            else if (Sees("/*"))
            {
                Blank(Text.IndexOf("*/", at, StringComparison.Ordinal) + 2);
            }
            else if (Text[at] == '\'')
            {
                Blank(Text.IndexOf('\'', at + (Text[at + 1] == '\\' ? 3 : 2)) + 1);
            }
            else if (Text[at] == '"' || (Text[at] is '$' or '@' && Text[at..].TrimStart('$', '@').StartsWith('"')))
            {
                ReadString();
            }
            else
            {
                depth += Text[at] switch { '{' => 1, '}' => -1, _ => 0 };
                at++;
            }
        }
    }

    private void ReadString()
    {
        var start = at;
        while (Text[at] is '$' or '@')
        {
            at++;
        }

        var dollars = Text[start..at].Count(c => c == '$');
        var isVerbatim = Text[start..at].Contains('@', StringComparison.Ordinal);
        var quotes = isVerbatim ? 1 : RunOf('"');
        if (quotes == 2)
        {
            at += 2;
            literals.Add(new Literal(start, "", []));
            return;
        }

        at += quotes;
        var first = at;
        var holes = new List<string>();
        var closing = new string('"', quotes);
        while (!(Sees(closing) && !(isVerbatim && RunOf('"') % 2 == 0)))
        {
            if (dollars > 0 && Text[at] == '{')
            {
                ReadHole(dollars, isRaw: quotes > 2, holes);
            }
            else
            {
                Blank(at + (isVerbatim && Text[at] == '"' || quotes == 1 && !isVerbatim && Text[at] == '\\' ? 2 : 1));
            }
        }

        // A raw string may end with quotes of its own: the last ones close it.
        var last = at + (quotes > 2 ? RunOf('"') - quotes : 0);
        literals.Add(new Literal(start, Text[first..last], holes));
        at = last + quotes;
    }

    private void ReadHole(int dollars, bool isRaw, List<string> holes)
    {
        var run = RunOf('{');
        var isText = isRaw ? run < dollars : run % 2 == 0;
        Blank(at + run);
        if (isText)
        {
            return;
        }

        var first = at;
        ReadCode(insideHole: true);
        holes.Add(Text[first..at]);
        Blank(at + (isRaw ? dollars : 1));
    }

    private int RunOf(char mark)
    {
        var end = at;
        while (end < Text.Length && Text[end] == mark)
        {
            end++;
        }

        return end - at;
    }

    private void Blank(int end)
    {
        for (; at < end; at++)
        {
            code[at] = Text[at] == '\n' ? '\n' : ' ';
        }
    }
}
