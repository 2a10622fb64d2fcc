using Dapper;
using Matching.Web.Platform;
using Matching.Web.Platform.Webhooks;
using MediatR;
using Microsoft.AspNetCore.DataProtection;

namespace Matching.Web.Accounts;

/// <summary>/compte/webhooks: the addresses at which an organisation's programs are told of changes, and the messages that could not be delivered.</summary>
public static class FollowWebhooks
{
    private const int MostHooks = 10;
    private const int ListLimit = 50;

    /// <param name="Waiting">Messages on their way to it.</param>
    public sealed record Line(Guid Id, string Url, string Events, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt, long Waiting, long Sent);

    public sealed record Dead(Guid Id, string Url, string Event, int Attempts, string? LastError, DateTimeOffset CreatedAt);

    public sealed record Answer(IReadOnlyList<Line> Hooks, IReadOnlyList<Dead> DeadLetters);

    public sealed record Command(string Url, IReadOnlyList<string> Events, SignedIn By) : IRequest<Result<string>>;

    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/compte/webhooks").RequireAuthorization(Policies.FacilitatorOrStructure);
        group.MapGet("", (SignedIn me, Database database, CancellationToken ct) => PageAsync(me, database, PostedForm.Of(), [], null, ct));
        group.MapPost("", async (PostedForm form, SignedIn me, Database database, IMediator mediator, CancellationToken ct) =>
        {
            var url = form.Text("adresse", "Adresse", 500);
            var events = WebhookEvents.All.Select(row => row.Code).Where(code => form.All("evenement").Contains(code)).ToList();
            if (url.Length > 0 && PublicAddress.Read(url).Refusal is { } refusal)
            {
                form.Errors.Add("adresse", refusal);
            }

            if (events.Count == 0)
            {
                form.Errors.Add("evenement", "Événements : cocher au moins un événement.");
            }

            var result = form.Errors.Any ? Result.Refused(form.Errors.All) : await mediator.Send(new Command(url, events, me), ct);
            return await result.Match(
                secret => PageAsync(me, database, PostedForm.Of(), [], secret, ct),
                () => Task.FromResult(Page.Missing()),
                refusals => PageAsync(me, database, form, refusals, null, ct));
        });
        group.MapPost("/{id:guid}/arret", async (Guid id, SignedIn me, Database database, FrenchCalendar calendar, EventLog log, CancellationToken ct) =>
            await StopAsync(id, me, database, calendar, log, ct) ? Page.SeeOther("/compte/webhooks", "Adresse arrêtée : plus rien ne lui est envoyé.") : Page.Missing());
        group.MapPost("/messages/{id:guid}", DecideAsync);
    }

    private static async Task<IResult> PageAsync(SignedIn me, Database database, PostedForm form, IReadOnlyList<Refusal> refusals, string? secret, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        var hooks = await db.QueryAsync<Line>(new CommandDefinition(
            $"""
            select h.id, h.url, h.events, h.created_by, h.created_at, h.disabled_at,
                (select count(*) from webhook_delivery d where d.webhook_id = h.id and d.state = '{WebhookQueue.Waiting}') as waiting,
                (select count(*) from webhook_delivery d where d.webhook_id = h.id and d.state = '{WebhookQueue.Sent}') as sent
            from webhook h where h.organization_id = @OrganizationId order by h.created_at desc, h.id limit {ListLimit}
            """,
            new { me.OrganizationId }, cancellationToken: ct));
        var dead = await db.QueryAsync<Dead>(new CommandDefinition(
            $"""
            select d.id, h.url, d.event, d.attempts, d.last_error, d.created_at from webhook_delivery d join webhook h on h.id = d.webhook_id
            where h.organization_id = @OrganizationId and d.state = '{WebhookQueue.DeadLetter}' order by d.created_at desc, d.id limit {ListLimit}
            """,
            new { me.OrganizationId }, cancellationToken: ct));
        var status = PostedAgain.StatusOf(form, refusals);
        return Page.Of<FollowWebhooksPage>(new { Answer = new Answer(hooks.AsList(), dead.AsList()), Form = form, NewSecret = secret }, status);
    }

    private static Task<bool> StopAsync(Guid id, SignedIn me, Database database, FrenchCalendar calendar, EventLog log, CancellationToken ct) => database.WriteAsync(
        async (db, tx) =>
        {
            var stopped = await db.ExecuteAsync(new CommandDefinition(
                "update webhook set disabled_at = @Now where id = @id and organization_id = @OrganizationId and disabled_at is null",
                new { id, me.OrganizationId, calendar.Now }, tx, cancellationToken: ct)) > 0;
            if (stopped)
            {
                await log.AppendAsync(db, tx, "webhook", id, "webhook.arrete", me, new { }, ct);
            }

            return stopped;
        },
        ct);

    private static async Task<IResult> DecideAsync(Guid id, PostedForm form, SignedIn me, Database database, FrenchCalendar calendar, CancellationToken ct)
    {
        var isSentAgain = form["action"] == "renvoyer";
        if (!isSentAgain && form["action"] != "clore")
        {
            return Page.Refused([new Refusal("action", "Choisissez : renvoyer ou clore.")]);
        }

        var changed = await database.WriteAsync(
            (db, tx) => db.ExecuteAsync(new CommandDefinition(
                $"""
                update webhook_delivery set state = @state, attempts = 0, next_attempt_at = @Now
                where id = @id and state = '{WebhookQueue.DeadLetter}' and webhook_id in (select h.id from webhook h where h.organization_id = @OrganizationId)
                """,
                new { id, me.OrganizationId, calendar.Now, state = isSentAgain ? WebhookQueue.Waiting : WebhookQueue.Closed }, tx, cancellationToken: ct)),
            ct);
        return changed == 0 ? Page.Missing() : Page.SeeOther("/compte/webhooks", isSentAgain ? "Le message repart." : "Le message est clos : il ne sera pas envoyé.");
    }

    public sealed class Handler(Database database, EventLog log, FrenchCalendar calendar, IDataProtectionProvider keys) : IRequestHandler<Command, Result<string>>
    {
        public Task<Result<string>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<string>>(
            async (db, tx) =>
            {
                var active = await db.QuerySingleAsync<int>(new CommandDefinition(
                    "select count(*) from webhook where organization_id = @OrganizationId and disabled_at is null", new { request.By.OrganizationId }, tx, cancellationToken: cancellationToken));
                if (active >= MostHooks)
                {
                    return Result.Refused("adresse", $"{MostHooks} adresses sont déjà actives : arrêtez-en une.");
                }

                var (secret, _) = DrawnSecret.Draw();
                var id = Guid.CreateVersion7();
                await db.ExecuteAsync(new CommandDefinition(
                    """
                    insert into webhook (id, organization_id, url, events, protected_secret, created_at, created_by_id, created_by, disabled_at)
                    values (@id, @OrganizationId, @Url, @events, @secret, @Now, @UserId, @DisplayName, null)
                    """,
                    new { id, request.By.OrganizationId, request.Url, events = string.Join('|', request.Events), secret = keys.CreateProtector(WebhookSender.Purpose).Protect(secret), calendar.Now, request.By.UserId, request.By.DisplayName },
                    tx, cancellationToken: cancellationToken));
                await log.AppendAsync(db, tx, "webhook", id, "webhook.cree", request.By, new { evenements = request.Events }, cancellationToken);
                return secret;
            },
            cancellationToken);
    }
}
