using Dapper;
using Matching.Rules;
using Matching.Rules.People;
using Matching.Rules.Postings;
using Matching.Rules.Postings.Reading;
using Matching.Web.Platform;
using Matching.Web.Platform.Reference;
using MediatR;

namespace Matching.Web.Postings;

/// <summary>GET and POST /offres/nouvelle, POST /api/v1/offres:analyser: a company's text becomes a draft to correct. Nothing is stored here.</summary>
public static class AnalyseProfile
{
    private const int LotLimit = 500;

    // The file, and the few other fields of the form.
    private const long LongestBody = ProfileDocument.LongestFile + (512 * 1024);

    /// <summary>The lots for which the facilitator may write a posting.</summary>
    public sealed record LotsQuery(OrganizationId Facilitator) : IRequest<IReadOnlyList<LotChoice>>;

    public sealed record LotChoice(LotId Id, string Market, int Number, string Title)
    {
        public string Text => $"{Market} · lot {Number} · {Title}";
    }

    /// <summary>The body of the API call.</summary>
    public sealed record Body(string? Texte);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/offres/nouvelle", async (SignedIn me, IMediator mediator, CancellationToken ct, Guid? lot = null) =>
            Page.Of<AnalyseProfilePage>(new { Lots = await mediator.Send(new LotsQuery(me.OrganizationId), ct), Form = PostedForm.Of(("lot", lot?.ToString())) }))
            .RequireAuthorization(Policies.Facilitator);
        app.MapPost("/offres/nouvelle", PostAsync).AcceptUploads(LongestBody).RequireAuthorization(Policies.Facilitator);
        app.MapApi(Policies.Facilitator).MapPost("/offres:analyser", Analyse);
    }

    private static async Task<IResult> PostAsync(PostedForm form, SignedIn me, ProfileReading reading, Communes communes, IMediator mediator, CancellationToken ct)
    {
        var lots = await mediator.Send(new LotsQuery(me.OrganizationId), ct);
        var text = await ReadFileAsync(form, ct) ?? form.OptionalText("texte", "Texte", JobProfileReader.LongestText) ?? "";
        form.Choice("lot", "Lot", lots.Select(lot => lot.Id.ToString()));
        if (form.Errors.Any)
        {
            return Page.Invalid<AnalyseProfilePage>(new { Lots = lots, Form = form });
        }

        var drafts = reading.Read(text);
        var chosen = Math.Clamp(form.OptionalWholeNumber("poste", "Poste", 0, 50) ?? 0, 0, drafts.Count - 1);
        var filled = PostingForm.Of(
            DraftTerms.From(drafts[chosen]), communes, ("lot", form["lot"]), ("texte", text), ("poste", $"{chosen}"), ("cle", PostingId.New().ToString()));
        return Page.Of<WritePostingPage>(new { Form = filled, Drafts = drafts, Chosen = chosen, Lots = lots });
    }

    // Null when no file is sent, or when it cannot be read: then the form says why.
    private static async Task<string?> ReadFileAsync(PostedForm form, CancellationToken ct)
    {
        if (form.File("fichier") is not { } file)
        {
            return null;
        }

        if (form["texte"].Length > 0)
        {
            form.Errors.Add("fichier", "Fichier : un texte est aussi collé. Garder l’un des deux.");
            return null;
        }

        if (file.Length > ProfileDocument.LongestFile)
        {
            form.Errors.Add("fichier", $"Fichier : {ProfileDocument.TooLong}");
            return null;
        }

        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, ct);
        var (text, fault) = ProfileDocument.Read(file.FileName, bytes.ToArray());
        if (fault is not null)
        {
            form.Errors.Add("fichier", $"Fichier : {fault}");
        }

        return text;
    }

    private static IResult Analyse(Body body, ProfileReading reading)
    {
        if (string.IsNullOrWhiteSpace(body.Texte) || body.Texte.Length > JobProfileReader.LongestText)
        {
            return Problems.Refused([new Refusal("texte", $"Le texte de la fiche de poste est attendu, de 1 à {JobProfileReader.LongestText} caractères.")]);
        }

        return TypedResults.Ok(new { postes = reading.Read(body.Texte).Select(Shape) });
    }

    private static object Shape(PostingDraft draft) => new
    {
        intitule = Found(draft.Title, one => one),
        metiers = draft.Occupations.Select(one => new { code_rome = one.Rome.Value, libelle = one.Label, confiance = one.Confidence }),
        commune = Found(draft.Commune, one => one.InseeCode),
        communes_possibles = draft.CommuneChoices.Select(one => new { code_insee = one.InseeCode, nom = one.Name }),
        debut = Found(draft.StartsOn, one => one),
        fin = Found(draft.EndsOn, one => one),
        duree_mois = Found(draft.DurationMonths, one => one),
        minutes_hebdo = Found(draft.WeeklyMinutes, one => one),
        horaires = draft.Shifts.Select(one => Found(one, value => string.Join('|', PeopleVocabulary.Shifts.Where(row => value.HasFlag(row.Value)).Select(row => row.Code)))),
        contrat = Found(draft.Contract, one => one.Code()),
        nombre_postes = Found(draft.Posts, one => one),
        certificats_exiges = draft.RequiredCertificates.Select(one => Found(one, code => code)),
        certificats_souhaites = draft.WishedCertificates.Select(one => Found(one, code => code)),
        competences = draft.RequiredSkills.Select(one => Found(one, label => label)),
        competences_souhaitees = draft.WishedSkills.Select(one => Found(one, label => label)),
        niveau = Found(draft.RequiredLevel, one => one),
        francais = Found(draft.RequiredFrench, one => PeopleVocabulary.FrenchLevels[one - 1]),
        contraintes = draft.Constraints.Select(one => Found(one, label => label)),
        heures_insertion = Found(draft.InsertionHours, one => one),
        avertissements = draft.Warnings.Select(one => new
        {
            nature = one.Kind == WarningKind.Interdit ? "interdit" : "excluant",
            regle = one.Rule.Code,
            motif = one.Rule.Sentence,
            formulation_proposee = one.Instead,
            source = one.Rule.Source,
            debut = one.Words.Start,
            longueur = one.Words.Length,
            mots = one.Words.Value,
        }),
    };

    private static object? Found<T, TShown>(Extracted<T>? found, Func<T, TShown> show) =>
        found is null ? null : new { valeur = show(found.Value), debut = found.Start, longueur = found.Length };

    public sealed class Handler(Database database) : IRequestHandler<LotsQuery, IReadOnlyList<LotChoice>>
    {
        public async Task<IReadOnlyList<LotChoice>> Handle(LotsQuery request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var lots = await db.QueryAsync<LotChoice>(new CommandDefinition(
                """
                select l.id, m.reference as market, l.number, l.title from lot l join market m on m.id = l.market_id
                where m.facilitator_id = @Facilitator order by m.starts_on desc, m.reference, l.number limit @LotLimit
                """,
                new { request.Facilitator, LotLimit }, cancellationToken: cancellationToken));
            return [.. lots];
        }
    }
}
