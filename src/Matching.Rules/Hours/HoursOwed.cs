namespace Matching.Rules.Hours;

/// <summary>An amount invoiced to the buyer, without tax; a credit note is a negative one that names the invoice it takes back.</summary>
public sealed record Invoice(Guid Id, string Number, DateOnly DatedOn, long AmountCents, Guid? Corrects = null);

/// <summary>What a lot owes on a day, and the line of calculation that says why.</summary>
/// <param name="Target">The version in force that day.</param>
public sealed record HoursOwed(HoursTarget Target, int Hours, long InvoicedCents, string Explanation)
{
    public static Rule InsideMarket { get; } = new(
        "facture.dates", "Une facture entre dans la cible si elle est datée d’un jour du marché, déjà passé.",
        "CCAP 21_BAM_048, art. 1.4 (les heures dues suivent les factures du marché)");

    public static Rule NeverErased { get; } = new(
        "facture.avoir", "Une facture ne s’efface pas : elle se reprend une fois, par un avoir du même montant.",
        Rule.ToConfirm + " (registre en ajout seul)");

    public static IReadOnlyList<Rule> All { get; } = [InsideMarket, NeverErased];

    /// <summary>No marché invoices more in one piece: 100 billion euros, small enough to be added up.</summary>
    public const long MaximumCents = 10_000_000_000_000;

    public int Minutes => Hours * 60;

    /// <summary>What is owed at the end of a day, from the versions of the target and every invoice of the lot. Order does not matter.</summary>
    /// <param name="versions">At least one. Before the first applies, the first holds.</param>
    public static HoursOwed On(DateOnly day, IReadOnlyList<HoursTarget> versions, IReadOnlyList<Invoice> invoices)
    {
        ArgumentNullException.ThrowIfNull(versions);
        ArgumentNullException.ThrowIfNull(invoices);
        var inForce = versions.Where(one => one.AppliesFrom <= day).OrderBy(one => one.AppliesFrom).ThenBy(one => one.Version).LastOrDefault()
            ?? versions.MinBy(one => one.Version)!;
        var invoiced = invoices.Where(one => one.DatedOn <= day).Sum(one => one.AmountCents);
        return new HoursOwed(inForce, inForce.HoursFor(invoiced), invoiced, inForce.Explain(invoiced));
    }

    /// <summary>What would be owed at the end: the amount expected in all when the target names one, else what is invoiced so far.</summary>
    public int HoursAtTheEnd => Target.HoursFor(Math.Max(InvoicedCents, Target.AmountCents ?? 0));

    /// <summary>Whether an invoice may be entered on <paramref name="today"/>; null when it may.</summary>
    public static HourRefusal? CheckInvoice(DatePeriod market, DateOnly datedOn, long amountCents, DateOnly today) =>
        amountCents is <= 0 or > MaximumCents ? new(NeverErased, "Le montant d’une facture est supérieur à zéro. Pour reprendre une facture fausse, utilisez « Avoir » sur cette facture.")
        : datedOn < market.Start ? new(InsideMarket, $"Cette facture est datée d’avant le marché, qui commence le {market.Start:dd/MM/yyyy}.")
        : datedOn > market.End ? new(InsideMarket, $"Cette facture est datée d’après la fin du marché, le {market.End:dd/MM/yyyy} : elle n’augmente pas les heures dues.")
        : datedOn > today ? new(InsideMarket, "Cette facture est datée d’un jour à venir : enregistrez-la une fois émise.")
        : null;

    /// <summary>Whether an invoice may be taken back by a credit note; null when it may.</summary>
    public static HourRefusal? CheckCreditNote(Invoice invoice, IReadOnlyList<Invoice> invoices)
    {
        ArgumentNullException.ThrowIfNull(invoice);
        return invoice.Corrects is not null ? new(NeverErased, "Un avoir ne se reprend pas : enregistrez à nouveau la facture juste.")
            : invoices.Any(one => one.Corrects == invoice.Id) ? new(NeverErased, "Cette facture a déjà été reprise par un avoir.")
            : null;
    }
}
