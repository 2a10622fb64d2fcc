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
            Model = RankerModel.Read(File.ReadAllText(path));
        }
        catch (InvalidDataException wrong)
        {
            throw new SettingException($"Le modèle de classement ne peut pas servir. {wrong.Message}");
        }
    }

    public RankerModel Model { get; }
}
