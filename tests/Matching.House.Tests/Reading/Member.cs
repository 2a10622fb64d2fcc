using System.Text.RegularExpressions;

namespace Matching.House.Tests.Reading;

/// <summary>A method, constructor or property with a body.</summary>
/// <param name="Header">Everything before the body, attributes taken away.</param>
/// <param name="LineCount">From the first line of the header to the last of the body.</param>
public sealed record Member(string Header, int FirstLine, int LineCount);

/// <summary>Finds the members of a file by counting brackets; types are entered, fields and tables are passed over.</summary>
public static partial class Members
{
    public static IReadOnlyList<Member> Of(SourceFile file)
    {
        var code = file.Code;
        var members = new List<Member>();
        for (var at = 0; at < code.Length;)
        {
            if (char.IsWhiteSpace(code[at]) || code[at] is '}' or ';')
            {
                at++;
                continue;
            }

            if (code[at] == '[')
            {
                at = Close(code, at);
                continue;
            }

            var mark = EndOfHeader(code, at);
            var header = code[at..mark];
            if (mark == code.Length || code[mark] is ';' or '}')
            {
                at = mark + 1;
            }
            else if (code[mark] == '{' && TypeHeader().IsMatch(Details().Replace(header, "")))
            {
                at = EnumHeader().IsMatch(header) ? Close(code, mark) : mark + 1;
            }
            else
            {
                var isArrow = code[mark] == '=' && code[mark + 1] == '>';
                var end = code[mark] == '{' ? Close(code, mark) : Semicolon(code, mark);
                if (header.Contains('(', StringComparison.Ordinal) && (isArrow || code[mark] == '{'))
                {
                    members.Add(new Member(header.Trim(), file.LineOf(at), file.LineOf(end - 1) - file.LineOf(at) + 1));
                }

                at = code[mark] == '{' && code[end..].TrimStart().StartsWith('=') ? Semicolon(code, end) : end;
            }
        }

        return members;
    }

    /// <summary>Index just after the bracket that closes the one at <paramref name="open"/>.</summary>
    public static int Close(string code, int open)
    {
        var depth = 0;
        for (var at = open; at < code.Length; at++)
        {
            depth += code[at] switch { '(' or '[' or '{' => 1, ')' or ']' or '}' => -1, _ => 0 };
            if (depth == 0)
            {
                return at + 1;
            }
        }

        return code.Length;
    }

    private static int EndOfHeader(string code, int at)
    {
        while (at < code.Length && code[at] is not ('{' or ';' or '}' or '='))
        {
            // The sign of an operator is part of its name.
            at = code[at] is '(' or '[' ? Close(code, at)
                : string.CompareOrdinal(code, at, "operator ", 0, 9) == 0 ? Math.Max(at + 9, code.IndexOf('(', at))
                : at + 1;
        }

        return at;
    }

    private static int Semicolon(string code, int at)
    {
        while (at < code.Length && code[at] != ';')
        {
            at = code[at] is '(' or '[' or '{' ? Close(code, at) : at + 1;
        }

        return Math.Min(at + 1, code.Length);
    }

    [GeneratedRegex(@"\b(class|struct|interface|enum|record|namespace)\b")]
    private static partial Regex TypeHeader();

    // Parameters and constraints may hold the same words as a type's header.
    [GeneratedRegex(@"\(.*\)|\bwhere\b.*", RegexOptions.Singleline)]
    private static partial Regex Details();

    [GeneratedRegex(@"\benum\b")]
    private static partial Regex EnumHeader();
}
