using System.Globalization;
using Matching.Rules.Preselection;
using Matching.Web.Platform;

namespace Matching.Web.Preselection;

/// <summary>What the board shows, kept in its address and carried by its forms. What cannot be read filters nothing.</summary>
/// <param name="Awaited">Only those who wait for this one.</param>
/// <param name="Number">Which page of those whom the filter keeps; the first is 1.</param>
public sealed record BoardFilter(bool IsList, PreselectionState? State, PreselectionActor? Awaited, Guid? Structure, int Number = 1)
{
    /// <summary>More pages than any posting fills.</summary>
    private const int MaximumNumber = 1_000;

    public static BoardFilter Of(HttpRequest request) => Of(name => request.Query[name].ToString());

    public static BoardFilter Of(PostedForm form) => Of(name => form[$"filtre_{name}"]);

    public bool IsEmpty => State is null && Awaited is null && Structure is null;

    /// <summary>The states that it keeps.</summary>
    public IReadOnlyList<PreselectionState> States =>
        [.. PreselectionStates.All.Select(it => it.State).Where(state => (State is null || state == State) && (Awaited is null || Waits.In(state).For == Awaited))];

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

        if (Number > 1)
        {
            yield return ("page", Number.ToString(CultureInfo.InvariantCulture));
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
        Guid.TryParse(read("structure"), out var structure) ? structure : null,
        int.TryParse(read("page"), CultureInfo.InvariantCulture, out var number) && number is > 1 and <= MaximumNumber ? number : 1);
}
