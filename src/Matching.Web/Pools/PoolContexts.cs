using Matching.Rules.Markets;
using Matching.Rules.People;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Platform.Reference;

namespace Matching.Web.Pools;

/// <summary>Gives the check of rows what it needs of the world, and remembers answers for the time of one import.</summary>
public sealed class PoolContexts(Database database, Communes communes, OccupationTitles occupations, FrenchCalendar calendar)
{
    /// <summary>A title or a wrong name costs a search through the referential; a hostile file must not make a million of them.</summary>
    private const int MaxSearches = 20_000;

    /// <summary>The context of a pool, with what its structure chose so far.</summary>
    public async Task<PoolContext> ForAsync(StoredOrganization pool, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(pool);
        await using var db = await database.OpenAsync(ct);
        return For(pool, await MeaningStore.ReadAsync(db, null, pool.Id, ct));
    }

    /// <summary>The context of a pool in which words mean this.</summary>
    public PoolContext For(StoredOrganization pool, PoolMeanings meanings)
    {
        ArgumentNullException.ThrowIfNull(pool);
        var guesses = new Dictionary<string, OccupationGuess?>(StringComparer.OrdinalIgnoreCase);
        var near = new Dictionary<string, IReadOnlyList<HomeCommune>>(StringComparer.OrdinalIgnoreCase);
        var postalCodes = new Dictionary<string, IReadOnlyList<HomeCommune>>(StringComparer.Ordinal);
        var names = new Dictionary<string, IReadOnlyList<HomeCommune>>(StringComparer.Ordinal);
        return new PoolContext(
            calendar.Today,
            Siret.TryParse(pool.Siret, out var siret) ? siret : null,
            pool.Kind,
            insee => communes.ByInsee(insee) is { } commune ? Choice(commune) : null,
            postal => Remembered(postalCodes, postal, code => Choices(communes.ByPostalCode(code))),
            name => Remembered(names, name, it => Choices(communes.ByName(it))),
            name => Remembered(near, name, it => Choices(communes.Suggest(it))) ?? [],
            rome => occupations.ByCode(rome)?.Label,
            title => Remembered(guesses, title, Guess))
        {
            Meanings = meanings,
        };
    }

    private OccupationGuess? Guess(string title) =>
        occupations.Match(title, 1) is [var best, ..] ? new OccupationGuess(best.Rome, best.Label, best.Confidence) : null;

    private static T Remembered<T>(Dictionary<string, T> memory, string key, Func<string, T> find)
    {
        if (!memory.TryGetValue(key, out var found))
        {
            if (memory.Count >= MaxSearches)
            {
                return default!;
            }

            found = memory[key] = find(key);
        }

        return found;
    }

    private static IReadOnlyList<HomeCommune> Choices(IReadOnlyList<Commune> found) => [.. found.OrderBy(commune => commune.Name, StringComparer.Ordinal).Select(Choice)];

    private static HomeCommune Choice(Commune commune) => new(commune.InseeCode, commune.Name, string.Join('|', commune.PostalCodes));
}
