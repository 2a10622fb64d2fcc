using Matching.Rules.Hours;
using Matching.Rules.Markets;
using Matching.Rules.People;
using Matching.Rules.Postings;
using Matching.Rules.Reporting;
using static Matching.Rules.Tests.Hours.Ledger;

namespace Matching.Rules.Tests.Hours;

/// <summary>Cases that public bodies published, replayed: the figures are theirs, the lines that make them up are invented.</summary>
public sealed class PublishedCasesTests
{
    [Fact]
    public void Seed_000_460_hours_and_a_half_for_13_people_pass_the_450_offered()
    {
        var market = Market("2018-01-01", "2018-12-31");
        var offer = new HoursTarget(1, TargetKind.Offered, Day("2018-01-01"), "offre", 450, OfferMinimum: 315, OfferMaximum: 450);
        var lot = new Lot(LotId.New(), market.Id, 1, "Déploiement", 0, [], null, null, Targets: [offer]);
        var total = (460 * 60) + 30;
        var people = Enumerable.Range(0, 13).Select(i =>
        {
            var contract = Contract("2018-03-01", "2018-12-31", WorkContractKind.Interim) with { LotId = lot.Id, CategoryCode = i < 9 ? "JEUNE" : "RSA" };
            var minutes = (total / 13) + (i < total % 13 ? 1 : 0);
            return new ReportedContract(contract, Sex.Unknown, OrganizationKind.Etti, Count(contract, market, Entry("2018-09", minutes)));
        }).ToList();

        var table = MonthlyTables.Build(market, [lot], people, Month("2018-12"));
        Assert.Equal((450 * 60, total, 1023, 0), (table.Whole.TargetMinutes, table.Whole.CumulativeMinutes, table.Whole.DonePermille, table.Whole.RemainingMinutes));
        Assert.Equal((13, 13), (table.Whole.People.Shown, table.Whole.Contracts.Shown));
        Assert.Equal([("JEUNE", 9), ("RSA", 4)], table.Breakdowns.Single(it => it.Code == "public").Lines.Select(line => (line.Code, line.People.Shown)));
    }

    [Fact]
    public void Seed_004_298_contracts_of_171_workers_206_of_them_through_a_siae()
    {
        (int Count, OrganizationKind Employer, WorkContractKind Kind)[] contracts =
        [
            (13, OrganizationKind.Entreprise, WorkContractKind.Interim), (21, OrganizationKind.Entreprise, WorkContractKind.Cdd),
            (54, OrganizationKind.Entreprise, WorkContractKind.Cdi), (2, OrganizationKind.Entreprise, WorkContractKind.Professionnalisation),
            (2, OrganizationKind.Entreprise, WorkContractKind.Apprentissage), (27, OrganizationKind.Ei, WorkContractKind.Cddi),
            (79, OrganizationKind.Ai, WorkContractKind.Cdd), (100, OrganizationKind.Etti, WorkContractKind.Interim),
        ];
        var market = Market("2010-01-01", "2014-02-28");
        var lot = new Lot(LotId.New(), market.Id, 1, "Travaux", 1000, [], null, null);
        var workers = Enumerable.Range(0, 171).Select(_ => PersonId.New()).ToList();
        var reported = contracts.SelectMany(it => Enumerable.Repeat(it, it.Count)).Select((it, i) =>
        {
            var contract = Contract("2012-01-01", it.Kind == WorkContractKind.Cdi ? null : "2013-12-31", it.Kind) with { LotId = lot.Id, PersonId = workers[i % 171] };
            return new ReportedContract(contract, Sex.Unknown, it.Employer, Count(contract, market, Entry("2012-06", 60)));
        }).ToList();

        var table = MonthlyTables.Build(market, [lot], reported, Month("2014-02"));
        Assert.Equal((171, 298, 298 * 60), (table.Whole.People.Shown, table.Whole.Contracts.Shown, table.Whole.CumulativeMinutes));
        var employers = table.Breakdowns.Single(it => it.Code == "type_employeur").Lines;
        Assert.Equal(206, employers.Where(line => line.Code != "ENTREPRISE").Sum(line => line.Contracts.Shown));
        Assert.Equal([("ETTI", 100), ("ENTREPRISE", 92), ("AI", 79), ("EI", 27)], employers.Select(line => (line.Code, line.Contracts.Shown!.Value)));
        Assert.Equal(69, 206 * 100 / 298);
    }

    [Theory]
    [InlineData(WorkContractKind.Cdd, "2027-12", 1000)]
    [InlineData(WorkContractKind.Cdd, "2028-01", 0)]
    [InlineData(WorkContractKind.Cdi, "2028-01", 1000)]
    [InlineData(WorkContractKind.Cdi, "2030-12", 1000)]
    public void Seed_002_a_fixed_term_counts_two_years_and_a_cdi_the_whole_marche(WorkContractKind kind, string month, int counted)
    {
        var contract = Contract("2026-01-01", kind == WorkContractKind.Cdi ? null : "2030-12-31", kind);
        Assert.Equal(counted, Count(contract, Market("2026-01-01", "2030-12-31"), Entry(month, 1000)).CountedMinutes);
    }

