namespace Matching.Lab.Training;

/// <summary>How a model is trained. The values were chosen on the tuning half of the worlds and on invented lists of other forms and sizes.</summary>
public sealed record TrainingOptions
{
    public int Seed { get; init; } = 1;

    public int Bags { get; init; } = 14;

    public int MostRounds { get; init; } = 400;

    /// <summary>Rounds without a better held-out loss before stopping.</summary>
    public int Patience { get; init; } = 20;

    public double LearningRate { get; init; } = 0.2;

    /// <summary>Added to the curvature of a bin, as a share of the mean curvature of the bins.</summary>
    public double Shrinkage { get; init; } = 0.25;

    /// <summary>Cuts through the scale of a feature, drawn again each round.</summary>
    public int Cuts { get; init; } = 3;

    /// <summary>The same, along each side of a pair.</summary>
    public int PairCuts { get; init; } = 3;

    public int Truncation { get; init; } = 30;

    public int Cutoff { get; init; } = 10;

    /// <summary>Of the rows neither opened nor labelled, the share that a bag keeps: their label is unknown, not zero.</summary>
    public double UnknownKept { get; init; } = 1.0 / 3;

    public int Pairs { get; init; } = 10;

    /// <summary>Groups of codes along each side of a pair; one more is for what is off the scale.</summary>
    public int PairGroups { get; init; } = 12;

    public double PairLearningRate { get; init; } = 0.15;

    /// <summary>Codes with fewer rows are put with their neighbours.</summary>
    public int FewestRows { get; init; } = 20;

    /// <summary>
    /// The points of experts weigh as much as this many postings. Of the numbers tried from 5 to 300 on the six tuning worlds that have such points, 10
    /// is the best, or within 0.2 % of it, from 10 to 150 postings; 300 cost 5 % of nDCG@10 at 100 postings and 0.8 % at 900.
    /// </summary>
    public int PriorPostings { get; init; } = 10;

    /// <summary>To the head of what people wanted, the other weighs as much as this many postings.</summary>
    public int BorrowedPostings { get; init; } = 300;

    /// <summary>Clips the weight of a kept row that stood where few were opened.</summary>
    public double LargestPropensityWeight { get; init; } = 10;

    /// <summary>1 weighs by the whole inverse propensity, 0 not at all.</summary>
    public double PropensityPower { get; init; } = 0.5;

    /// <summary>Share of the employers that a bag learns from; the others say when to stop.</summary>
    public double EmployersKept { get; init; } = 0.85;

    /// <summary>With no more lists than this, a plainer learning is tried as well.</summary>
    public int FewLists { get; init; } = 1000;

    /// <summary>With no more than this, what bags have not seen is too little to choose by: only the plainer learning is done.</summary>
    public int TooFewLists { get; init; } = 100;

    /// <summary>The same with fewer ways to be wrong: one cut a round, slower, no pair, each bag from fewer employers.</summary>
    public TrainingOptions Plain() => this with { Pairs = 0, Cuts = 1, LearningRate = LearningRate / 2, EmployersKept = 0.7 };

    /// <summary>
    /// Share of what people wanted in the sum with what employers kept, where the lists tell it; 0 leaves it out. Chosen by <c>lab weigh</c>:
    /// models/poids-des-souhaits.md.
    /// </summary>
    public double WishWeight { get; init; } = 0.2;

    /// <summary>Learns the labels row by row instead of the order of the lists.</summary>
    public bool IsPointwise { get; init; }
}
