using Matching.Rules.Postings.Reading;
using Matching.Web.Platform;
using Matching.Web.Platform.Reference;

namespace Matching.Web.Postings;

/// <summary>Reads job profile texts with the loaded referentials.</summary>
public sealed class ProfileReading(FrenchCalendar calendar, OccupationTitles occupations, Communes communes, Skills skills)
{
    private const int MostOccupations = 10;

    /// <summary>One draft per post of the text; the text has at most <see cref="JobProfileReader.LongestText"/> characters.</summary>
    public IReadOnlyList<PostingDraft> Read(string text) => JobProfileReader.ReadAll(text, new JobProfileContext(
        calendar.Today,
        title => [.. occupations.Match(title, MostOccupations).Select(match => new RomeProposal(match.Rome, match.Label, match.Confidence))],
        words => [.. occupations.Mentions(words).Select(found => new TitleFound(found.Start, found.Length, found.Words, [.. found.RomeCodes.Select(code => occupations.ByCode(code)!.Rome)]))],
        name => [.. communes.ByName(name).Select(Choice)],
        code => [.. communes.ByPostalCode(code).Select(Choice)],
        rome => [.. skills.Of(rome).Select(skill => skill.Label)]));

    private static CommuneChoice Choice(Commune commune) => new(commune.InseeCode, commune.Name, commune.PostalCodes, commune.Population);
}

/// <summary>Registers what this slice keeps.</summary>
public static class PostingServices
{
    public static IServiceCollection AddPostings(this IServiceCollection services) => services.AddSingleton<ProfileReading>();
}
