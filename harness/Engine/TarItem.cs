namespace Touchstone.Harness.Engine;

/// <summary>What an entry of a tar archive is.</summary>
public enum TarItemKind
{
    /// <summary>A file with content.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A second name of a file.</summary>
    HardLink,

    /// <summary>A pointer to another name.</summary>
    SymbolicLink,

    /// <summary>A device or a pipe.</summary>
    Special,
}

/// <summary>One entry of a tar archive.</summary>
/// <param name="Name">Path as written, without a trailing slash.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Length">Bytes of content; 0 for all but files.</param>
/// <param name="Target">Where a link points, as written; empty otherwise.</param>
public sealed record TarItem(string Name, TarItemKind Kind, long Length, string Target)
{
    /// <summary>Whether it is a pipe, of what is <see cref="TarItemKind.Special"/>.</summary>
    public bool IsPipe { get; init; }

    /// <summary>Whether it brings attributes by which overlay file systems work, which only an engine sets.</summary>
    public bool HasOverlayAttributes { get; init; }
}
