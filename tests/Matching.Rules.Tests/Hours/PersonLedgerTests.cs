using Matching.Rules.Hours;
using Matching.Rules.Markets;
using static Matching.Rules.Tests.Hours.Ledger;

namespace Matching.Rules.Tests.Hours;

public sealed class PersonLedgerTests
{
    private static readonly DateOnly Today = Day("2026-11-22");
    private static readonly LotId OtherLot = LotId.New();
    private static readonly HourProof Sheet = new("FEUILLE_HEURES", "Feuille d’octobre n° 12");

    [Fact]
    [Trait("règle", "heures.mois-clos")]
    public void A_closed_month_takes_no_line_and_the_next_one_does()
    {
        var ledger = Of() with { ClosedMonths = new HashSet<DateOnly> { Day("2026-09-01") } };
        Assert.Equal("heures.mois-clos", ledger.CheckDeclaration(Month("2026-09"), HourKind.Work, 600, null, Today)?.Rule.Code);
        Assert.Null(ledger.CheckDeclaration(Month("2026-10"), HourKind.Work, 600, null, Today));
        Assert.NotNull(ledger.CheckOpen(Day("2026-09-01")));
    }

    [Theory]
    [InlineData(2, "2026-11-22", null)]
    [InlineData(1, "2026-11-22", "lots")]
    [InlineData(2, "2026-11-23", "signee_le")]
    [Trait("règle", "globalisation.convention")]
    public void A_convention_names_two_lots_of_the_company_and_is_signed(int lots, string signedOn, string? field)
    {
        LotId[] own = [LotId.New(), LotId.New()];
        var convention = new PoolingConvention("G-1", Day(signedOn), new DatePeriod(Day("2026-10-01"), null), own[..lots]);
        Assert.Equal(field, convention.Fault(own.ToHashSet(), Today)?.Field);
        Assert.Equal("lots", (convention with { Lots = [own[0], OtherLot] }).Fault(own.ToHashSet(), Today)?.Field);
        Assert.Equal("lots", (convention with { Lots = [own[0], own[0]] }).Fault(own.ToHashSet(), Today)?.Field);
    }

    [Theory]
    [InlineData("2026-09-30", null)]
    [InlineData("2026-10-01", "heures.eligible")]
    [Trait("règle", "heures.eligible")]
    public void No_hours_are_declared_for_a_month_that_ends_before_the_eligibility(string eligibleFrom, string? rule)
    {
        var ledger = Of() with { Contract = Contract("2026-06-01", eligibleFrom: eligibleFrom) };
        Assert.Equal(rule, ledger.CheckDeclaration(Month("2026-09"), HourKind.Work, 600, null, Today)?.Rule.Code);
    }

    [Theory]
    [InlineData("2026-10-02", null)]
    [InlineData("2026-10-01", "eligibilite.retrait")]
    [InlineData("2026-09-30", "eligibilite.retrait")]
    [Trait("règle", "eligibilite.retrait")]
    public void No_hours_are_declared_for_a_month_that_begins_once_the_eligibility_was_taken_back(string withdrawnFrom, string? rule)
    {
        var ledger = Of() with { Contract = Contract("2026-06-01") with { WithdrawnFrom = Day(withdrawnFrom) } };
        Assert.Equal(rule, ledger.CheckDeclaration(Month("2026-10"), HourKind.Work, 600, null, Today)?.Rule.Code);
        Assert.Equal(rule, ledger.CheckEligible(Month("2026-10"))?.Rule.Code);
        Assert.Null(Of().CheckEligible(Month("2026-10")));
    }

    [Theory]
    [InlineData("2026-10-01", 0)]
    [InlineData("2026-10-16", 1_500)]
    [InlineData("2026-11-01", 3_100)]
    [Trait("règle", "eligibilite.retrait")]
    public void Days_from_the_one_it_was_taken_back_do_not_count(string withdrawnFrom, int counted)
    {
        var hours = Count(Contract("2026-06-01") with { WithdrawnFrom = Day(withdrawnFrom) }, Market(), Entry("2026-10", 3_100));
        Assert.Equal((3_100, counted), (hours.DeclaredMinutes, hours.CountedMinutes));
        Assert.All(hours.Uncounted, it => Assert.Equal("eligibilite.retrait", it.Why.Code));
        Assert.Equal(3_100 - counted, hours.Uncounted.Sum(it => it.Minutes));
    }

    [Fact]
    public void A_lot_that_ends_before_the_marche_takes_no_hours_after_its_last_day()
    {
        var market = Market();
        var lot = new Lot(LotId.New(), market.Id, 1, "Peinture", 100, [], null, null, new DatePeriod(Day("2026-06-01"), Day("2026-09-30")));
        var ledger = Of() with { Market = market.For(lot) };
        Assert.Null(ledger.CheckDeclaration(Month("2026-09"), HourKind.Work, 600, null, Today));
        Assert.Equal("heures.marche", ledger.CheckDeclaration(Month("2026-10"), HourKind.Work, 600, null, Today)?.Rule.Code);
        Assert.Equal(Day("2026-09-30"), market.For(lot).Period.End);
        Assert.Equal(market, market.For(lot with { Days = null }));
    }

    [Fact]
    [Trait("règle", "heures.double-compte")]
    public void The_same_hours_are_refused_on_a_second_lot()
    {
        var ledger = Of(Other("2026-10", 9100));
        Assert.Equal("heures.double-compte", ledger.CheckDeclaration(Month("2026-10"), HourKind.Work, 9100, null, Today)?.Rule.Code);
        Assert.Null(ledger.CheckDeclaration(Month("2026-10"), HourKind.Work, 9099, null, Today));
        Assert.Null(ledger.CheckDeclaration(Month("2026-10"), HourKind.Training, 9100, null, Today));
        Assert.Null(ledger.CheckDeclaration(Month("2026-09"), HourKind.Work, 9100, null, Today));
        Assert.Null(ledger.CheckDeclaration(Month("2026-10"), HourKind.Work, 9100, Sheet, Today));
    }

