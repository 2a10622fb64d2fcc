namespace Matching.House.Tests.Reading;

/// <summary>The reader of sources sees what it must: otherwise every other house test could pass on a broken house.</summary>
public sealed class ReadingTests
{
    private const string Sample = """"
        using System;

        namespace Sample;

        /// <summary>DateTime.Now in a comment is not code.</summary>
        public sealed record Thing(string Name, int Count = 1)
        {
            private static readonly string[] Words = ["a;b", "c}"];

            public string Text { get; } = $"x {DateTime.Now:dd/MM} {{not a hole}}";

            [Obsolete("old")]
            public T Make<T>(T it)
                where T : class
            {
                var quote = '"';
                return it;
            }

            public string Raw() => $"""
                select "name" from {Table} { Other("}") }
                """;

            public string Verbatim => @"say ""hello"" \";

            private enum Kind { One = 1, Two }
        }
        """";

    private static readonly SourceFile File = SourceFile.Read("Sample.cs", Sample);

    [Fact]
    public void Code_keeps_the_length_and_the_lines_and_loses_comments_and_strings()
    {
        Assert.Equal(File.Text.Length, File.Code.Length);
        Assert.Equal(File.Text.Count(c => c == '\n'), File.Code.Count(c => c == '\n'));
        Assert.DoesNotContain("not a hole", File.Code, StringComparison.Ordinal);
        Assert.DoesNotContain("hello", File.Code, StringComparison.Ordinal);
        Assert.Single(File.Code.Split("DateTime.Now")[1..]);
    }

    [Fact]
    public void Strings_are_read_with_their_holes()
    {
        Assert.Contains(File.Literals, literal => literal.Text == "x {DateTime.Now:dd/MM} {{not a hole}}" && literal.Holes.SequenceEqual(["DateTime.Now:dd/MM"]));
        Assert.Contains(File.Literals, literal => literal.Text.Contains("select \"name\"", StringComparison.Ordinal) && literal.Holes.SequenceEqual(["Table", " Other(\"}\") "]));
        Assert.Contains(File.Literals, literal => literal.Text == @"say ""hello"" \".Replace("\"", "\"\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Methods_are_measured_from_their_header_to_their_end()
    {
        var members = Members.Of(File);
        Assert.Equal(["public T Make<T>(T it)", "public string Raw()"], members.Select(member => member.Header.Split('\n')[0].Trim()));
        Assert.Equal([6, 3], members.Select(member => member.LineCount));
    }
}
