using Dapper;
using Matching.Rules;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.Accounts;

/// <summary>/compte/jetons: the tokens with which an organisation's own programs call the API. A token is shown once.</summary>
public static class ApiTokens
{
    /// <summary>More tokens than an organisation has programs.</summary>
    public const int ListLimit = 100;

    public sealed record Line(Guid Id, string Name, string Scopes, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt);

    public sealed record ListQuery(OrganizationId OrganizationId) : IRequest<IReadOnlyList<Line>>;

    /// <summary>Answers the token itself, which nobody can read again.</summary>
    public sealed record CreateCommand(SignedIn By, string Name, bool CanWrite, int Days) : IRequest<string>;

    public sealed record RevokeCommand(SignedIn By, Guid Id) : IRequest<Result<Guid>>;

    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/compte/jetons").RequireAuthorization(Policies.FacilitatorOrStructure);
        group.MapGet("", async (SignedIn me, IMediator mediator, FrenchCalendar calendar, CancellationToken ct) =>
            await ShowAsync(me, PostedForm.Of(("jours", "365")), null, mediator, calendar, ct));
        group.MapPost("", CreateAsync);
        group.MapPost("/{id:guid}/revoquer", async (Guid id, SignedIn me, IMediator mediator, CancellationToken ct) =>
            (await mediator.Send(new RevokeCommand(me, id), ct)).ToPage(_ => Page.SeeOther("/compte/jetons", "Jeton révoqué.")));
    }

    private static async Task<IResult> CreateAsync(PostedForm form, SignedIn me, IMediator mediator, FrenchCalendar calendar, CancellationToken ct)
    {
        var name = form.Text("nom", "Nom du programme", 100);
        var days = form.WholeNumber("jours", "Durée", 1, 730);
        if (form.Errors.Any || days is null)
        {
            return await ShowAsync(me, form, null, mediator, calendar, ct);
        }

        var token = await mediator.Send(new CreateCommand(me, name, form.Checked("ecriture"), days.Value), ct);
        return await ShowAsync(me, PostedForm.Of(("jours", "365")), token, mediator, calendar, ct);
    }

    private static async Task<IResult> ShowAsync(
        SignedIn me, PostedForm form, string? token, IMediator mediator, FrenchCalendar calendar, CancellationToken ct) => Page.Of<ApiTokensPage>(
            new { Tokens = await mediator.Send(new ListQuery(me.OrganizationId), ct), Form = form, NewToken = token, calendar.Now },
            form.Errors.Any ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);

    public sealed class Handler(Database database, EventLog events, FrenchCalendar calendar)
        : IRequestHandler<ListQuery, IReadOnlyList<Line>>, IRequestHandler<CreateCommand, string>, IRequestHandler<RevokeCommand, Result<Guid>>
    {
        public async Task<IReadOnlyList<Line>> Handle(ListQuery request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var lines = await db.QueryAsync<Line>(new CommandDefinition(
                """
                select t.id, t.name, t.scopes, u.display_name as created_by, t.created_at, t.expires_at, t.revoked_at
                from api_token t join app_user u on u.id = t.created_by
                where t.organization_id = @OrganizationId
                order by t.created_at desc, t.id limit @ListLimit
                """,
                new { request.OrganizationId, ListLimit }, cancellationToken: cancellationToken));
            return [.. lines];
        }

        public async Task<string> Handle(CreateCommand request, CancellationToken cancellationToken)
        {
            var (token, hash) = ApiTokenScheme.Create();
            var id = Guid.CreateVersion7();
            var now = calendar.Now;
            await database.WriteAsync(
                async (db, tx) =>
                {
                    await db.ExecuteAsync(new CommandDefinition(
                        """
                        insert into api_token (id, organization_id, created_by, name, token_hash, scopes, created_at, expires_at)
                        values (@id, @OrganizationId, @UserId, @Name, @hash, @scopes, @now, @expiresAt)
                        """,
                        new
                        {
                            id,
                            request.By.OrganizationId,
                            request.By.UserId,
                            request.Name,
                            hash,
                            scopes = request.CanWrite ? $"{ApiTokenScheme.ReadScope} {ApiTokenScheme.WriteScope}" : ApiTokenScheme.ReadScope,
                            now,
                            expiresAt = now.AddDays(request.Days),
                        },
                        tx, cancellationToken: cancellationToken));
                    await events.AppendAsync(db, tx, "jeton", id, "jeton.cree", request.By, new { jours = request.Days, ecriture = request.CanWrite }, cancellationToken);
                },
                cancellationToken);
            return token;
        }

        public Task<Result<Guid>> Handle(RevokeCommand request, CancellationToken cancellationToken) => database.WriteAsync<Result<Guid>>(
            async (db, tx) =>
            {
                var found = await db.ExecuteAsync(new CommandDefinition(
                    "update api_token set revoked_at = @Now where id = @Id and organization_id = @OrganizationId and revoked_at is null",
                    new { request.Id, request.By.OrganizationId, calendar.Now }, tx, cancellationToken: cancellationToken));
                if (found == 0)
                {
                    return Result.Missing;
                }

                await events.AppendAsync(db, tx, "jeton", request.Id, "jeton.revoque", request.By, new { }, cancellationToken);
                return request.Id;
            },
            cancellationToken);
    }
}
