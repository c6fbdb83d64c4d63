namespace Touchstone.Harness.Engine;

/// <summary>An image as the engine holds it: the parts of <c>GET /images/{name}/json</c> that matter here.</summary>
public sealed record ImageDetails
{
    /// <summary>
    /// The id by which it is run: the digest of its configuration, or of its manifest with containerd's store.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>Names that point at it.</summary>
    public IReadOnlyList<string>? RepoTags { get; init; }

    /// <summary>Registry names with digest under which it was pulled.</summary>
    public IReadOnlyList<string>? RepoDigests { get; init; }

    /// <summary>Processor in Go's spelling.</summary>
    public string Architecture { get; init; } = "";

    /// <summary>Operating system in Go's spelling.</summary>
    public string Os { get; init; } = "";

    /// <summary>Unpacked size in bytes.</summary>
    public long Size { get; init; }

    /// <summary>Its layers.</summary>
    public ImageLayers? RootFS { get; init; }

    /// <summary>Where its layers are; null or without folders with containerd's store.</summary>
    public GraphDriver? GraphDriver { get; init; }

    /// <summary>Settings that the image asks for; null when it asks for none.</summary>
    public ImageSettings? Config { get; init; }
}

/// <summary>One line of a list of images.</summary>
/// <param name="Id">As in <see cref="ImageDetails"/>.</param>
/// <param name="RepoTags">Names that point at it.</param>
public sealed record ImageListing(string Id, IReadOnlyList<string>? RepoTags);

/// <summary>Layers of an image.</summary>
/// <param name="Layers">Digests of them unpacked, lowest first.</param>
public sealed record ImageLayers(IReadOnlyList<string>? Layers);

/// <summary>Where an engine keeps an image.</summary>
/// <param name="Data">Folders of its machine by name, such as <c>LowerDir</c>, several separated by colons.</param>
public sealed record GraphDriver(IReadOnlyDictionary<string, string>? Data);

/// <summary>What an image asks for itself. Written by a participant.</summary>
public sealed record ImageSettings
{
    /// <summary>Environment, <c>NAME=value</c> each.</summary>
    public IReadOnlyList<string>? Env { get; init; }

    /// <summary>Paths that would be writable volumes on the engine's disk.</summary>
    public IReadOnlyDictionary<string, EmptyObject>? Volumes { get; init; }

    /// <summary>Labels, which its containers inherit.</summary>
    public IReadOnlyDictionary<string, string?>? Labels { get; init; }
}

/// <summary>The API's empty object.</summary>
public sealed record EmptyObject;
