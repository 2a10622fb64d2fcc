using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Reference;
using MediatR;
using Microsoft.AspNetCore.Identity;

namespace Matching.Web.Accounts;

/// <summary>POST /administration/comptes, and the verb <c>user add</c>: a user, and its organisation when it is new.</summary>
public static class CreateAccount
{
    /// <param name="Zones">Codes of départements (2 or 3 signs) or communes (5 signs) where the organisation works.</param>
    public sealed record Command(
        string OrganizationName, OrganizationKind Kind, Siret? Siret, IReadOnlyList<string> Zones, string DisplayName, string Role, string UserName, string Password)
        : IRequest<Result<Guid>>;

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/administration/comptes", PostAsync).RequireAuthorization(Policies.Administrator);

    private static async Task<IResult> PostAsync(PostedForm form, Communes communes, IMediator mediator, CancellationToken ct)
    {
        var command = Read(form, communes);
        if (!form.Errors.Any)
        {
            var created = await mediator.Send(command, ct);
            created.Match(_ => true, () => false, reasons =>
            {
                form.Errors.AddRange(reasons);
                return false;
            });
            if (created.IsFound)
            {
                return Page.SeeOther("/administration/comptes", "Compte créé.");
            }
        }

        return Page.Invalid<AccountsPage>(new { Accounts = await mediator.Send(new ListAccounts.Query(1), ct), Form = form });
    }

    private static Command Read(PostedForm form, Communes communes)
    {
        var typed = form.Choice("type", "Type d’organisation", OrganizationKinds.All.Select(known => known.Code()));
        var kind = OrganizationKinds.TryParse(typed, out var parsed) ? parsed : default;
        var zones = ZoneInput.Read(form, "zones", communes);
        return new Command(
            form.Text("organisation", "Organisation"), kind, form.OptionalSiret("siret"), zones, form.Text("nom", "Nom affiché"),
            form.Choice("role", "Rôle", Roles.All), form.Text("identifiant", "Identifiant", 100), form["mot_de_passe"]);
    }

    public sealed class Handler(Database database, UserManager<Account> users, FrenchCalendar calendar) : IRequestHandler<Command, Result<Guid>>
    {
        public async Task<Result<Guid>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (!Roles.Suits(request.Role, request.Kind))
            {
                return Result.Refused("role", $"Rôle : « {Roles.Label(request.Role)} » ne convient pas à une organisation de type {request.Kind.Code()}.");
            }

            var account = new Account
            {
                Id = Guid.CreateVersion7(),
                UserName = request.UserName,
                DisplayName = request.DisplayName,
                Role = request.Role,
                CreatedAt = calendar.Now,
            };
            if (await FaultOfAsync(account, request.Password) is { } fault)
            {
                return fault;
            }

            account.OrganizationId = await database.WriteAsync((db, tx) => FindOrAddAsync(request, db, tx, cancellationToken), cancellationToken);
            var created = await users.CreateAsync(account, request.Password);
            return created.Succeeded ? account.Id : Result.Refused("identifiant", Sentence(created));
        }

        /// <summary>Checked before the organisation is written, so that a refusal leaves nothing behind.</summary>
        private async Task<Result.No?> FaultOfAsync(Account account, string password)
        {
            foreach (var check in users.UserValidators)
            {
                if (await check.ValidateAsync(users, account) is { Succeeded: false } user)
                {
                    return Result.Refused("identifiant", Sentence(user));
                }
            }

            foreach (var check in users.PasswordValidators)
            {
                if (await check.ValidateAsync(users, account, password) is { Succeeded: false } refused)
                {
                    return Result.Refused("mot_de_passe", Sentence(refused));
                }
            }

            return null;
        }

        private async Task<OrganizationId> FindOrAddAsync(Command request, DbConnection db, DbTransaction tx, CancellationToken ct)
        {
            var kind = request.Kind.Code();
            var siret = request.Siret?.Digits;
            var known = await db.QueryFirstOrDefaultAsync<OrganizationId?>(new CommandDefinition(
                "select id from organization where siret = @siret or (name = @OrganizationName and kind = @kind) order by id limit 1",
                new { siret, request.OrganizationName, kind }, tx, cancellationToken: ct));
            var id = known ?? OrganizationId.New();
            if (known is null)
            {
                await db.ExecuteAsync(new CommandDefinition(
                    "insert into organization (id, name, kind, siret, created_at) values (@id, @OrganizationName, @kind, @siret, @Now)",
                    new { id, request.OrganizationName, kind, siret, calendar.Now }, tx, cancellationToken: ct));
            }

            var zones = request.Zones.Select(zone => new { id, zoneKind = ZoneInput.KindOf(zone), zoneCode = zone });
            await db.ExecuteAsync(new CommandDefinition(
                "insert into territory (organization_id, zone_kind, zone_code) values (@id, @zoneKind, @zoneCode) on conflict do nothing",
                zones, tx, cancellationToken: ct));
            return id;
        }

        private static string Sentence(IdentityResult result) => string.Join(" ", result.Errors.Select(error => error.Description));
    }
}
