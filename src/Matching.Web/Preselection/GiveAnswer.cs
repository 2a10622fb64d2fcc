using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Preselection;

/// <summary>
/// GET and POST /preselections/{id}/suite: after a no, the answer to the person and to their structure, read before it is given. The
/// structure is told by mail and prints the letter for the person; so may the facilitator, for who has no mail.
/// </summary>
public static class GiveAnswer
{
    private const string WordsField = "mots";

    public sealed record Query(PreselectionId Id, string? Words, SignedIn User) : IRequest<Result<Answer>>;

    /// <param name="Given">What was answered; null while nothing was.</param>
    /// <param name="Path">What the letter is written from; null for a structure as long as nothing was answered.</param>
    public sealed record Answer(StoredPreselection Person, bool IsFacilitator, string Structure, GivenAnswer? Given, AnsweredPath? Path, DateOnly Today);

    public sealed record GivenAnswer(string? Words, DateTimeOffset GivenAt, string GivenBy);

    public sealed record Command(PreselectionId Id, string? Words, SignedIn User) : IRequest<Result<bool>>;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/preselections/{id:guid}/suite", (Guid id, SignedIn user, IMediator mediator, CancellationToken ct) =>
            PageAsync(new PreselectionId(id), user, mediator, PostedForm.Of(), [], ct)).RequireAuthorization(Policies.FacilitatorOrStructure);
        app.MapPost("/preselections/{id:guid}/suite", async (Guid id, PostedForm form, SignedIn user, IMediator mediator, CancellationToken ct) =>
        {
            var words = form.OptionalText(WordsField, "Vos mots", AnswerLetter.WordsLength);
            if (form["action"] != "envoyer" && !form.Errors.Any)
            {
                return await PageAsync(new PreselectionId(id), user, mediator, form, [], ct);
            }

            var result = form.Errors.Any ? Result.Refused(form.Errors.All) : await mediator.Send(new Command(new PreselectionId(id), words, user), ct);
            return await result.Match(
                _ => Task.FromResult(Page.SeeOther($"/preselections/{id}/suite", "Réponse donnée : la structure la lit, avec la lettre à remettre.")),
                () => Task.FromResult(Page.Missing()),
                refusals => PageAsync(new PreselectionId(id), user, mediator, form, refusals, ct));
        }).RequireAuthorization(Policies.Facilitator);
    }

    private static async Task<IResult> PageAsync(PreselectionId id, SignedIn user, IMediator mediator, PostedForm form, IReadOnlyList<Refusal> refusals, CancellationToken ct)
    {
        var result = await mediator.Send(new Query(id, form[WordsField].Length > 0 ? form[WordsField] : null, user), ct);
        var status = PostedAgain.StatusOf(form, refusals);
        return result.ToPage(answer => Page.Of<GiveAnswerPage>(new { Answer = answer, Form = form }, status));
    }

    private static Task<GivenAnswer?> FindAsync(DbConnection db, StoredPreselection person, CancellationToken ct) =>
        db.QuerySingleOrDefaultAsync<GivenAnswer?>(new CommandDefinition(
            "select words, given_at, given_by from given_answer where preselection_id = @Id and decided_at = @UpdatedAt", new { person.Id, person.UpdatedAt }, cancellationToken: ct));

    public sealed class Reader(Database database, FrenchCalendar calendar) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            var ct = cancellationToken;
            await using var db = await database.OpenAsync(ct);
            var person = await PreselectionStore.FindAsync(db, request.Id, ct);
            if (person?.RoleOf(request.User) is not { } reader)
            {
                return Result.Missing;
            }

            if (AnswerLetter.Check(person.State, person.ReasonCode) is { } refusal)
            {
                return Result.Refused("", refusal, AnswerLetter.SaidToThePerson);
            }

            var isFacilitator = reader == PreselectionActor.Facilitator;
            var given = await FindAsync(db, person, ct);
            var house = await OrganizationRecords.FindAsync(db, person.FacilitatorId, ct);
            var structure = await OrganizationRecords.FindAsync(db, person.PoolId, ct);
            var contact = new FacilitatorContact(given?.GivenBy ?? request.User.DisplayName, house?.Name ?? "", house?.Phone, house?.Email);
            var path = isFacilitator || given is not null
                ? new AnsweredPath(person.State, person.ReasonCode, person.FirstName, person.PostingTitle, contact.Words, given is null ? request.Words : given.Words)
                : null;
            return new Answer(person, isFacilitator, structure?.Name ?? "", given, path, given is null ? calendar.Today : FrenchCalendar.DayOf(given.GivenAt));
        }
    }

    public sealed class Handler(Database database, EventLog log, MailQueue mails, FrenchCalendar calendar) : IRequestHandler<Command, Result<bool>>
    {
        public Task<Result<bool>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<bool>>(
            async (db, tx) =>
            {
                var ct = cancellationToken;
                await PreselectionStore.TakeTurnAsync(db, tx, request.Id, ct);
                var person = await PreselectionStore.FindAsync(db, request.Id, ct, tx);
                if (person?.RoleOf(request.User) != PreselectionActor.Facilitator)
                {
                    return Result.Missing;
                }

                if (AnswerLetter.Check(person!.State, person.ReasonCode) is { } refusal)
                {
                    return Result.Refused("", refusal, AnswerLetter.SaidToThePerson);
                }

                var added = await db.ExecuteAsync(new CommandDefinition(
                    """
                    insert into given_answer (preselection_id, decided_at, words, given_at, given_by_id, given_by)
                    values (@Id, @UpdatedAt, @Words, @Now, @UserId, @DisplayName) on conflict (preselection_id, decided_at) do nothing
                    """,
                    new { person.Id, person.UpdatedAt, request.Words, calendar.Now, request.User.UserId, request.User.DisplayName }, tx, cancellationToken: ct));
                if (added == 1)
                {
                    await mails.ToOrganizationAsync(db, tx, person.PoolId, Roles.Structure, DraftOf(person), ct);
                    await log.AppendAsync(db, tx, "preselection", person.Id.Value, "reponse.donnee", request.User, new { motif = person.ReasonCode }, ct);
                }

                return true;
            },
            cancellationToken);

        private static MailDraft DraftOf(StoredPreselection person) => new(
            MailKind.DecisionGiven,
            "Une suite est donnée à une candidature",
            ["Le facilitateur vous donne la réponse pour une personne que vous accompagnez, avec la lettre à lui remettre. Elle est sur la page de son parcours."],
            "Lire la réponse", $"/preselections/{person.Id}/suite", $"suite:{person.Id}:{person.UpdatedAt.UtcTicks}");
    }
}