    [Fact]
    public void The_same_document_is_refused_on_a_second_lot_however_it_is_written()
    {
        var ledger = Of(Other("2026-10", 6000, Sheet));
        var again = Sheet with { Reference = "FEUILLE D'OCTOBRE N° 12" };
        Assert.Equal("heures.double-compte", ledger.CheckDeclaration(Month("2026-10"), HourKind.Work, 3100, again, Today)?.Rule.Code);
        Assert.Null(ledger.CheckDeclaration(Month("2026-10"), HourKind.Work, 3100, Sheet with { Reference = "Feuille d’octobre n° 13" }, Today));
    }

    [Fact]
    public void What_was_taken_back_or_rejected_elsewhere_is_no_double()
    {
        var other = Other("2026-10", 9100);
        var back = other with { Entry = HourRules.Opposite(other.Entry, Guid.CreateVersion7()) };
        Assert.Null(Of(other, back).CheckDeclaration(Month("2026-10"), HourKind.Work, 9100, null, Today));
        var rejected = other with { Entry = other.Entry with { Status = HourStatus.Rejected } };
        Assert.Null(Of(rejected).CheckDeclaration(Month("2026-10"), HourKind.Work, 9100, null, Today));
    }

    [Fact]
    [Trait("règle", "compte.globalisation")]
    public void Under_a_convention_the_same_hours_are_accepted_and_count_once()
    {
        var other = Other("2026-10", 9100);
        var ledger = Of(other) with { Pooled = new HashSet<LotId> { OtherLot } };
        Assert.Null(ledger.CheckDeclaration(Month("2026-10"), HourKind.Work, 9100, null, Today));
        Assert.Equal(other.Entry.Id, ledger.SharedWith(Month("2026-10"), HourKind.Work, 9100, null));
        Assert.Null(ledger.SharedWith(Month("2026-10"), HourKind.Work, 9000, null));

        var hours = CountedHours.Of(ledger.Contract, ledger.Market, ledger.Contract.Period.Start, [Entry("2026-10", 9100) with { Shares = other.Entry.Id }, Entry("2026-10", 60)]);
        Assert.Equal((9160, 60), (hours.ValidatedMinutes, hours.CountedMinutes));
        Assert.Equal(("compte.globalisation", 9100), (hours.Uncounted[0].Why.Code, hours.Uncounted[0].Minutes));
    }

    [Theory]
    [InlineData(12754, false)]
    [InlineData(12755, true)]
    [Trait("règle", "heures.maximum-legal")]
    public void More_than_48_hours_a_week_over_all_contracts_is_pointed_out(int total, bool isOver)
    {
        // October has 31 days: 48 h × 31 / 7 = 212 h 34 min.
        var ledger = Of(Other("2026-10", 6000)) with { Contract = Contract("2026-06-01") with { WeeklyMinutes = 48 * 60 } };
        Assert.Equal(isOver, ledger.Warning(Month("2026-10"), total - 6000)?.Contains("à 48 h par semaine", StringComparison.Ordinal) ?? false);
    }

    [Fact]
    public void The_week_is_measured_on_the_days_of_the_contracts()
    {
        var ledger = Of() with { Contract = Contract("2026-10-26", "2026-11-01") with { WeeklyMinutes = 48 * 60 } };
        Assert.NotNull(ledger.Warning(Month("2026-10"), 48 * 60));
        Assert.Null((ledger with { OtherPeriods = [new(Day("2026-10-01"), Day("2026-10-31"))] }).Warning(Month("2026-10"), 48 * 60));
    }

    [Fact]
    [Trait("règle", "heures.justificatif-unique")]
    public void One_document_validates_the_hours_of_a_month_once()
    {
        var line = Entry("2026-10", 6000, HourStatus.Proved);
        var other = Entry("2026-10", 3000);
        Assert.Null(PersonLedger.CheckProof(line, Sheet, true, []));
        Assert.Equal("heures.justificatif-unique", PersonLedger.CheckProof(line, Sheet, true, [(other, Sheet)])?.Rule.Code);
        Assert.Null(PersonLedger.CheckProof(line, Sheet, true, [(other with { Kind = HourKind.Training }, Sheet)]));
        Assert.Null(PersonLedger.CheckProof(line, Sheet, true, [(other with { Month = Day("2026-09-01") }, Sheet)]));
        Assert.Null(PersonLedger.CheckProof(line with { Shares = other.Id }, Sheet, true, [(other, Sheet)]));
    }

    [Fact]
    [Trait("règle", "heures.justificatif")]
    public void A_marche_that_asks_for_proofs_validates_no_line_without_one()
    {
        Assert.Equal("heures.justificatif", PersonLedger.CheckProof(Entry("2026-10", 60, HourStatus.Declared), null, true, [])?.Rule.Code);
        Assert.Null(PersonLedger.CheckProof(Entry("2026-10", 60, HourStatus.Declared), null, false, []));
        Assert.Null(HourRules.CheckDecision(Entry("2026-10", 60, HourStatus.Proved), HourStatus.Validated, [], null));
    }

    private static PersonLedger Of(params OtherLine[] others) => new(
        Contract("2026-06-01"), Market(), [], others, [], new HashSet<DateOnly>(), new HashSet<LotId>());

    private static OtherLine Other(string month, int minutes, HourProof? proof = null) => new(OtherLot, Entry(month, minutes), proof);
}
