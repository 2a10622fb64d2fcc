using Matching.Rules;

namespace Matching.Web.Ranking.Proposals;

/// <summary>One person's line of the proposal, beside a list that it does not change.</summary>
public sealed record ProposalWords(bool IsHere, string Sentence)
{
    public static ProposalWords Of(Proposed it, PostingId posting)
    {
        ArgumentNullException.ThrowIfNull(it);
        var price = it.Price >= 1 ? $" D’autres offres la demandent aussi : il leur faudrait {Math.Round(it.Price)} {(Math.Round(it.Price) < 2 ? "point" : "points")} de plus que leurs autres choix." : " Aucune autre offre ne la demande.";
        return it.PostingId == posting
            ? new ProposalWords(true, $"Proposée ici quand on considère toutes vos offres ensemble.{price}")
            : new ProposalWords(false, $"Proposée plutôt pour « {it.Title} » quand on considère toutes vos offres ensemble.{price}");
    }
}
