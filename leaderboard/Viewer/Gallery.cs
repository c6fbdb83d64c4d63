namespace Touchstone.Leaderboard.Viewer;

/// <summary>What the case viewer of a site needs besides its pages.</summary>
public sealed record Gallery
{
    /// <summary>Path of the library within the site.</summary>
    public const string LibraryPath = "lib/niivue.umd.js";

    /// <summary>Path of the library's licence, which must go with every copy.</summary>
    public const string NoticePath = "lib/niivue.LICENSE.txt";

    /// <summary>The library NiiVue, as a script that needs no module loader.</summary>
    public required ReadOnlyMemory<byte> Library { get; init; }

    /// <summary>The volumes, as <see cref="CaseFiles.Script"/> writes them, by their SHA-256.</summary>
    public required IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Volumes { get; init; }
}
