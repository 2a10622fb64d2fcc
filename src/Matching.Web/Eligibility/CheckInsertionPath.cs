using Matching.Rules;
using Matching.Rules.Eligibility;
using Matching.Rules.Markets;
using Matching.Rules.People;
using Matching.Web.Platform;

namespace Matching.Web.Eligibility;

/// <summary>GET and POST /eligibilite/parcours-iae: what the rules say of a diagnosis and of a PASS IAE. Nothing that is typed is kept.</summary>
public static class CheckInsertionPath
{
    private static readonly OrganizationKind[] Kinds = [.. OrganizationKinds.All.Where(kind => IaeDiagnosis.SecondLevelNeeded(kind) is not null), OrganizationKind.Geiq];

    /// <summary>One question with what the rule answers.</summary>
    /// <param name="IsYes">Null when the answer is not a yes or a no.</param>
    public sealed record Line(string Question, string Answer, bool? IsYes, Rule Rule);

    public static IEnumerable<(string Code, string Label)> KindChoices => Kinds.Select(kind => (kind.Code(), kind.Label()));

    /// <summary>The criteria of both tables, each once.</summary>
    public static IReadOnlyList<(string Code, string Label)> Criteria { get; } =
    [
        .. IaeDiagnosis.All.Select(it => (it.Code, $"{it.Label} (IAE, niveau {it.Level})")),
        .. GeiqDiagnosis.All.Where(it => IaeDiagnosis.All.All(other => other.Code != it.Code)).Select(it => (it.Code, $"{it.Label} (GEIQ)")),
    ];

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/eligibilite/parcours-iae", (FrenchCalendar calendar) => Answer(PostedForm.Of(), null, calendar.Today)).RequireAuthorization(Policies.FacilitatorOrStructure);
        app.MapPost("/eligibilite/parcours-iae", (PostedForm form, FrenchCalendar calendar) =>
        {
            var lines = Read(form, calendar.Today);
            return Answer(form, form.Errors.Any ? null : lines, calendar.Today);
        }).RequireAuthorization(Policies.FacilitatorOrStructure);
    }

    private static IResult Answer(PostedForm form, IReadOnlyList<Line>? lines, DateOnly today) => Page.Of<CheckInsertionPathPage>(
        new { Form = form, Lines = lines, Today = today }, form.Errors.Any ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);

    private static List<Line> Read(PostedForm form, DateOnly today)
    {
        var code = form.Choice("structure", "Structure", KindChoices.Select(row => row.Code));
        var isByPrescriber = form.Choice("auteur", "Diagnostic posé par", ["STRUCTURE", "PRESCRIPTEUR"]) == "PRESCRIPTEUR";
        var madeOn = form.Day("diagnostic_le", "Date du diagnostic");
        if (madeOn > today)
        {
            form.Errors.Add("diagnostic_le", "Date du diagnostic : elle est dans l’avenir. Corriger la date.");
        }

        var pass = ReadPass(form, today);
        if (form.Errors.Any || madeOn is not { } day || !OrganizationKinds.TryParse(code, out var kind))
        {
            return [];
        }

        var criteria = form.All("criteres").ToList();
        return [.. kind == OrganizationKind.Geiq ? OfGeiq(isByPrescriber, criteria, day) : OfIae(kind, isByPrescriber, criteria, day, pass?.LastDay), .. OfPass(pass, kind, isByPrescriber, today)];
    }

    private static IEnumerable<Line> OfGeiq(bool isByPrescriber, List<string> criteria, DateOnly day)
    {
        var refusal = GeiqDiagnosis.Check(isByPrescriber, criteria);
        var aid = GeiqDiagnosis.AidEuros(isByPrescriber, criteria);
        yield return new("Le diagnostic suffit-il ?", refusal ?? "", refusal is null, GeiqDiagnosis.OneCriterion);
        yield return new("Quelle aide de l’État ?", aid == 0 ? "Aucune." : $"{aid} €.", null, GeiqDiagnosis.Aid);
        yield return new("Jusqu’à quand vaut-il ?", $"Jusqu’au {Shown(IaeDiagnosis.LastDay(DiagnosisAuthor.Geiq, day))}.", null, IaeDiagnosis.ValidFor);
    }

    private static IEnumerable<Line> OfIae(OrganizationKind kind, bool isByPrescriber, List<string> criteria, DateOnly day, DateOnly? passLastDay)
    {
        var author = isByPrescriber ? DiagnosisAuthor.Prescriber : DiagnosisAuthor.Employer;
        var refusal = IaeDiagnosis.Check(kind, author, criteria);
        yield return new("Le diagnostic suffit-il ?", refusal ?? "", refusal is null, isByPrescriber ? IaeDiagnosis.ByPrescriber : IaeDiagnosis.TwoLevels);
        yield return new("Jusqu’à quand vaut-il ?", $"Jusqu’au {Shown(IaeDiagnosis.LastDay(author, day, passLastDay))}.", null, IaeDiagnosis.ValidFor);
    }

    /// <summary>What was typed about a PASS.</summary>
    private sealed record Pass(DateOnly Start, PassSuspension? Suspension, string? SuspensionRefusal, PassProlongation? Prolongation, DateOnly? Born)
    {
        public DateOnly LastDay => PassPeriod.LastDay(Start, Suspension is { } stop && SuspensionRefusal is null ? [stop] : []);
    }

    private static Pass? ReadPass(PostedForm form, DateOnly today)
    {
        var start = form.OptionalDay("pass_debut", "Premier jour du PASS IAE");
        var (from, until) = (form.OptionalDay("suspension_debut", "Début de la suspension"), form.OptionalDay("suspension_fin", "Fin de la suspension"));
        var reason = form["motif"].Length == 0 ? null : form.Choice("motif", "Motif de prolongation", PassPeriod.Reasons.Select(it => it.Code));
        var months = reason is null ? null : form.WholeNumber("mois", "Mois demandés", 1, 120);
        var isByAge = PassPeriod.Reasons.Any(it => it.Code == reason && it.FromYears is not null);
        var born = isByAge ? form.Day("naissance", "Date de naissance") : form.OptionalDay("naissance", "Date de naissance");
        if (from is null != until is null)
        {
            form.Errors.Add("suspension_fin", "Suspension : donner son début et sa fin, ou aucun des deux.");
        }

        if (start is not { } first)
        {
            if (from is not null || reason is not null)
            {
                form.Errors.Add("pass_debut", "Premier jour du PASS IAE : à remplir pour une suspension ou une prolongation.");
            }

            return null;
        }

        var suspension = from is { } begins && until is { } ends ? new PassSuspension(begins, ends) : null;
        return new Pass(
            first, suspension, suspension is null ? null : PassPeriod.CheckSuspension(suspension, PassPeriod.LastDay(first), [], today),
            reason is null || months is null ? null : new PassProlongation(reason, months.Value), born);
    }

    private static IEnumerable<Line> OfPass(Pass? pass, OrganizationKind kind, bool hasPrescriber, DateOnly today)
    {
        if (pass is null)
        {
            yield break;
        }

        if (pass.Suspension is not null)
        {
            yield return new("La suspension est-elle possible ?", pass.SuspensionRefusal ?? $"{pass.Suspension.Days} jours reportés.", pass.SuspensionRefusal is null, PassPeriod.Suspension);
        }

        yield return new("Dernier jour du PASS IAE ?", $"Le {Shown(pass.LastDay)}, compris{(pass.LastDay < today ? " : il est terminé" : "")}.", null, PassPeriod.Length);
        yield return new("Un nouveau PASS après lui ?", $"À partir du {Shown(PassPeriod.WaitingUntil(pass.LastDay).AddDays(1))}, ou avant par un prescripteur habilité.", null, PassPeriod.Waiting);
        if (pass.Prolongation is { } asked)
        {
            var isSuspended = pass is { Suspension: { } stop, SuspensionRefusal: null } && stop.Start <= today && stop.End >= today;
            var refusal = PassPeriod.CheckProlongation(asked, pass.LastDay, [], isSuspended, pass.Born ?? today, kind, hasPrescriber, today);
            yield return new("La prolongation est-elle possible ?", refusal ?? $"Jusqu’au {Shown(pass.LastDay.AddMonths(asked.Months))}.", refusal is null, PassPeriod.Prolongation);
        }
    }

    private static string Shown(DateOnly day) => day.ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture);
}
