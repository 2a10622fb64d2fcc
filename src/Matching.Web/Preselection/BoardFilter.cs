using Matching.Rules.Preselection;
using Matching.Web.Platform;

namespace Matching.Web.Preselection;

/// <summary>What the board shows, kept in its address and carried by its forms. What cannot be read filters nothing.</summary>
/// <param name="Awaited">Only those who wait for this one.</param>
public sealed record BoardFilter(bool IsList, PreselectionState? State, PreselectionActor? Awaited, Guid? Structure)
{
    public static BoardFilter Of(HttpRequest request) => Of(name => request.Query[name].ToString());

    public static BoardFilter Of(PostedForm form) => Of(name => form[$"filtre_{name}"]);

    public bool IsEmpty => State is null && Awaited is null && Structure is null;

    public bool Keeps(StoredPreselection person) =>
        (State is null || person.State == State) && (Awaited is null || Waits.In(person.State).For == Awaited)
        && (Structure is null || person.PoolId.Value == Structure);

    /// <summary>Name and value of each part that is set, as they stand in the address.</summary>
    public IEnumerable<(string Name, string Value)> Parts()
    {
        if (IsList)
        {
            yield return ("vue", "liste");
        }

        if (State is { } state)
        {
            yield return ("etat", state.Code());
        }

        if (Awaited is { } actor)
        {
            yield return ("attend", Waits.Awaited.Single(row => row.Actor == actor).Code);
        }

        if (Structure is { } structure)
        {
            yield return ("structure", structure.ToString());
        }
    }

    public string Address(Guid posting)
    {
        var query = string.Join('&', Parts().Select(part => $"{part.Name}={part.Value}"));
        return $"/offres/{posting}/preselections{(query.Length == 0 ? "" : "?")}{query}";
    }

    private static BoardFilter Of(Func<string, string> read) => new(
        read("vue") == "liste",
        PreselectionStates.TryParse(read("etat"), out var state) ? state : null,
        Waits.TryParse(read("attend"), out var actor) ? actor : null,
        Guid.TryParse(read("structure"), out var structure) ? structure : null);
}
