using System.Text.Json;
using Matching.Rules.People;
using Matching.Rules.Postings;
using Matching.Rules.Postings.Reading;

namespace Matching.Rules.Tests.Postings;

/// <summary>The texts of data-samples/fiches-de-poste against what a careful reader finds in them, field by field.</summary>
public class SampleProfilesTests
{
    private static readonly string Samples = Path.Combine(Root(), "data-samples");
    private static readonly JsonElement Expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(Samples, "fiches-de-poste", "attendus.json"))).RootElement;

    private static readonly CommuneChoice[] Communes =
        [.. File.ReadLines(Path.Combine(Samples, "reference", "communes.csv")).Skip(1).Select(line => line.Split(','))
            .Select(cells => new CommuneChoice(cells[0], cells[1], cells[2].Split('|')))];

    private static readonly JobProfileContext Context = new(
        Reader.Day,
        _ => [],
        _ => [],
        name => [.. Communes.Where(commune => FrenchKey.OfPlace(commune.Name) == name)],
        code => [.. Communes.Where(commune => commune.PostalCodes.Contains(code))],
        _ => []);

    public static TheoryData<string> Fields =>
        ["intitule", "commune_insee", "debut", "fin", "heures_hebdo", "contrat", "nombre_postes", "certificats_exiges", "certificats_souhaites", "horaires", "heures_insertion"];

    [Theory]
    [MemberData(nameof(Fields))]
    public void Every_sample_is_read_as_a_careful_reader_would(string field)
    {
        var faults = new List<string>();
        foreach (var sample in Expected.EnumerateArray())
        {
            var file = sample.GetProperty("fichier").GetString()!;
            var drafts = JobProfileReader.ReadAll(File.ReadAllText(Path.Combine(Samples, "fiches-de-poste", file)), Context);
            var posts = sample.GetProperty("postes").EnumerateArray().ToList();
            Assert.Equal(posts.Count, drafts.Count);
            faults.AddRange(posts.Zip(drafts)
                .Select(pair => (Wanted: Wanted(pair.First.GetProperty(field), field), Read: Read(pair.Second, field)))
                .Where(pair => field == "intitule" ? !SameJob(pair.Wanted, pair.Read) : pair.Wanted != pair.Read)
                .Select(pair => $"{file} {field} : attendu « {pair.Wanted} », lu « {pair.Read} »"));
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    private static string Wanted(JsonElement value, string field) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(one => one.GetString()).Order(StringComparer.Ordinal)),
        // The kind of employer is not the kind of contract: a mission of an ETTI is an intérim.
        _ => field == "contrat" ? value.ToString().Replace("INTERIM_INSERTION", "INTERIM", StringComparison.Ordinal) : value.ToString(),
    };

    private static string Read(PostingDraft draft, string field) => field switch
    {
        "intitule" => draft.Title?.Value ?? "",
        "commune_insee" => draft.Commune?.Value.InseeCode ?? "",
        "debut" => draft.StartsOn?.Value.ToString("yyyy-MM-dd", null) ?? "",
        "fin" => draft.EndsOn?.Value.ToString("yyyy-MM-dd", null) ?? "",
        "heures_hebdo" => (draft.WeeklyMinutes?.Value / 60)?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "",
        "contrat" => draft.Contract?.Value.Code() ?? "",
        "nombre_postes" => draft.Posts?.Value.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "",
        "certificats_exiges" => string.Join(',', draft.RequiredCertificates.Select(one => one.Value).Order(StringComparer.Ordinal)),
        "certificats_souhaites" => string.Join(',', draft.WishedCertificates.Select(one => one.Value).Order(StringComparer.Ordinal)),
        "heures_insertion" => draft.InsertionHours?.Value.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "",
        "horaires" => string.Join(',', PeopleVocabulary.Shifts
            .Where(shift => draft.Shifts.Any(one => one.Value.HasFlag(shift.Value))).Select(shift => shift.Code).Order(StringComparer.Ordinal)),
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };

    // A company writes the plural or the feminine: the first word of the job is enough.
    private static bool SameJob(string wanted, string read) =>
        FrenchKey.Of(read).StartsWith(FrenchKey.Of(wanted).Split(' ')[0], StringComparison.Ordinal);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Matching.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run inside the repository.");
    }
}
