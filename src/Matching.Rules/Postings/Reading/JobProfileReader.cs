namespace Matching.Rules.Postings.Reading;

/// <summary>
/// Reads a company's job profile. One file of this folder per kind of value, each a pure function of the text: to teach a new writing,
/// open that file and add it to its test.
/// </summary>
public static class JobProfileReader
{
    public const int LongestText = 20_000;

    /// <summary>One draft for each post that the text describes, in its order; nearly always one.</summary>
    /// <exception cref="ArgumentException">The text is longer than <see cref="LongestText"/>.</exception>
    public static IReadOnlyList<PostingDraft> ReadAll(string text, JobProfileContext ctx) =>
        [.. JobProfileSections.Of(text, ctx).Select(section => ReadPart(text, section, ctx))];

    /// <summary>The first post of the text.</summary>
    /// <exception cref="ArgumentException">The text is longer than <see cref="LongestText"/>.</exception>
    public static PostingDraft Read(string text, JobProfileContext ctx) => ReadAll(text, ctx)[0];

    // The part is the whole text with the other posts blanked out, so that places stay those of the original.
    private static PostingDraft ReadPart(string original, string part, JobProfileContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        if (original.Length > LongestText)
        {
            throw new ArgumentException($"A job profile has at most {LongestText} characters.", nameof(original));
        }

        var text = new FoldedText(part);
        var (title, occupations) = TitleReading.Read(text, ctx);
        var (commune, communes) = PlaceReading.Read(text, ctx);
        var (start, end) = DateReading.Read(text, ctx.Day);
        var certificates = CertificateReading.Read(text, text.PlaceOf(title), occupations.Count > 0 ? occupations[0].Rome : null);
        var skills = SkillReading.Read(text, occupations, ctx);
        return new PostingDraft(
            original, title, occupations, commune, communes, start, end,
            DurationReading.Read(text),
            WeeklyTimeReading.Read(text),
            ShiftReading.Read(text),
            ShiftReading.ReadRhythms(text),
            ContractReading.Read(text),
            PostCountReading.Read(text, title),
            [.. certificates.Where(found => found.IsRequired).Select(found => found.Words)],
            [.. certificates.Where(found => !found.IsRequired).Select(found => found.Words)],
            [.. skills.Where(found => found.IsRequired).Select(found => found.Words)],
            [.. skills.Where(found => !found.IsRequired).Select(found => found.Words)],
            LevelReading.ReadLevel(text),
            LevelReading.ReadFrench(text),
            ConstraintReading.Read(text),
            InsertionHoursReading.Read(text),
            WarningReading.Read(text, certificates.Where(found => found.IsRequired).Select(found => found.Words)))
        {
            Pay = PracticalReading.ReadPay(text),
            Tutor = PracticalReading.ReadTutor(text),
            Contact = PracticalReading.ReadContact(text),
            Safety = PracticalReading.ReadSafety(text),
        };
    }
}
