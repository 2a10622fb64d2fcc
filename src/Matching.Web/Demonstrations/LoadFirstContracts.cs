using Dapper;
using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Rules.Markets;
using Matching.Rules.People;
using Matching.Rules.Postings;
using Matching.Rules.Preselection;
using Matching.Web.Eligibility;
using Matching.Web.Hours;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Platform.Reference;
using Matching.Web.Postings;
using Matching.Web.Preselection;

namespace Matching.Web.Demonstrations;

/// <summary>
/// Gives two marchés of the demonstration the months they have already lived: postings that are filled, people hired, hours declared and
/// validated, contracts that ended. Each step goes through its own use case, with the calendar of the day on which it was taken; the chained
/// history says when it was really written.
/// </summary>
public sealed class LoadFirstContracts(IServiceProvider services, Database database, ProfileReading reading, OccupationTitles occupations)
{
    /// <summary>People looked at, in the order of their references, before the file is said to ask for more than the pool holds.</summary>
    private const int MostTried = 120;

    private const int DaysToAnswer = 15;

    public async Task RunAsync(SignedIn facilitator, IReadOnlyDictionary<string, MarketId> markets, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(facilitator);
        ArgumentNullException.ThrowIfNull(markets);
        foreach (var wave in await SampleFiles.FirstContractsAsync(ct))
        {
            await LoadAsync(wave, markets[wave.Marche], facilitator, ct);
        }
    }

    private async Task LoadAsync(SampleWave wave, MarketId market, SignedIn facilitator, CancellationToken ct)
    {
        var pool = await SampleFiles.OrganizationAsync(database, wave.StructureSiret, ct);
        var posting = await PublishAsync(wave, market, facilitator, ct);
        var seen = CalendarOf(wave.JustificatifVuLe);
        var chosen = await EligibleAsync(wave, market, pool, seen, facilitator, ct);
        await PreselectAndSendAsync(posting, chosen, seen, facilitator, ct);
        var paths = await PathsAsync(posting, ct);
        foreach (var (hire, person) in wave.Embauches.Zip(chosen))
        {
            await HireAsync(hire, paths[person], pool, facilitator, ct);
        }

        LoadDemonstration.Expect(await Handler<StepPosting.Handler>(CalendarOf(wave.Embauches[^1].Debut)).Handle(new(facilitator, posting, PostingStep.Fill), ct));
    }

    private async Task<PostingId> PublishAsync(SampleWave wave, MarketId market, SignedIn facilitator, CancellationToken ct)
    {
        var profile = (await SampleFiles.ProfilesAsync(ct)).Single(it => it.Fichier == wave.Fiche);
        var text = await SampleFiles.ProfileTextAsync(profile, ct);
        var (draft, post) = (reading.Read(text)[0], profile.Postes[0]);
        var first = wave.Embauches[0];
        var terms = DraftTerms.From(draft) with
        {
            Title = post.Intitule,
            Rome = RomeCode.TryParse(post.CodeRome, out var rome) && occupations.ByCode(rome) is not null ? rome : null,
            InseeCode = post.CommuneInsee ?? draft.Commune?.Value.InseeCode,
            Posts = wave.Embauches.Count,
            StartsOn = first.Debut,
            EndsOn = first.Fin,
            WeeklyMinutes = first.HeuresHebdo * 60,
            InsertionHours = null,
        };
        await using var db = await database.OpenAsync(ct);
        var lot = (await MarketRecords.LotsAsync(db, market, ct))[0].Id;
        return LoadDemonstration.Expect(await Handler<WritePosting.Handler>(CalendarOf(wave.JustificatifVuLe.AddDays(-DaysToAnswer)))
            .Handle(new(facilitator, PostingId.New(), lot, terms, text, TextSpan.Of(draft), Publish: true), ct));
    }

    /// <summary>The first people of the pool whose eligibility is validated on that day: as many as there are hires.</summary>
    private async Task<IReadOnlyList<PersonId>> EligibleAsync(
        SampleWave wave, MarketId market, StoredOrganization pool, FrenchCalendar day, SignedIn facilitator, CancellationToken ct)
    {
        List<PersonId> found = [];
        foreach (var person in await FreeAsync(pool.Id, ct))
        {
            if (found.Count == wave.Embauches.Count)
            {
                break;
            }

            var isSeen = await Handler<RecordProof.Handler>(day).Handle(
                new(person, market, new SeenProof(wave.Public, wave.JustificatifVuLe), null, facilitator), ct);
            if (isSeen.IsFound && (await Handler<ValidateEligibility.Handler>(day).Handle(new(person, market, null, null, facilitator), ct)).IsFound)
            {
                found.Add(person);
            }
        }

        return found.Count == wave.Embauches.Count ? found : throw new InvalidDataException("The samples ask for more first contracts than the pool has eligible people.");
    }

