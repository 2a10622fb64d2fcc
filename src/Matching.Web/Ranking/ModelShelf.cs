using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Matching.Features;
using Matching.Web.Platform;

namespace Matching.Web.Ranking;

/// <summary>
/// Every model that travels with the service, the one it was started with, and those that an administrator loaded, by version: what a list is
/// scored with, and what a stored list is read again with. Each is checked when it is read.
/// </summary>
public sealed class ModelShelf
{
    private const string Shipped = "models/ranker-1.4.0-expert.json";
    private readonly ConcurrentDictionary<string, RankerModel> models = new(StringComparer.Ordinal);

    /// <param name="configuration"><c>Ranking:Model</c> names the file that serves until someone promotes another; else the one shipped.</param>
    public ModelShelf(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "models"), "ranker-*.json").Order(StringComparer.Ordinal))
        {
            var model = RankerModel.Read(File.ReadAllText(file));
            models[model.Version] = model;
        }

        var path = configuration["Ranking:Model"] ?? Path.Combine(AppContext.BaseDirectory, Shipped);
        if (!File.Exists(path))
        {
            throw new SettingException($"Le fichier du modèle de classement est introuvable : {path}.");
        }

        try
        {
            Started = RankerModel.Read(File.ReadAllText(path));
            models[Started.Version] = Started;
        }
        catch (InvalidDataException wrong)
        {
            throw new SettingException($"Le modèle de classement ne peut pas servir. {wrong.Message}");
        }
    }

    /// <summary>The model that the service was started with.</summary>
    public RankerModel Started { get; }

    /// <summary>Null for a version whose file is nowhere.</summary>
    public async Task<RankerModel?> FindAsync(DbConnection db, string version, CancellationToken ct)
    {
        if (models.TryGetValue(version, out var known))
        {
            return known;
        }

        var json = await db.QuerySingleOrDefaultAsync<string>(new CommandDefinition("select file_json from ranking_model where version = @version", new { version }, cancellationToken: ct));
        return json is null ? null : models.GetOrAdd(version, RankerModel.Read(json));
    }
}
