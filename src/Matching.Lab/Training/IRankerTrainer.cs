using Matching.Features;
using Matching.Lab.Lists;

namespace Matching.Lab.Training;

/// <summary>What a model file says of itself and no list tells.</summary>
/// <param name="MadeOn">A day, or words; the clock is not read, so that the same inputs give the same bytes.</param>
public sealed record ModelTitle(string Version, string Statement, string MadeOn, string? TrainingDataHash);

/// <summary>Lists in, a model file out. Whatever the way it learns, what comes out is additive, in integers, and keeps the directions asked for.</summary>
public interface IRankerTrainer
{
    string Name { get; }

    /// <param name="progress">Told how many parts of how many are done.</param>
    /// <exception cref="InvalidDataException">Nothing can be learned from these lists; the message is a French sentence.</exception>
    RankerModel Train(RankedLists lists, ModelTitle title, TrainingOptions options, Action<int, int>? progress = null);
}
