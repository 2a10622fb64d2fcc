using Matching.Rules.Hours;

namespace Matching.Web.Hours;

/// <summary>Codes of the API and words of the pages for the kinds and states of hours.</summary>
public static class HourWords
{
    public const string Work = "TRAVAIL";
    public const string Training = "FORMATION";

    public static HourKind? KindOf(string? code) => code switch
    {
        Work => HourKind.Work,
        Training => HourKind.Training,
        _ => null,
    };

    public static string CodeOf(HourKind kind) => kind == HourKind.Training ? Training : Work;

    public static string LabelOf(HourKind kind) => kind == HourKind.Training ? "Formation" : "Travail";

    public static string LabelOf(HourStatus status) => status switch
    {
        HourStatus.Validated => "Validée",
        HourStatus.Rejected => "Rejetée",
        HourStatus.Proved => "Justifiée, à valider",
        _ => "À valider",
    };

    public static string CodeOf(HourStatus status) => status switch
    {
        HourStatus.Validated => "VALIDEE",
        HourStatus.Rejected => "REJETEE",
        HourStatus.Proved => "JUSTIFIEE",
        _ => "DECLAREE",
    };
}
