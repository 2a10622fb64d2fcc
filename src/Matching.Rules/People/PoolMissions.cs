using System.Globalization;

namespace Matching.Rules.People;

/// <summary>The missions of a row that ended well, which count only as far as the person agreed to it.</summary>
internal static class PoolMissions
{
    /// <summary>Without the person's agreement nothing is kept: the row is right, and says what it lost.</summary>
    /// <param name="bornOn">The default day when it could not be read.</param>
    public static AgreedMissions? Read(PoolCells cells, DateOnly bornOn)
    {
        var agreedOn = cells.PastDay(PoolColumns.MissionsAgreedOn, bornOn);
        var missions = cells.List(PoolColumns.GoodMissions).Select(part => ReadMission(cells, part, bornOn)).OfType<GoodMission>().ToList();
        switch (agreedOn, missions.Count)
        {
            case (null, > 0) when cells[PoolColumns.MissionsAgreedOn].Length == 0:
                cells.Warn(PoolColumns.GoodMissions, "Laissées de côté : la date de l’accord de la personne manque.", "Demander son accord à la personne, puis remplir accord_missions_le.");
                return null;
            case ({ }, 0) when cells[PoolColumns.GoodMissions].Length == 0:
                cells.Warn(PoolColumns.MissionsAgreedOn, "Laissée de côté : aucune mission n’est écrite.", "Remplir missions_reussies, ou vider cette case.");
                return null;
            case ({ } agreed, > 0):
                SayEarly(cells, agreed, missions);
                return new AgreedMissions(agreed, missions);
            default:
                return null;
        }
    }

    // An agreement may have been asked for while the mission went on: it is kept, and said.
    private static void SayEarly(PoolCells cells, DateOnly agreedOn, List<GoodMission> missions)
    {
        foreach (var mission in missions.Where(mission => mission.End > agreedOn))
        {
            cells.Warn(PoolColumns.GoodMissions, "À vérifier : la personne a donné son accord avant la fin de cette mission.",
                "Corriger la fin de la mission ou la date de l’accord, si l’une des deux est fausse.", $"{mission.Title}:{mission.End.ToString("yyyy-MM", CultureInfo.InvariantCulture)}");
        }
    }

    private static GoodMission? ReadMission(PoolCells cells, string text, DateOnly bornOn)
    {
        const string Mend = "Écrire métier:fin, par exemple F1703:2026-03.";
        var parts = text.Split(':', StringSplitOptions.TrimEntries);
        if (parts.Length != 2 || parts[0].Length == 0 || parts[1].Length == 0)
        {
            return Refused("On ne reconnaît pas le métier et le mois de fin.", Mend);
        }

        if (!WrittenDays.TryReadMonth(parts[1], out var end))
        {
            return Refused("La fin n’est pas un mois qui existe.", Mend);
        }

        if (end > cells.Context.Day)
        {
            return Refused("Cette mission n’est pas terminée : sa fin est dans l’avenir.", "Corriger l’année, ou l’écrire une fois terminée.");
        }

        if (end.AddMonths(1) <= bornOn)
        {
            return Refused("Cette mission se termine avant la naissance de la personne.", "Vérifier l’année.");
        }

        var read = PoolWords.Title(parts[0], cells.Context);
        if (read.Certainty == PoolWords.Certainty.WrongCode)
        {
            PoolWork.FailCode(cells, PoolColumns.GoodMissions, parts[0]);
        }
        else if (PoolWords.Held(read) is null)
        {
            cells.Warn(PoolColumns.GoodMissions, "Gardée, mais elle ne compte pas : le métier n’est pas reconnu avec certitude.", "Écrire le code ROME.", text);
        }

        return new GoodMission(parts[0], PoolWords.Held(read), end);

        GoodMission? Refused(string wrong, string mend)
        {
            cells.Fail(PoolColumns.GoodMissions, wrong, mend, text);
            return null;
        }
    }
}
