using System.Globalization;
using Matching.Rules.Postings;
using Matching.Web.Platform;
using Matching.Web.Platform.Reference;
using Matching.Web.Postings;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Postings;

/// <summary>
/// The reader on texts written as companies and structures write, with what is built in and nothing imported. The figures are printed; the
/// floors are those measured, rounded down. They were written beside the reader: on texts it has never met, expect less.
/// </summary>
public sealed class ProfileQualityTests(ITestOutputHelper output)
{
    private const double LeastFirst = 0.90;
    private const double LeastFirstFive = 0.95;
    private const double LeastPrecision = 0.95;
    private const double LeastRecall = 0.90;

    internal static readonly string Folder = Path.Combine(PostingWorld.Root(), "tests", "Matching.Web.Tests", "Postings", "Fiches");

    [Fact]
    public void Profiles_as_companies_write_them_are_read_field_by_field()
    {
        var (reading, communes) = BuiltIn();
        Check(output, reading, communes);
    }

    [Fact]
    public void Every_usual_title_leads_to_its_occupation()
    {
        var occupations = Occupations();
        var lost = BuiltInReference.Usages
            .Where(usage => !occupations.Match(usage.Text, 3).Any(match => match.Rome.Value == usage.Id))
            .Select(usage => $"{usage.Text}: {usage.Id}")
            .ToList();
        Assert.True(lost.Count <= BuiltInReference.Usages.Count / 100, string.Join("\n", lost));
    }

    [Fact]
    public void Every_built_in_code_has_the_form_of_its_referential()
    {
        Assert.All(BuiltInReference.Usages, usage => Assert.Contains(BuiltInReference.Occupations, one => one.Rome.Value == usage.Id));
        Assert.All(BuiltInReference.Occupations, one => Assert.True(RomeCode.TryParse(one.ParentCode, out _)));
        Assert.All(BuiltInReference.Towns, town => Assert.All(town.PostalCodes, code => Assert.Equal(5, code.Length)));
    }

    internal static void Check(ITestOutputHelper output, ProfileReading reading, Communes communes)
    {
        var texts = ExpectedText.All(Folder);
        Assert.True(texts.Count >= 200);
        var measure = new Measure(reading.Read, code => communes.ByInsee(code) is not null).Over(texts);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{texts.Count} texts, {measure.Posts} posts: ROME first {(double)measure.First / measure.Posts:P1}, first five {(double)measure.FirstFive / measure.Posts:P1}"));
        foreach (var line in measure.Figures.Select(figure => figure.ToString()).Concat(measure.Differences))
        {
            output.WriteLine(line);
        }

        Assert.True(measure.First >= LeastFirst * measure.Posts && measure.FirstFive >= LeastFirstFive * measure.Posts);
        Assert.All(
            measure.Figures.Where(figure => figure.Field is "certificats" or "debut" or "fin" or "heures" or "contrat" or "commune" or "heures_insertion"),
            figure => Assert.True(figure.Precision >= LeastPrecision && figure.Recall >= LeastRecall, figure.ToString()));
    }

    private static OccupationTitles Occupations()
    {
        var occupations = new OccupationTitles();
        occupations.Complete();
        return occupations;
    }

    internal static (ProfileReading Reading, Communes Communes) BuiltIn()
    {
        var (occupations, communes) = (Occupations(), new Communes());
        communes.Complete();
        var skills = new Skills(occupations);
        skills.Complete();
        return (new ProfileReading(new FrenchCalendar(new MovableClock()), occupations, communes, skills), communes);
    }
}

/// <summary>The same texts with the official files loaded: 35,000 communes, many of which bear common words, and 13,000 titles.</summary>
public sealed class ProfileQualityWithOfficialFilesTests(SqliteWeb web, ITestOutputHelper output) : WebTests(web), IClassFixture<SqliteWeb>
{
    private static readonly string Official = Path.Combine(PostingWorld.Root(), "..", "shared", "reference");

    [Fact]
    public async Task Profiles_are_read_as_well_with_every_commune_and_every_title_loaded()
    {
        Assert.SkipUnless(Directory.Exists(Official), "The official files are not at ../shared/reference: nothing to load.");
        Assert.True((await Web.Services.GetRequiredService<ReferenceLoader>().LoadAsync(Official, Cancel)).IsFound);
        ProfileQualityTests.Check(output, Web.Services.GetRequiredService<ProfileReading>(), Web.Services.GetRequiredService<Communes>());
    }
}
