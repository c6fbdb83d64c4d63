using System.Text;

namespace Touchstone.Leaderboard.Site;

/// <summary>
/// One file of a site. Its content is made when it is written, so that a site's files need not be in memory together.
/// </summary>
public sealed record SiteFile
{
    private readonly ReadOnlyMemory<byte>? _bytes;
    private readonly Action<Stream> _write;

    /// <summary>A file whose content is there.</summary>
    /// <param name="path">Relative to the site's root, with forward slashes.</param>
    /// <param name="content">The bytes.</param>
    public SiteFile(string path, ReadOnlyMemory<byte> content) =>
        (Path, _bytes, _write) = (path, content, stream => stream.Write(content.Span));

    /// <summary>A file whose content is made when it is wanted; each time anew, and always the same.</summary>
    /// <param name="path">Relative to the site's root, with forward slashes.</param>
    /// <param name="write">Writes it.</param>
    public SiteFile(string path, Action<Stream> write) => (Path, _write) = (path, write);

    /// <summary>Relative to the site's root, with forward slashes.</summary>
    public string Path { get; init; }

    /// <summary>The bytes, all in memory.</summary>
    public ReadOnlyMemory<byte> Content
    {
        get
        {
            if (_bytes is { } bytes)
            {
                return bytes;
            }

            using var made = new MemoryStream();
            _write(made);
            return made.ToArray();
        }
    }

    /// <summary>The content as text, all in memory.</summary>
    public string Text => Encoding.UTF8.GetString(Content.Span);

    /// <summary>A text file in UTF-8.</summary>
    /// <param name="path">Relative to the site's root, with forward slashes.</param>
    /// <param name="text">The text.</param>
    public static SiteFile OfText(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));

    /// <summary>A text file in UTF-8 whose text is made when it is wanted.</summary>
    /// <param name="path">Relative to the site's root, with forward slashes.</param>
    /// <param name="text">Makes the text.</param>
    internal static SiteFile OfText(string path, Func<string> text) =>
        new(path, stream => stream.Write(Encoding.UTF8.GetBytes(text())));

    /// <summary>Writes the content.</summary>
    /// <param name="stream">Where it goes; left open.</param>
    public void WriteTo(Stream stream) => _write(stream);
}
