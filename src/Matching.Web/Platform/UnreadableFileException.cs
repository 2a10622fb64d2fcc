namespace Matching.Web.Platform;

/// <summary>A file that cannot be read as a whole, found while its rows are already flowing: the message is the French sentence to show.</summary>
public sealed class UnreadableFileException(string sentence) : Exception(sentence);
