using System.Data.Common;
using Dapper;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;
using MediatR;

namespace Matching.Web.Preselection;

/// <summary>POST /e/{secret}/code: the company asks for the code that opens the dossier, or types it. The code goes to the contact's address only.</summary>
public static class CompanyCode
{
    public const string Field = "code";

    public const string NoMail = "Ce service ne peut pas envoyer de courriel pour l’instant : le code ne partirait pas.";

    /// <param name="Typed">Null to ask for a code.</param>
    public sealed record Command(CompanyVisit Visit, string? Typed) : IRequest<Result<CompanyLink>>;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/e/{secret}/code", async (
            CompanyVisit visit, PostedForm form, SignedIn? reader, IMediator mediator, CompanyDoor door, HttpContext context, CancellationToken ct) =>
        {
            ShowCompanyPage.Protect(context.Response);
            var isTyped = form["action"] == "entrer";
            var result = await mediator.Send(new Command(visit, isTyped ? string.Concat(form[Field].Where(char.IsAsciiDigit)) : null), ct);
            return await result.Match(
                link =>
                {
                    if (isTyped)
                    {
                        door.Leave(link, context);
                    }

                    return Task.FromResult(Page.SeeOther($"/e/{visit.Secret}", isTyped ? null : $"Un code part au courriel de votre contact. Il vaut {OneTimeCodes.MinutesValid} minutes."));
                },
                () => ShowCompanyPage.PageAsync(visit, reader, mediator, context, form, [], ct),
                refusals => ShowCompanyPage.PageAsync(visit, reader, mediator, context, form, refusals, ct));
        }).RequireAuthorization(Policies.Anyone).RequireRateLimiting(PreselectionEndpoints.LinkLimit).ExcludeFromDescription();

    /// <summary>"c…@entreprise.example": enough to know one's own address.</summary>
    public static string Masked(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var at = address.IndexOf('@', StringComparison.Ordinal);
        return at < 1 ? "…" : $"{address[0]}…{address[at..]}";
    }

    public sealed class Handler(Database database, EventLog log, FrenchCalendar calendar, MailQueue mails, MailSettings settings, CompanyDoor door)
        : IRequestHandler<Command, Result<CompanyLink>>
    {
        public async Task<Result<CompanyLink>> Handle(Command request, CancellationToken cancellationToken)
        {
            ArgumentNullException.ThrowIfNull(request);
            CompanyLink? link;
            await using (var db = await database.OpenAsync(cancellationToken))
            {
                (var state, link) = await door.OpenAsync(db, request.Visit, cancellationToken);
                if (link is not { AsksCode: true, ContactEmail: not null } || state is not (DoorState.AsksCode or DoorState.Open))
                {
                    return Result.Missing;
                }
            }

            if (request.Typed is not { } typed)
            {
                return await database.WriteAsync((db, tx) => AskAsync(link, db, tx, cancellationToken), cancellationToken);
            }

            // A wrong try is written down too: it must not be undone with the refusal.
            var refusal = await database.WriteAsync((db, tx) => TryAsync(link, typed, db, tx, cancellationToken), cancellationToken);
            return refusal is null ? link : Result.Refused(Field, refusal);
        }

        private async Task<Result<CompanyLink>> AskAsync(CompanyLink link, DbConnection db, DbTransaction tx, CancellationToken ct)
        {
            if (settings.Host is null)
            {
                return Result.Refused("", $"{NoMail} Appelez votre contact.");
            }

            // Whoever asks at the same time waits here, and then finds this code.
            await db.ExecuteAsync(new CommandDefinition("update company_link set asks_code = asks_code where id = @Id", new { link.Id }, tx, cancellationToken: ct));
            var (last, count) = await db.QuerySingleAsync<(DateTimeOffset? Last, int Count)>(new CommandDefinition(
                "select max(asked_at), count(*) from company_link_code where link_id = @Id and asked_at > @since",
                new { link.Id, since = calendar.Now.AddDays(-1) }, tx, cancellationToken: ct));
            if (OneTimeCodes.CheckAsk(last, count, calendar.Now) is { } refusal)
            {
                return Result.Refused("", refusal);
            }

            var id = Guid.CreateVersion7();
            await db.ExecuteAsync(new CommandDefinition(
                "insert into company_link_code (id, link_id, asked_at) values (@id, @linkId, @Now)", new { id, linkId = link.Id, calendar.Now }, tx, cancellationToken: ct));
            await mails.ToAddressAsync(db, tx, link.ContactEmail!, Mail(link, id), ct);
            await log.AppendAsync(db, tx, "company_link", link.Id, "code.demande", null, new { offre = link.PostingId.Value }, ct);
            return link;
        }

        private async Task<string?> TryAsync(CompanyLink link, string typed, DbConnection db, DbTransaction tx, CancellationToken ct)
        {
            const string wrong = "Ce code n’est pas le bon : relisez le dernier courriel reçu.";

            // The try is counted before the code is compared: tries made at once are all counted.
            var code = await db.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
                """
                update company_link_code set tries = tries + 1
                where id = (select c.id from company_link_code c where c.link_id = @Id order by c.asked_at desc, c.id desc limit 1)
                returning id, code_hash, sent_at, tries, used_at
                """,
                new { link.Id }, tx, cancellationToken: ct));
            if (code is null)
            {
                return "Demandez d’abord un code : il part au courriel de votre contact.";
            }

            if (OneTimeCodes.CheckTry(code.SentAt, code.Tries - 1, code.UsedAt is not null, calendar.Now) is { } refusal)
            {
                return refusal;
            }

            if (typed.Length != OneTimeCodes.Digits || DrawnSecret.HashOfCode(typed, code.Id) != code.CodeHash)
            {
                return wrong;
            }

            await db.ExecuteAsync(new CommandDefinition("update company_link_code set used_at = @Now where id = @Id", new { code.Id, calendar.Now }, tx, cancellationToken: ct));
            await log.AppendAsync(db, tx, "company_link", link.Id, "code.accepte", null, new { offre = link.PostingId.Value }, ct);
            return null;
        }

        private static MailDraft Mail(CompanyLink link, Guid id) => new(
            MailKind.CompanyCode,
            "Votre code pour ouvrir le dossier",
            [
                $"Votre code : {MailSecrets.Code(id)}",
                $"Il vaut {OneTimeCodes.MinutesValid} minutes. Tapez-le sur la page où vous l’avez demandé. Si vous n’avez rien demandé, ne faites rien.",
            ],
            "Ouvrir la page du dossier", $"/e/{MailSecrets.CompanyLink(link.Id)}", $"code:{id}");

        private sealed class Row
        {
            public Guid Id { get; init; }
            public string? CodeHash { get; init; }
            public DateTimeOffset? SentAt { get; init; }
            public int Tries { get; init; }
            public DateTimeOffset? UsedAt { get; init; }
        }
    }
}
