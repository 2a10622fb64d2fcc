using Matching.Rules.Hours;
using static Matching.Rules.Tests.Hours.Ledger;

namespace Matching.Rules.Tests.Hours;

public sealed class HoursTargetTests
{
    private static readonly HoursTarget Contract = new(1, TargetKind.FixedHours, new(2026, 1, 1), "contrat", Hours: 1000);

    // Clause K: one hour for each 2,000 € invoiced beyond 2,700,000 €.
    private static readonly HoursTarget ClauseK = new(
        1, TargetKind.PerAmountInvoiced, new(2021, 6, 1), "CCAP, art. 1.4", AmountCents: 4_700_000_00, StepCents: 2_000_00, ThresholdCents: 2_700_000_00);

    [Theory]
    [InlineData(1_000_000, 500, 50, 30, 833)]
    [InlineData(1_500_000, 700, 100, 30, 3500)]
    [Trait("règle", "cible.calculateur")]
    [Trait("règle", "cible.arrondi")]
    public void The_calculator_gives_the_hours_of_the_published_examples(int euros, int labour, int rate, int cost, int hours)
    {
        var target = Labour(euros, labour, rate, cost);
        Assert.Empty(target.Faults());
        Assert.Equal(hours, target.HoursFor(0));
    }

    [Fact]
    public void The_calculation_is_written_so_that_anybody_can_do_it_again() =>
        Assert.Equal(
            "1 000 000 € × 50 % × 5 % ÷ 30 € de l’heure = 833 h",
            Labour(1_000_000, 500, 50, 30).Explain(0).Replace('\u00a0', ' ').Replace('\u202f', ' '));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2_700_000_00, 0)]
    [InlineData(2_701_999_99, 0)]
    [InlineData(2_702_000_00, 1)]
    [InlineData(2_703_999_99, 1)]
    [InlineData(2_704_000_00, 2)]
    [InlineData(3_700_000_00, 500)]
    [Trait("règle", "cible.factures")]
    public void Clause_k_owes_an_hour_for_each_whole_step_beyond_the_threshold(long invoicedCents, int hours) => Assert.Equal(hours, ClauseK.HoursFor(invoicedCents));

    [Fact]
    public void The_target_of_clause_k_grows_with_its_invoices_and_credit_notes_take_it_back()
    {
        List<Invoice> invoices =
        [
            Invoice("F-1", "2021-07-31", 1_500_000_00), Invoice("F-2", "2021-10-31", 1_150_000_00), Invoice("F-3", "2022-01-31", 250_000_00),
            Invoice("F-4", "2022-04-30", 400_500_00),
        ];
        invoices.Add(invoices[3] with { Id = Guid.CreateVersion7(), Number = "A-4", DatedOn = Day("2022-05-15"), AmountCents = -400_500_00, Corrects = invoices[3].Id });
        int Owed(string day) => HoursOwed.On(Day(day), [ClauseK], invoices).Hours;

        Assert.Equal([0, 0, 0, 100, 300, 100], new[] { "2021-06-30", "2021-09-30", "2021-12-31", "2022-01-31", "2022-04-30", "2022-05-31" }.Select(Owed));
        Assert.Equal(1000, HoursOwed.On(Day("2021-06-30"), [ClauseK], invoices).HoursAtTheEnd);
        invoices.Reverse();
        Assert.Equal(300, Owed("2022-04-30"));
    }

    [Theory]
    [InlineData(314, false)]
    [InlineData(315, true)]
    [InlineData(450, true)]
    [InlineData(451, false)]
    [Trait("règle", "cible.offre")]
    public void The_hours_offered_by_the_bidder_stay_in_the_range_of_the_consultation(int hours, bool isKept)
    {
        var offer = new HoursTarget(1, TargetKind.Offered, new(2018, 1, 1), "acte d’engagement", hours, OfferMinimum: 315, OfferMaximum: 450);
        Assert.Equal(isKept, offer.Faults().Count == 0);
        Assert.Equal(hours, offer.HoursFor(0));
    }

    [Theory]
    [InlineData("2026-06-30", 1000)]
    [InlineData("2026-07-01", 1300)]
    [InlineData("2025-12-31", 1000)]
    [Trait("règle", "cible.avenant")]
    public void An_amendment_changes_the_target_from_its_day_and_not_before(string day, int hours)
    {
        var amendment = new HoursTarget(2, TargetKind.FixedHours, new(2026, 7, 1), "avenant n° 1", Hours: 1300);
        Assert.Equal(hours, HoursOwed.On(Day(day), [amendment, Contract], []).Hours);
        Assert.Equal(hours, HoursOwed.On(Day(day), [Contract, amendment], []).Hours);
    }

    [Fact]
    public void A_target_says_what_it_lacks()
    {
        Assert.Equal(["heures"], Fields(new HoursTarget(1, TargetKind.FixedHours, default, "contrat")));
        Assert.Equal(["montant", "part", "taux", "cout"], Fields(new HoursTarget(1, TargetKind.LabourShare, default, "contrat")));
        Assert.Equal(["tranche", "seuil"], Fields(new HoursTarget(1, TargetKind.PerAmountInvoiced, default, "contrat")));
        Assert.Equal(["part"], Fields(Labour(1_000_000, 1001, 50, 30)));
        Assert.Equal(["minimum"], Fields(new HoursTarget(1, TargetKind.Offered, default, "offre", 400, OfferMinimum: 450, OfferMaximum: 315)).Except(["heures"]));
    }

    [Theory]
    [InlineData("2025-12-31", 100, "facture.dates")]
    [InlineData("2026-01-01", 100, null)]
    [InlineData("2026-06-30", 100, null)]
    [InlineData("2026-07-01", 100, "facture.dates")]
    [InlineData("2026-06-30", 0, "facture.avoir")]
    [InlineData("2026-06-30", -100, "facture.avoir")]
    [Trait("règle", "facture.dates")]
    public void An_invoice_is_dated_inside_the_marche_and_positive(string day, long cents, string? rule) =>
        Assert.Equal(rule, HoursOwed.CheckInvoice(new DatePeriod(Day("2026-01-01"), Day("2026-06-30")), Day(day), cents, Day("2026-11-22"))?.Rule.Code);

    [Fact]
    [Trait("règle", "facture.dates")]
    [Trait("règle", "facture.avoir")]
    public void An_invoice_of_tomorrow_waits_and_a_credit_note_is_written_once()
    {
        var open = new DatePeriod(Day("2026-01-01"));
        Assert.Null(HoursOwed.CheckInvoice(open, Day("2026-11-22"), 100, Day("2026-11-22")));
        Assert.NotNull(HoursOwed.CheckInvoice(open, Day("2026-11-23"), 100, Day("2026-11-22")));
        var invoice = Invoice("F-1", "2026-03-01", 100);
        var note = invoice with { Id = Guid.CreateVersion7(), AmountCents = -100, Corrects = invoice.Id };
        Assert.Null(HoursOwed.CheckCreditNote(invoice, [invoice]));
        Assert.NotNull(HoursOwed.CheckCreditNote(invoice, [invoice, note]));
        Assert.NotNull(HoursOwed.CheckCreditNote(note, [invoice, note]));
    }

    [Fact]
    [Trait("règle", "cible.cotraitants")]
    public void Co_contractors_share_every_minute_whatever_the_parts()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var count = random.Next(1, 7);
            var cuts = Enumerable.Range(1, 999).OrderBy(_ => random.Next()).Take(count - 1).Append(0).Append(1000).Order().ToList();
            var shares = cuts.Zip(cuts.Skip(1), (from, to) => new CoContractorShare(OrganizationId.New(), to - from)).ToList();
            Assert.Null(CoContractors.Check(shares));
            var minutes = random.Next(0, 600_000_000);
            var parts = CoContractors.Split(minutes, shares);
            Assert.Equal(minutes, parts.Sum());
            Assert.All(parts.Zip(shares), it => Assert.InRange(it.First - (minutes * (long)it.Second.Permille / 1000), 0, 1));
        }
    }

    [Fact]
    [Trait("règle", "cible.cotraitants")]
    public void Parts_that_do_not_make_a_whole_are_refused()
    {
        var one = OrganizationId.New();
        Assert.Contains("99,9 %", CoContractors.Check([new(one, 999)])?.Sentence.Replace('.', ','), StringComparison.Ordinal);
        Assert.NotNull(CoContractors.Check([new(one, 500), new(one, 500)]));
        Assert.NotNull(CoContractors.Check([new(one, 1000), new(OrganizationId.New(), 0)]));
    }

    private static HoursTarget Labour(long euros, int labour, int rate, int cost) => new(
        1, TargetKind.LabourShare, new(2026, 1, 1), "contrat", AmountCents: euros * 100, LabourPermille: labour, RatePermille: rate, HourlyCostCents: cost * 100);

    private static Invoice Invoice(string number, string day, long cents) => new(Guid.CreateVersion7(), number, Day(day), cents);

    private static IEnumerable<string> Fields(HoursTarget target) => target.Faults().Select(fault => fault.Field);

    [Fact]
    [Trait("règle", "cible.cotraitants-faites")]
    public void What_was_done_goes_to_the_co_contractor_noted_else_to_the_one_that_hires_and_nothing_is_lost()
    {
        var (first, second, structure) = (OrganizationId.New(), OrganizationId.New(), OrganizationId.New());
        CoContractorShare[] shares = [new(first, 600), new(second, 400)];
        Assert.Equal(
            [(first, 600, 130), (second, 400, 50), ((OrganizationId?)null, 0, 25)],
            CoContractors.Balance(1_000, shares, [(first, structure, 100), (null, second, 50), (first, second, 30), (null, structure, 20), (structure, structure, 5)]));
        Assert.Equal([(first, 600, 0), ((OrganizationId?)second, 400, 0)], CoContractors.Balance(1_000, shares, []));
    }
}