    [Theory]
    [InlineData("2029-12", 1000)]
    [InlineData("2030-01", 0)]
    public void Clause_k_caps_a_cdi_of_five_years_at_four(string month, int counted)
    {
        var market = Market("2026-01-01", "2031-12-31", new CountingRules(CdiCapMonths: 48));
        var hours = Count(Contract("2026-01-01", kind: WorkContractKind.Cdi), market, Entry(month, 1000));
        Assert.Equal((counted, Day("2029-12-31")), (hours.CountedMinutes, hours.LastCountedDay));
        Assert.All(hours.Uncounted, it => Assert.Equal("credit.cdi", it.Why.Code));
    }

    [Fact]
    public void Splitting_the_line_of_a_month_changes_nothing()
    {
        var random = new Random(11);
        for (var round = 0; round < 200; round++)
        {
            var market = Market("2025-02-20", "2027-05-17", new CountingRules(random.Next(6, 30)));
            var contract = Contract("2025-02-15", "2027-06-10", (WorkContractKind)random.Next(1, 6), "2025-03-10");
            var whole = Enumerable.Range(0, 12).Select(_ => Entry(
                CalendarMonth.Of(Day("2025-02-01").AddMonths(random.Next(29))).Code, random.Next(2, 9000), HourStatus.Validated, (HourKind)random.Next(2))).ToArray();
            var pieces = whole.SelectMany(entry =>
            {
                var first = random.Next(1, entry.Minutes);
                return new[] { entry with { Minutes = first }, entry with { Id = Guid.CreateVersion7(), Minutes = entry.Minutes - first } };
            }).ToArray();
            Assert.Equal(Count(contract, market, whole).Months, Count(contract, market, pieces).Months);
        }
    }

    [Fact]
    public void A_pair_of_opposite_lines_changes_no_total_and_what_counts_never_passes_what_is_declared()
    {
        var random = new Random(12);
        for (var round = 0; round < 200; round++)
        {
            var market = Market("2025-02-20", "2027-05-17");
            var contract = Contract("2025-02-15", "2027-06-10");
            var lines = Enumerable.Range(0, 20).Select(_ => Entry(
                CalendarMonth.Of(Day("2025-02-01").AddMonths(random.Next(29))).Code, random.Next(1, 9000), (HourStatus)random.Next(4)) with
            { Shares = random.Next(5) == 0 ? Guid.CreateVersion7() : null }).ToList();
            var before = Count(contract, market, [.. lines]);
            var added = Entry("2026-03", random.Next(1, 9000), (HourStatus)random.Next(4));
            var after = Count(contract, market, [.. lines, added, HourRules.Opposite(added, Guid.CreateVersion7())]);
            Assert.Equal(
                (before.DeclaredMinutes, before.ValidatedMinutes, before.PendingMinutes, before.CountedMinutes),
                (after.DeclaredMinutes, after.ValidatedMinutes, after.PendingMinutes, after.CountedMinutes));
            Assert.True(before.CountedMinutes <= before.DeclaredMinutes);
            Assert.Equal(before.DeclaredMinutes, before.CountedMinutes + before.Uncounted.Sum(it => it.Minutes));
        }
    }

    [Fact]
    public void The_order_in_which_lines_were_written_changes_no_total()
    {
        var random = new Random(14);
        var (market, contract) = (Market("2025-02-20", "2027-05-17"), Contract("2025-02-15", "2027-06-10"));
        for (var round = 0; round < 100; round++)
        {
            var lines = Enumerable.Range(0, 15).Select(_ => Entry(
                CalendarMonth.Of(Day("2025-02-01").AddMonths(random.Next(29))).Code, random.Next(1, 9000), (HourStatus)random.Next(4), (HourKind)random.Next(2))).ToList();
            lines.AddRange(lines.Where(line => line.Status == HourStatus.Validated).Take(3).Select(line => HourRules.Opposite(line, Guid.CreateVersion7())).ToList());
            var written = Count(contract, market, [.. lines]);
            var shuffled = lines.ToArray();
            random.Shuffle(shuffled);
            var again = Count(contract, market, shuffled);
            Assert.Equal(written.Months, again.Months);
            Assert.Equal(Why(written), Why(again));
        }

        static IEnumerable<(CalendarMonth, HourKind, string, int)> Why(CountedHours hours) =>
            hours.Uncounted.Select(it => (it.Month, it.Kind, it.Why.Code, it.Minutes)).Order();
    }

    [Fact]
    [Trait("règle", "prevision.lineaire")]
    public void The_forecast_says_the_pace_so_far_and_what_the_contracts_would_bring()
    {
        var market = Market("2026-01-01", "2026-12-31");
        var contract = Contract("2026-09-01", "2026-11-30");
        var reported = new ReportedContract(contract, Sex.Unknown, OrganizationKind.Etti, Count(contract, market, Entry("2026-09", 9000), Entry("2026-10", 9000), Entry("2026-11", 700)));
        var forecast = HoursForecast.On(Day("2026-11-16"), market, 1000 * 60, [reported]);

        // 18,000 minutes in 304 days of 365; then the 30 days of November at 35 h a week.
        Assert.Equal(18_000 * 365 / 304, forecast.LinearMinutes);
        Assert.Equal(18_000 + (30 * 2100 / 7), forecast.PlannedMinutes);
        Assert.Equal((1000 * 60) - 27_000, forecast.PlannedMissing);
        Assert.Null(HoursForecast.On(Day("2026-01-31"), market, 60, []).LinearMinutes);
        Assert.Null(HoursForecast.On(Day("2026-11-16"), Market("2026-01-01", null), 60, []).LinearMinutes);
    }
}