    private async Task PreselectAndSendAsync(
        PostingId posting, IReadOnlyList<PersonId> people, FrenchCalendar day, SignedIn facilitator, CancellationToken ct)
    {
        LoadDemonstration.Expect(await Handler<AddPreselections.Handler>(day).Handle(new(posting, people, null, facilitator), ct));
        var paths = await PathsAsync(posting, ct);
        foreach (var path in paths.Values)
        {
            await StepAsync(path, PreselectionState.Proposed, PreselectionState.Interested, day, facilitator, ct);
            await StepAsync(path, PreselectionState.Interested, PreselectionState.Preselected, day, facilitator, ct);
        }

        var answer = day.Today.AddDays(DaysToAnswer);
        LoadDemonstration.Expect(await Handler<TransmitFiles.Handler>(day).Handle(
            new(posting, [.. paths.Values.Select(id => new TransmitFiles.Chosen(id, PreselectionState.Preselected, null))], "Service d’exploitation", null, null,
                IsAnonymous: false, answer, answer, Guid.CreateVersion7(), facilitator),
            ct));
        foreach (var path in paths.Values)
        {
            await StepAsync(path, PreselectionState.Transmitted, PreselectionState.Chosen, day, facilitator, ct);
        }
    }

    private async Task HireAsync(SampleHire hire, PreselectionId path, StoredOrganization employer, SignedIn facilitator, CancellationToken ct)
    {
        var modality = MarketVocabulary.Modalities.Single(row => row.Code == hire.Modalite).Value;
        var kind = WorkContracts.All.Single(row => row.Code == hire.Contrat).Kind;
        var contract = LoadDemonstration.Expect(await Handler<RecordHire.Handler>(CalendarOf(hire.Debut)).Handle(
            new(path, employer.Id, modality, kind, hire.Debut, hire.Fin, hire.HeuresHebdo * 60, facilitator), ct));
        foreach (var (code, hours) in hire.HeuresDuMois)
        {
            var month = CalendarMonth.TryParse(code, out var parsed) ? parsed : throw new InvalidDataException("A month of the samples cannot be read.");
            var declared = CalendarOf(month.FirstDay.AddMonths(1).AddDays(4));
            var entry = LoadDemonstration.Expect(await Handler<DeclareHours.Handler>(declared).Handle(
                new(contract, month, HourKind.Work, hours * 60, Guid.CreateVersion7().ToString(), facilitator, new HourProof("RELEVE", $"Relevé {code}")), ct));
            LoadDemonstration.Expect(await Handler<DecideHours.Handler>(CalendarOf(declared.Today.AddDays(5))).Handle(
                new(entry.EntryId, HourStatus.Validated, "", facilitator), ct));
        }

        if (hire.Sortie is { } exit)
        {
            LoadDemonstration.Expect(await Handler<EndContract.Handler>(CalendarOf(hire.Fin)).Handle(new(path, hire.Fin, exit, facilitator), ct));
        }
    }

    private async Task StepAsync(
        PreselectionId path, PreselectionState from, PreselectionState to, FrenchCalendar day, SignedIn facilitator, CancellationToken ct) =>
        LoadDemonstration.Expect(await Handler<TakeStep.Handler>(day).Handle(new(path, from, to, null, null, null, facilitator), ct));

    /// <summary>People of the pool who have no path yet, by reference.</summary>
    private async Task<IReadOnlyList<PersonId>> FreeAsync(OrganizationId pool, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        return [.. await db.QueryAsync<PersonId>(new CommandDefinition(
            """
            select p.id from person p
            where p.organization_id = @pool and not exists (select 1 from preselection s where s.person_id = p.id)
            order by p.reference, p.id limit @MostTried
            """,
            new { pool, MostTried }, cancellationToken: ct))];
    }

    private async Task<IReadOnlyDictionary<PersonId, PreselectionId>> PathsAsync(PostingId posting, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        return (await PreselectionLists.PageOfPostingAsync(db, posting, [.. PreselectionStates.All.Select(it => it.State)], null, 1, ct)).ToDictionary(it => it.PersonId, it => it.Id);
    }

    /// <summary>The handler of a use case as the program makes it, but for the day it is.</summary>
    private T Handler<T>(FrenchCalendar calendar) => ActivatorUtilities.CreateInstance<T>(services, calendar);

    /// <summary>Nine in the morning, UTC, of that day.</summary>
    private static FrenchCalendar CalendarOf(DateOnly day) => new(new StoppedClock(new DateTimeOffset(day, new TimeOnly(9, 0), TimeSpan.Zero)));

    private sealed class StoppedClock(DateTimeOffset instant) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => instant;
    }
}
