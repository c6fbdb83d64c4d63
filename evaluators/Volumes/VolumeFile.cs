namespace Touchstone.Evaluators;

/// <summary>Reads what a volume's header says, and makes sure of its voxels without keeping them.</summary>
public static class VolumeFile
{
    /// <summary>The endings of files that can be read.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".nii.gz", ".nii", ".mha"];

    /// <summary>The name of a volume without its extension; null when it has none of a volume.</summary>
    /// <param name="name">A file's name.</param>
    public static string? StemOf(string name) =>
        Extensions.FirstOrDefault(end => name.EndsWith(end, StringComparison.Ordinal)) is { } extension ? name[..^extension.Length] : null;

    /// <summary>Reads the geometry of a NIfTI or MetaImage file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="VolumeException">The file is missing or is not a volume.</exception>
    public static Geometry ReadGeometry(string path)
    {
        using var stream = VolumeStream.Open(path);
        return stream.Header.Geometry;
    }

    /// <summary>Reads a file of one volume to its last byte: checksums hold, nothing is missing and nothing follows.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="VolumeException">That is not so.</exception>
    public static void RequireWhole(string path)
    {
        using var stream = VolumeStream.Open(path);
        if (stream.Header.Volumes != 1)
        {
            throw new VolumeException(VolumeFault.Unreadable, $"The file holds {stream.Header.Volumes} volumes; a CT is one.");
        }

        stream.ReadToEnd();
    }
}
