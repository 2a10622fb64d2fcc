using Matching.Rules.Hours;

namespace Matching.Rules.Tests.Hours;

public sealed class ExpectedDocumentTests
{
    private static readonly ReportingPeriod October = Period(10, new(2026, 11, 14));
    private static readonly ReportingPeriod November = Period(11, new(2026, 12, 14));

    [Fact]
    [Trait("règle", "entreprise.documents")]
    public void A_company_that_hired_owes_the_contract_then_the_hours_of_each_period()
    {
        var documents = ExpectedDocuments.Of(new(2026, 11, 16), ControlTerms.Usual, [("fiche 2", new(2026, 11, 2))], [(October, 2)], November);

        Assert.Equal(
            [("Copie du contrat de travail, fiche 2", new DateOnly(2026, 11, 2), false), ("Heures de octobre 2026 pour 2 contrats", new(2026, 11, 14), true), ("Heures de novembre 2026", new(2026, 12, 14), false)],
            documents.Select(it => (it.Label, it.DueOn, it.IsLate)));
    }

    [Fact]
    [Trait("règle", "entreprise.documents")]
    public void The_last_day_is_in_time_and_proofs_are_named_where_the_marche_asks_for_them()
    {
        var documents = ExpectedDocuments.Of(new(2026, 11, 14), ControlTerms.Usual with { IsProofAsked = true }, [], [(October, 1)], null);

        var document = Assert.Single(documents);
        Assert.Equal(("Heures de octobre 2026 pour 1 contrat, avec leurs justificatifs", false), (document.Label, document.IsLate));
    }

    [Theory]
    [InlineData("2026-12-03", 1)]
    [InlineData("2026-12-04", 0)]
    public void The_copy_of_a_contract_is_asked_for_31_days(string today, int count) =>
        Assert.Equal(count, ExpectedDocuments.Of(DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture), ControlTerms.Usual, [("fiche 1", new(2026, 11, 2))], [], null).Count);

    [Fact]
    public void Before_any_hire_the_next_date_is_known_all_the_same() =>
        Assert.Equal("Heures de novembre 2026, si une embauche a lieu", Assert.Single(ExpectedDocuments.Of(new(2026, 11, 16), ControlTerms.Usual, [], [], November)).Label);

    private static ReportingPeriod Period(int month, DateOnly lastDay)
    {
        var it = CalendarMonth.Of(new DateOnly(2026, month, 1));
        return new ReportingPeriod(it, it, lastDay);
    }
}
