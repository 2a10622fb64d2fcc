using System.Data.Common;
using System.Globalization;
using Dapper;
using Matching.Features;
using Matching.Rules;
using Matching.Rules.Eligibility;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Ranking.Suggested;

/// <summary>
/// GET and POST /offres/{id}/proposer: a structure suggests its own people for a posting, the best ones first, with a word for each.
/// <c>?personne=</c> shows one that stands further down.
/// </summary>
public static class SuggestPeople
{
    /// <summary>People shown: the best ones of the pool.</summary>
    public const int MostShown = 50;

    public sealed record Query(PostingId PostingId, PersonId? Wanted, SignedIn User) : IRequest<Result<Answer>>;

    /// <param name="IsSeen">Whether the facilitator of the posting sees this pool; when not, nobody can be suggested.</param>
    /// <param name="Passing">People of the pool that no rule shuts out.</param>
    /// <param name="Sent">What this structure already suggested here, the newest first.</param>
    public sealed record Answer(
        PostingId PostingId, string Title, string Facilitator, bool IsSeen, int Passing, IReadOnlyList<Line> People, IReadOnlyList<StoredSuggestion> Sent);

    /// <param name="MissingProof">The document to see; null when none is missing.</param>
    public sealed record Line(
        PersonId Id, string Name, string Reference, int Rank, int Score, CandidateReasons Reasons, EligibilityStatus Eligibility, string EligibilitySentence, string? MissingProof);

    public sealed record Command(PostingId PostingId, IReadOnlyList<(PersonId Id, string? Word)> People, SignedIn User) : IRequest<Result<Done>>;

