namespace Matching.Web.Platform.Mail;

/// <summary>Wakes the sender of this node when a mail was queued; the others look every few seconds.</summary>
public sealed class MailSignal : Bell;
