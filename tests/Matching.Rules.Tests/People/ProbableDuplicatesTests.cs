using Matching.Rules.People;

namespace Matching.Rules.Tests.People;

public sealed class ProbableDuplicatesTests
{
    private static readonly DateOnly Born = new(1992, 3, 14);

    [Fact]
    public void Names_are_compared_without_accents_case_nor_order_and_with_the_birth_date()
    {
        var pairs = Find(Person(1, "Hénaff-Noël", "Camille"), Person(2, "CAMILLE", "Henaff Noel"), Person(3, "Hénaff-Noël", "Camille", Born.AddDays(1)));

        Assert.Equal((Id(1), Id(2), "même nom et même date de naissance"), Assert.Single(pairs));
    }

    [Fact]
    public void A_shared_phone_or_mail_makes_a_pair_and_says_both()
    {
        var pairs = Find(Person(1, "A", "B", phone: "06", email: "x@e.example"), Person(2, "C", "D", Born.AddDays(9), "06", "X@E.example"));

        Assert.Equal("même téléphone, même courriel", Assert.Single(pairs).Why);
    }

    [Fact]
    public void The_phone_of_an_adviser_written_for_everybody_says_nothing() =>
        Assert.Empty(Find([.. Enumerable.Range(1, 9).Select(i => Person(i, $"Nom{i}", "Camille", phone: "06"))]));

    [Fact]
    public void There_is_an_end_to_the_pairs() =>
        Assert.Equal(5, ProbableDuplicates.Find(Enumerable.Range(1, 50).Select(i => Person(i, "Essai", "Camille")), 5).Count);

    private static List<(Guid, Guid, string Why)> Find(params DuplicateTraits[] people) =>
        [.. ProbableDuplicates.Find(people, 100).Select(pair => (pair.FirstId, pair.SecondId, pair.Why))];

    private static DuplicateTraits Person(int number, string lastName, string firstName, DateOnly? born = null, string? phone = null, string? email = null) =>
        new(Id(number), lastName, firstName, born ?? Born, phone, email);

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);
}