    public sealed record Done(int Added, int AlreadyThere);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/offres/{id:guid}/proposer", (Guid id, string? personne, SignedIn user, IMediator mediator, CancellationToken ct) =>
            PageAsync(new PostingId(id), personne, user, mediator, PostedForm.Of(), [], ct)).RequireAuthorization(Policies.Structure);
        app.MapPost("/offres/{id:guid}/proposer", async (Guid id, PostedForm form, SignedIn user, IMediator mediator, CancellationToken ct) =>
        {
            var people = form.Ids("personne").Select(person => (new PersonId(person), form.OptionalText($"mot_{person}", "Votre mot", Suggestions.WordLength))).ToList();
            var result = form.Errors.Any ? Result.Refused(form.Errors.All) : await mediator.Send(new Command(new PostingId(id), people, user), ct);
            return await result.Match(
                done => Task.FromResult(Page.SeeOther($"/offres/{id}/proposer", Sentence(done))),
                () => Task.FromResult(Page.Missing()),
                refusals => PageAsync(new PostingId(id), form["personne_voulue"], user, mediator, form, refusals, ct));
        }).RequireAuthorization(Policies.Structure);
    }

    private static async Task<IResult> PageAsync(
        PostingId id, string? wanted, SignedIn user, IMediator mediator, PostedForm form, IReadOnlyList<Refusal> refusals, CancellationToken ct)
    {
        PersonId? person = Guid.TryParse(wanted, out var typed) ? new PersonId(typed) : null;
        var result = await mediator.Send(new Query(id, person, user), ct);
        var status = PostedAgain.StatusOf(form, refusals);

        // Closed meanwhile: there is no page to show again, the reasons are.
        return result.Match(answer => Page.Of<SuggestPeoplePage>(new { Answer = answer, Form = form, Wanted = person }, status), Page.Missing, closed => Page.Refused(refusals.Count > 0 ? refusals : closed));
    }

    private static string Sentence(Done done) => (done.Added, done.AlreadyThere) switch
    {
        (0, _) => "Ces personnes étaient déjà proposées ou dans la présélection.",
        (1, 0) => "1 personne proposée : le facilitateur est prévenu.",
        (var added, 0) => $"{added} personnes proposées : le facilitateur est prévenu.",
        (var added, var there) => $"{added} proposée{(added == 1 ? "" : "s")} ; {there} l’étai{(there == 1 ? "t" : "ent")} déjà.",
    };

    /// <summary>The posting as its facilitator searches it, when this structure reads it or once did.</summary>
    private static async Task<(OrganizationId Facilitator, string Name)?> FacilitatorOfAsync(DbConnection db, PostingId posting, OrganizationId org, CancellationToken ct)
    {
        var row = await db.QueryFirstOrDefaultAsync<(Guid Id, string Name)?>(new CommandDefinition(
            $"select p.facilitator_id, o.name from posting p join organization o on o.id = p.facilitator_id where p.id = @posting and {Visibility.PostingReadInTerritory} order by p.id limit 1",
            new { posting, org }, cancellationToken: ct));
        return row is { } found ? (new OrganizationId(found.Id), found.Name) : null;
    }

    private static string ClosedBy(string filter) => CandidateQuery.Rules.Single(rule => rule.Code == filter).Sentence;

    public sealed class Reader(Database database, CandidateSearch search, FrenchCalendar calendar) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            var ct = cancellationToken;
            await using var db = await database.OpenAsync(ct);
            var pool = request.User.OrganizationId;
            if (await FacilitatorOfAsync(db, request.PostingId, pool, ct) is not var (facilitator, name) || await search.RunAsync(db, request.PostingId, facilitator, ct) is not { } found)
            {
                return Result.Missing;
            }

            if (Suggestions.CheckPosting(found.Posting.State) is { } closed)
            {
                return Result.Refused("", $"{found.Posting.Terms.Title} : {closed}", Suggestions.OwnPeople);
            }

            var sent = (await SuggestionRecords.OfPostingAsync(db, request.PostingId, ct)).Where(it => it.PoolId == pool).Reverse().ToList();
            var own = found.OfPool(pool);
            var known = sent.Where(it => it.State is SuggestionState.Waiting or SuggestionState.Preselected).Select(it => it.PersonId.Value).Concat(found.StatesHere.Keys).ToHashSet();
            var ids = (own?.Top(MostShown + known.Count) ?? []).Select(row => row.Id).Where(id => !known.Contains(id)).Take(MostShown).ToList();
            if (request.Wanted is { } wanted && !known.Contains(wanted.Value) && !ids.Contains(wanted.Value))
            {
                ids.Add(wanted.Value);
            }

            return new Answer(request.PostingId, found.Posting.Terms.Title, name, own is not null, own?.Counts.Passing ?? 0, await LinesAsync(db, found, pool, ids, ct), sent);
        }

        private async Task<IReadOnlyList<Line>> LinesAsync(DbConnection db, SearchedPosting found, OrganizationId pool, IReadOnlyList<Guid> ids, CancellationToken ct)
        {
            var people = (await PersonRecords.ReadAsync(db, ids.Select(id => new PersonId(id)), ct)).Where(stored => stored.IsPublished && stored.Person.OrganizationId == pool).Select(stored => stored.Person).ToList();
            var proofs = await EligibilityRecords.SeenProofsAsync(db, people.Select(person => person.Id), ct);
            return
            [
                .. people.Select(person => (Person: person, Explained: found.Ranking.Explain(person.Id.Value))).Where(it => it.Explained is { InScope: true, Rank: not null })
                    .OrderBy(it => it.Explained!.Rank)
                    .Select(it =>
                    {
                        var person = it.Person;
                        var facts = person.Eligibility with { Proofs = [.. person.Eligibility.Proofs, .. proofs[person.Id.Value]] };
                        var verdict = EligibilityVerdict.Judge(facts, found.Market.Publics, calendar.Today);
                        var (status, sentence) = EligibilityWords.Of(verdict, found.Validated.Contains(person.Id.Value));
                        return new Line(
                            person.Id, person.Identity.FullName, person.Reference, it.Explained!.Rank!.Value, it.Explained.Score, CandidateReasons.Of(it.Explained.Points, found.Context, person.Work),
                            status, sentence, status == EligibilityStatus.ProofMissing ? verdict.Category?.ProofUnder(found.Market.Publics.Terms) : null);
                    }),
            ];
        }
    }

    public sealed class Handler(Database database, CandidateSearch search, EventLog log, MailQueue mails, FrenchCalendar calendar) : IRequestHandler<Command, Result<Done>>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (request.People.Count is 0 or > Suggestions.MaximumPeople)
            {
                return Result.Refused("personne", request.People.Count == 0
                    ? "Aucune personne n’est cochée : cochez au moins une personne à proposer."
                    : $"Proposez {Suggestions.MaximumPeople} personnes au plus à la fois.");
            }

            SearchedPosting? found;
            await using (var db = await database.OpenAsync(cancellationToken))
            {
                found = await FacilitatorOfAsync(db, request.PostingId, request.User.OrganizationId, cancellationToken) is var (facilitator, _)
                    ? await search.RunAsync(db, request.PostingId, facilitator, cancellationToken) : null;
            }

            return found is null ? Result.Missing : await database.WriteAsync((db, tx) => SuggestAsync(request, found, db, tx, cancellationToken), cancellationToken);
        }

        private async Task<Result<Done>> SuggestAsync(Command request, SearchedPosting found, DbConnection db, DbTransaction tx, CancellationToken ct)
        {
            var posting = (await PostingRecords.FindAsync(db, request.PostingId, ct, tx))!;
            if (Suggestions.CheckPosting(posting.State) is { } closed)
            {
                return Result.Refused("", $"{posting.Terms.Title} : {closed}", Suggestions.OwnPeople);
            }

            var before = (await SuggestionRecords.OfPostingAsync(db, posting.Id, ct, tx)).ToDictionary(it => it.PersonId);
            var published = await db.QuerySingleAsync<DateTimeOffset>(new CommandDefinition("select published_at from posting where id = @Id", new { posting.Id }, tx, cancellationToken: ct));
            var people = (await PersonRecords.ReadAsync(db, request.People.Select(it => it.Id), ct, tx)).ToDictionary(it => it.Person.Id);
            var added = new List<PersonId>();
            foreach (var (id, word) in request.People)
            {
                if (!people.TryGetValue(id, out var stored) || stored.Person.OrganizationId != request.User.OrganizationId)
                {
                    return Result.Missing;
                }

                if (found.StatesHere.ContainsKey(id.Value))
                {
                    continue;
                }

                if (Suggestions.CheckPerson(FactsOf(stored, found, before.GetValueOrDefault(id), published)) is { } refusal)
                {
                    return Result.Refused($"p-{id}", $"{stored.Person.Identity.FullName} : {refusal}", Suggestions.OwnPeople);
                }

                if (await SuggestionRecords.AddAsync(db, tx, posting.Id, id, word, request.User, calendar.Now, ct))
                {
                    added.Add(id);
                }
            }

            if (added.Count > 0)
            {
                await mails.ToOrganizationAsync(db, tx, posting.FacilitatorId, Roles.Facilitator, DraftOf(posting.Id, request.User.OrganizationId), ct);
                await log.AppendAsync(db, tx, "posting", posting.Id.Value, "proposition.structure", request.User, new { personnes = added.Select(id => id.Value) }, ct);
            }

            return new Done(added.Count, request.People.Count - added.Count);
        }

        private static SuggestedFacts FactsOf(StoredPerson stored, SearchedPosting found, StoredSuggestion? before, DateTimeOffset published)
        {
            var explained = found.Ranking.Explain(stored.Person.Id.Value);
            var closedBy = explained is not { InScope: true } ? "le facilitateur de cette offre ne voit pas votre vivier : publiez-le sur son territoire." : explained.FailedFilters.Select(ClosedBy).FirstOrDefault();
            return new SuggestedFacts(stored.IsPublished, closedBy, before?.State, before?.DeclinedAt < published);
        }

        // One mail a day, a posting and a structure: people are often suggested one by one.
        private MailDraft DraftOf(PostingId posting, OrganizationId pool) => new(
            MailKind.PeopleProposed,
            "Une structure propose des personnes pour une de vos offres",
            ["Une structure de votre territoire propose des personnes pour une de vos offres. Elles sont à côté de la liste classée, avec un mot pour chacune."],
            "Voir ces personnes", $"/offres/{posting}/candidats#proposees",
            string.Create(CultureInfo.InvariantCulture, $"proposees:{posting}:{pool}:{calendar.Today:yyyy-MM-dd}"));
    }
}
