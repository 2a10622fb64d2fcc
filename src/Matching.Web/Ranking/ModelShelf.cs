using Matching.Features;

namespace Matching.Web.Ranking;

/// <summary>Every model that travels with the service, and the one that serves, by version: what a stored list is read again with.</summary>
public sealed class ModelShelf
{
    private readonly Dictionary<string, RankerModel> models = new(StringComparer.Ordinal);

    public ModelShelf(ActiveModel active)
    {
        foreach (var path in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "models"), "ranker-*.json").Order(StringComparer.Ordinal))
        {
            var model = RankerModel.Read(File.ReadAllText(path));
            models[model.Version] = model;
        }

        models[active.Model.Version] = active.Model;
    }

    /// <summary>By version.</summary>
    public IReadOnlyList<RankerModel> All => [.. models.Values.OrderBy(model => model.Version, StringComparer.Ordinal)];

    /// <summary>Null for a version whose file is no longer here.</summary>
    public RankerModel? ByVersion(string version) => models.GetValueOrDefault(version);
}
