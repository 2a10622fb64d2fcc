using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Platform.Reference;
using MediatR;

namespace Matching.Web.Accounts;

/// <summary>
/// GET and POST /administration/organisations/{id} for the administration, /compte/organisation for one's own: how to reach an organisation, where it
/// is and where it works. A company reads the facilitator's telephone and mail on the file it receives.
/// </summary>
public static class EditOrganization
{
    public const int PhoneLength = 30;

    /// <param name="Zones">Null leaves the territories as they are: one's own are given by the administration.</param>
    public sealed record Command(
        SignedIn By, OrganizationId Id, Siret? Siret, string? Email, string? Phone, string? InseeCode, IReadOnlyList<string>? Zones) : IRequest<Result<OrganizationId>>;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/administration/organisations/{id:guid}", (Guid id, Database database, Communes communes, CancellationToken ct) =>
            ShowAsync(new OrganizationId(id), true, database, communes, ct)).RequireAuthorization(Policies.Administrator);
        app.MapPost("/administration/organisations/{id:guid}", (Guid id, PostedForm form, SignedIn me, Database database, Communes communes, IMediator mediator, CancellationToken ct) =>
            PostAsync(new OrganizationId(id), true, form, me, database, communes, mediator, ct)).RequireAuthorization(Policies.Administrator);
        app.MapGet("/compte/organisation", (SignedIn me, Database database, Communes communes, CancellationToken ct) =>
            ShowAsync(me.OrganizationId, false, database, communes, ct)).RequireAuthorization(Policies.FacilitatorOrStructure);
        app.MapPost("/compte/organisation", (PostedForm form, SignedIn me, Database database, Communes communes, IMediator mediator, CancellationToken ct) =>
            PostAsync(me.OrganizationId, false, form, me, database, communes, mediator, ct)).RequireAuthorization(Policies.FacilitatorOrStructure);
    }

    private static async Task<IResult> ShowAsync(OrganizationId id, bool isAdministrator, Database database, Communes communes, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (await OrganizationRecords.FindAsync(db, id, ct) is not { } organization)
        {
            return Page.Missing();
        }

        var zones = await db.QueryAsync<string>(new CommandDefinition(
            "select zone_code from territory where organization_id = @id order by zone_kind desc, zone_code limit 1000", new { id }, cancellationToken: ct));
        var form = PostedForm.Of(
            ("siret", organization.Siret), ("telephone", organization.Phone), ("courriel", organization.Email),
            ("commune", CommuneInput.Shown(organization.InseeCode, communes)), ("zones", string.Join(", ", zones)));
        return Page.Of<OrganizationPage>(new { Organization = organization, IsAdministrator = isAdministrator, Form = form });
    }

    private static async Task<IResult> PostAsync(
        OrganizationId id, bool isAdministrator, PostedForm form, SignedIn me, Database database, Communes communes, IMediator mediator, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (await OrganizationRecords.FindAsync(db, id, ct) is not { } organization)
        {
            return Page.Missing();
        }

        var command = new Command(
            me, id, form.OptionalSiret("siret"), form.OptionalEmail("courriel", "Courriel"), form.OptionalText("telephone", "Téléphone", PhoneLength),
            CommuneInput.Read(form, "commune", "Commune", communes), isAdministrator ? ZoneInput.Read(form, "zones", communes) : null);
        object Again() => new { Organization = organization, IsAdministrator = isAdministrator, Form = form };
        if (form.Errors.Any)
        {
            return Page.Invalid<OrganizationPage>(Again());
        }

        return (await mediator.Send(command, ct)).ToPage(
            _ => Page.SeeOther(isAdministrator ? "/administration/organisations" : "/compte", "Coordonnées enregistrées."),
            reasons =>
            {
                form.Errors.AddRange(reasons);
                return Page.Refused<OrganizationPage>(Again());
            });
    }

    public sealed class Handler(Database database, ChangeFeed feed, EventLog log) : IRequestHandler<Command, Result<OrganizationId>>
    {
        public Task<Result<OrganizationId>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<OrganizationId>>(
            async (db, tx) =>
            {
                var siret = request.Siret?.Digits;
                var taken = await db.QuerySingleAsync<long>(new CommandDefinition(
                    "select count(*) from organization where siret = @siret and id <> @Id", new { siret, request.Id }, tx, cancellationToken: cancellationToken));
                if (taken > 0)
                {
                    return Result.Refused("siret", "SIRET : une autre organisation le porte déjà.");
                }

                var changed = await db.ExecuteAsync(new CommandDefinition(
                    "update organization set siret = @siret, email = @Email, phone = @Phone, insee_code = @InseeCode where id = @Id",
                    new { siret, request.Email, request.Phone, request.InseeCode, request.Id }, tx, cancellationToken: cancellationToken));
                if (changed == 0)
                {
                    return Result.Missing;
                }

                await ReplaceZonesAsync(request, db, tx, cancellationToken);

                // Where a structure is counts in the ranking (it accompanies nearby), so that its people are read again.
                var people = await db.QueryAsync<Guid>(new CommandDefinition(
                    "update person set published_at = published_at where organization_id = @Id and published_at is not null returning id",
                    new { request.Id }, tx, cancellationToken: cancellationToken));
                await feed.AppendAsync(db, tx, "person", people, cancellationToken);
                await log.AppendAsync(
                    db, tx, "organization", request.Id.Value, "organisation.modifiee", request.By, new { zones = request.Zones, commune = request.InseeCode }, cancellationToken);
                return request.Id;
            },
            cancellationToken);

        private static async Task ReplaceZonesAsync(Command request, DbConnection db, DbTransaction tx, CancellationToken ct)
        {
            if (request.Zones is not { } zones)
            {
                return;
            }

            await db.ExecuteAsync(new CommandDefinition("delete from territory where organization_id = @Id", new { request.Id }, tx, cancellationToken: ct));
            await db.ExecuteAsync(new CommandDefinition(
                "insert into territory (organization_id, zone_kind, zone_code) values (@Id, @kind, @code)",
                zones.Select(code => new { request.Id, kind = ZoneInput.KindOf(code), code }), tx, cancellationToken: ct));
        }
    }
}
