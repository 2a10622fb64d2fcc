using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Matching.Web.Platform.Mail;

/// <summary>
/// What to write: a subject, a few sentences, one action. Never a name of a person, a criterion nor anything else that a reader over the
/// shoulder must not learn: the page behind the link says it.
/// </summary>
/// <param name="ActionPath">Path on this site that the one button opens, from "/".</param>
/// <param name="DedupeKey">What makes this mail this one: the same key is sent once, whoever asks again. For example <c>relance-7:{link}</c>.</param>
public sealed partial record MailDraft(
    MailKind Kind, string Subject, IReadOnlyList<string> Sentences, string ActionLabel, string ActionPath, string DedupeKey)
{
    /// <summary>Null when the draft can be sent; else the French sentence for the administrator.</summary>
    public string? Fault =>
        Subject.Length == 0 || Sentences.Count == 0 || ActionLabel.Length == 0 || !ActionPath.StartsWith('/')
            ? "Le modèle de ce courriel est incomplet : il lui faut un objet, un texte et une action."
        : Sentences.Append(Subject).Append(ActionPath).Select(text => Unfilled().Match(text)).FirstOrDefault(match => match.Success) is { } found
            ? $"Le modèle de ce courriel n’a pas reçu la valeur du champ « {found.Groups[1].Value} »."
        : null;

    /// <summary>The plain text.</summary>
    public string ToText(string site, string footer) =>
        new StringBuilder("Bonjour,\n\n").AppendJoin("\n\n", Sentences).Append("\n\n").Append(ActionLabel).Append(" :\n").Append(site).Append(ActionPath)
            .Append("\n\n-- \n").Append(footer).Append('\n').ToString();

    /// <summary>The same in HTML, readable without images nor style sheets.</summary>
    public string ToHtml(string site, string footer)
    {
        var html = new StringBuilder("<!DOCTYPE html><html lang=\"fr\"><head><meta charset=\"utf-8\"><title>").Append(Written(Subject))
            .Append("</title></head><body style=\"font-family:sans-serif;font-size:16px;line-height:1.5;max-width:36em\"><p>Bonjour,</p>");
        foreach (var sentence in Sentences)
        {
            html.Append("<p>").Append(Written(sentence)).Append("</p>");
        }

        return html.Append("<p><a href=\"").Append(Written(site + ActionPath)).Append("\" style=\"display:inline-block;padding:10px 18px;background:#1f4e8c;color:#ffffff\">")
            .Append(Written(ActionLabel)).Append("</a></p><p style=\"color:#555555;font-size:14px\">").Append(Written(footer)).Append("</p></body></html>").ToString();
    }

    private static string Written(string text) => WebUtility.HtmlEncode(text);

    [GeneratedRegex(@"\{([\w .-]{1,40})\}")]
    private static partial Regex Unfilled();
}
