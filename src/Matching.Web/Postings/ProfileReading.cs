using Matching.Rules.Postings.Reading;
using Matching.Web.Platform;
using Matching.Web.Platform.Reference;

namespace Matching.Web.Postings;

/// <summary>Reads job profile texts with the loaded referentials.</summary>
public sealed class ProfileReading(FrenchCalendar calendar, OccupationTitles occupations, Communes communes, Skills skills)
{
    /// <summary>One draft per post of the text; the text has at most <see cref="JobProfileReader.LongestText"/> characters.</summary>
    public IReadOnlyList<PostingDraft> Read(string text) => JobProfileReader.ReadAll(text, new JobProfileContext(
        calendar.Today,
        title => [.. occupations.Match(title).Select(match => new RomeProposal(match.Rome, match.Label, match.Confidence))],
        name => [.. communes.ByName(name).Select(Choice)],
        code => [.. communes.ByPostalCode(code).Select(Choice)],
        rome => [.. skills.Of(rome).Select(skill => skill.Label)]));

    private static CommuneChoice Choice(Commune commune) => new(commune.InseeCode, commune.Name, commune.PostalCodes);
}

/// <summary>Registers what this slice keeps.</summary>
public static class PostingServices
{
    public static IServiceCollection AddPostings(this IServiceCollection services) => services.AddSingleton<ProfileReading>();
}
