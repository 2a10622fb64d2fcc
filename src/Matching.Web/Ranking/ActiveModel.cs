using Matching.Features;
using Matching.Web.Platform;

namespace Matching.Web.Ranking;

/// <summary>The model that ranks: the file named by <c>Ranking:Model</c>, or the one shipped with the service. Checked when it is read.</summary>
public sealed class ActiveModel
{
    private const string Shipped = "models/ranker-1.0.0-expert.json";

    public ActiveModel(IConfiguration configuration)
    {
        var path = configuration["Ranking:Model"] ?? Path.Combine(AppContext.BaseDirectory, Shipped);
        if (!File.Exists(path))
        {
            throw new SettingException($"Le fichier du modèle de classement est introuvable : {path}.");
        }

        try
        {
            Model = WithoutPairs(RankerModel.Read(File.ReadAllText(path)));
        }
        catch (InvalidDataException wrong)
        {
            throw new SettingException($"Le modèle de classement ne peut pas servir. {wrong.Message}");
        }
    }

    public RankerModel Model { get; }

    // The lists score one feature at a time: a pair left out in silence would make every score differ from the model's card.
    private static RankerModel WithoutPairs(RankerModel model) => model.Pairs is { Count: > 0 } pairs
        ? throw new InvalidDataException($"Il a des paires de critères ({pairs.Count}), et ce site n’en sert pas encore : choisir un modèle sans paires.")
        : model;
}
