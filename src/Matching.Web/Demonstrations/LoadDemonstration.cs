using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Markets;
using Matching.Rules.Postings;
using Matching.Web.Accounts;
using Matching.Web.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Platform.Reference;
using Matching.Web.Pools;
using Matching.Web.Postings;
using MediatR;

namespace Matching.Web.Demonstrations;

/// <summary>
/// Loads the invented territory on first start in demonstration mode, through the same use cases as people: pools are imported with their
/// reports, job profiles are read, confirmed and published, and the first months of two marchés are lived. Done once: a setting remembers it. A database that holds real organisations or users
/// is refused, and so is one where an earlier load was cut.
/// </summary>
public sealed class LoadDemonstration(
    Database database, FrenchCalendar calendar, ReferenceLoader reference, ReferenceShelf shelf, OccupationTitles occupations, ProfileReading reading, DemoAccounts accounts,
    LoadFirstContracts firstContracts, IMediator mediator)
{
    private const string StartedSetting = "demonstration.started";
    private const string DoneSetting = "demonstration.loaded";

    /// <summary>Profiles beyond these stay as texts to paste: the first thing a visitor can try.</summary>
    private const int PublishedProfiles = 4;

    /// <summary>Loads what is missing; <see cref="SettingException"/>, with nothing written, when the database is not the demonstration's own.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        if (await database.WriteAsync((db, tx) => IsDoneAsync(db, tx, ct), ct))
        {
            // The host has not started yet: without the communes and the trades in memory, the first list would be scored without them.
            await shelf.ReloadAsync(ct);
            await accounts.EnsureAsync(ct);
            return;
        }

        Expect(await reference.LoadAsync(SampleFiles.ReferenceFolder, ct));
        await AddOrganizationsAsync(ct);
        await accounts.EnsureAsync(ct);
        await ImportPoolsAsync(ct);
        var facilitator = await FacilitatorAsync(ct);
        var markets = await AddMarketsAsync(facilitator, ct);
        await PublishProfilesAsync(facilitator, markets, ct);
        await firstContracts.RunAsync(facilitator, markets, ct);
        await database.WriteAsync((db, tx) => KeepAsync(DoneSetting, db, tx, ct), ct);
    }

    /// <summary>True when it is loaded already; false when the load begins now, which is written down first.</summary>
    private static async Task<bool> IsDoneAsync(DbConnection db, DbTransaction tx, CancellationToken ct)
    {
        if (await db.QuerySingleAsync<long>(new CommandDefinition(
            "select count(*) from setting where name = @DoneSetting", new { DoneSetting }, tx, cancellationToken: ct)) > 0)
        {
            return true;
        }

        if (await KeepAsync(StartedSetting, db, tx, ct) == 0)
        {
            throw new SettingException(
                "Le chargement de la démonstration n’est pas allé au bout : ses données sont incomplètes. "
                + "Supprimer le dossier des données (--data), ou vider la base PostgreSQL, puis relancer.");
        }

        var real = await db.QuerySingleAsync<long>(new CommandDefinition(
            "select (select count(*) from organization) + (select count(*) from app_user)", transaction: tx, cancellationToken: ct));
        return real == 0 ? false : throw new SettingException(
            "Cette base contient déjà des organisations ou des utilisateurs : les données inventées de la démonstration n’y sont pas chargées. "
            + "Relancer avec --demo false pour ouvrir cette base, ou avec un autre dossier --data pour essayer la démonstration.");
    }

    /// <summary>Writes the setting; 0 when it was there, so that of two starts at once only one loads.</summary>
    private static Task<int> KeepAsync(string setting, DbConnection db, DbTransaction tx, CancellationToken ct) =>
        db.ExecuteAsync(new CommandDefinition(
            "insert into setting (name, value) values (@setting, 'oui') on conflict (name) do nothing", new { setting }, tx, cancellationToken: ct));

    private async Task AddOrganizationsAsync(CancellationToken ct)
    {
        var organizations = await SampleFiles.OrganizationsAsync(ct);
        await database.WriteAsync(
            async (db, tx) =>
            {
                foreach (var it in organizations)
                {
                    var id = OrganizationId.New();
                    var added = await db.ExecuteAsync(new CommandDefinition(
                        """
                        insert into organization (id, name, kind, siret, insee_code, email, phone, created_at)
                        values (@id, @Name, @Kind, @Siret, @InseeCode, @Email, @Phone, @Now) on conflict (siret) do nothing
                        """,
                        new { id, it.Name, it.Kind, it.Siret, it.InseeCode, it.Email, it.Phone, calendar.Now }, tx, cancellationToken: ct));
                    if (added > 0)
                    {
                        await db.ExecuteAsync(new CommandDefinition(
                            "insert into territory (organization_id, zone_kind, zone_code) values (@id, @kind, @code)",
                            it.Zones.Select(code => new { id, kind = ZoneKind(code), code }), tx, cancellationToken: ct));
                    }
                }
            },
            ct);
    }

    private async Task ImportPoolsAsync(CancellationToken ct)
    {
        var zones = (await SampleFiles.OrganizationsAsync(ct)).ToDictionary(o => o.Siret, o => o.Zones);
        foreach (var (path, siret) in SampleFiles.Pools())
        {
            var pool = await SampleFiles.OrganizationAsync(database, siret, ct);
            var user = new SignedIn(Guid.Empty, "Démonstration", pool.Id, pool.Name, pool.Kind, Roles.Structure);
            await mediator.Send(new PublishPool.Command(user, [.. zones[siret].Select(code => (ZoneKind(code), code))]), ct);
            Expect(await mediator.Send(new ImportPool.Command(pool.Id, await File.ReadAllBytesAsync(path, ct), Path.GetFileName(path), null, null), ct));
        }
    }

    private async Task<IReadOnlyDictionary<string, MarketId>> AddMarketsAsync(SignedIn facilitator, CancellationToken ct)
    {
        var added = new Dictionary<string, MarketId>();
        foreach (var it in await SampleFiles.MarketsAsync(ct))
        {
            var buyer = await SampleFiles.OrganizationAsync(database, it.AcheteurSiret, ct);
            var company = await SampleFiles.OrganizationAsync(database, it.TitulaireSiret, ct);
            var lots = it.Lots.Select(lot => new LotTerms(
                lot.Intitule, lot.CibleHeures,
                [.. MarketVocabulary.Modalities.Where(row => lot.Modalites.Contains(row.Code)).Select(row => row.Value)], lot.CommuneInsee, company.Id)).ToList();
            var market = Expect(await mediator.Send(
                new CreateMarket.Command(
                    facilitator, it.Reference, it.Objet, buyer.Id, "", null, new DatePeriod(it.Debut, it.Fin),
                    MarketVocabulary.Cadences.Single(row => row.Code == it.Cadence).Value,
                    new CountingRules(it.CreditMois, it.CdiJusquALaFin, null, it.FormationComptee), new PublicList(1, it.ModelePublics, it.Publics),
                    [.. lots.Select((lot, i) => (i + 1, lot))]),
                ct));
            added[it.Reference] = market;
        }

        return added;
    }

    private async Task PublishProfilesAsync(SignedIn facilitator, IReadOnlyDictionary<string, MarketId> markets, CancellationToken ct)
    {
        foreach (var profile in (await SampleFiles.ProfilesAsync(ct)).Where(p => p.Marche is not null && markets.ContainsKey(p.Marche)).Take(PublishedProfiles))
        {
            var text = await SampleFiles.ProfileTextAsync(profile, ct);
            var lot = await FirstLotAsync(markets[profile.Marche!], ct);
            foreach (var (draft, post) in reading.Read(text).Zip(profile.Postes))
            {
                // The reader never confirms an occupation: the sample's expected value stands for the person who does.
                var terms = DraftTerms.From(draft) with
                {
                    Title = post.Intitule,
                    Rome = RomeCode.TryParse(post.CodeRome, out var rome) && occupations.ByCode(rome) is not null ? rome : null,
                    InseeCode = post.CommuneInsee ?? draft.Commune?.Value.InseeCode,
                    Posts = post.NombrePostes,
                };
                Expect(await mediator.Send(new WritePosting.Command(facilitator, PostingId.New(), lot, terms, text, TextSpan.Of(draft), Publish: true), ct));
            }
        }
    }

    private async Task<LotId> FirstLotAsync(MarketId market, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        return (await MarketRecords.LotsAsync(db, market, ct))[0].Id;
    }

    private async Task<SignedIn> FacilitatorAsync(CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        var row = await db.QuerySingleAsync<(Guid Id, string Name, OrganizationId OrganizationId, string OrganizationName)>(new CommandDefinition(
            """
            select u.id, u.display_name, o.id, o.name from app_user u join organization o on o.id = u.organization_id
            where u.role = @role order by u.user_name limit 1
            """,
            new { role = Roles.Facilitator }, cancellationToken: ct));
        return new SignedIn(row.Id, row.Name, row.OrganizationId, row.OrganizationName, OrganizationKind.Facilitateur, Roles.Facilitator);
    }

    private static string ZoneKind(string code) => code.Length == 5 ? "COMMUNE" : "DEP";

    // The samples are ours: a refusal here is a fault of the program, said with the rule's own sentence.
    internal static T Expect<T>(Result<T> result) => result.Match(
        value => value,
        () => throw new InvalidDataException("The samples refer to something missing."),
        reasons => throw new SettingException("Les données de démonstration sont refusées : " + string.Join(" ", reasons.Select(r => r.Sentence))));
}
