namespace Touchstone.Submissions;

/// <summary>The content digest of a container image, <c>sha256:</c> and 64 hexadecimal digits. A tag cannot become one.</summary>
public sealed record ImageDigest
{
    private ImageDigest(string value) => Value = value;

    /// <summary>The digest, in lower case.</summary>
    public string Value { get; }

    /// <summary>The first twelve digits, for people.</summary>
    public string Abbreviated => Value[7..19];

    /// <summary>Reads a digest.</summary>
    /// <param name="text">Such as <c>sha256:0123…</c>.</param>
    /// <exception cref="SubmissionException"><see cref="SubmissionFault.ImageNotPinned"/>: anything else.</exception>
    public static ImageDigest Parse(string text) =>
        text.Length == 71 && text.StartsWith("sha256:", StringComparison.Ordinal) && text[7..].All(char.IsAsciiHexDigitLower)
            ? new ImageDigest(text)
            : throw new SubmissionException(
                SubmissionFault.ImageNotPinned, $"\"{text}\" is no image digest (sha256: and 64 lower-case hexadecimal digits).");

    /// <inheritdoc/>
    public override string ToString() => Value;
}
