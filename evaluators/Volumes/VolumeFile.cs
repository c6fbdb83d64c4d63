namespace Touchstone.Evaluators;

/// <summary>Reads what a volume's header says, without its voxels.</summary>
public static class VolumeFile
{
    /// <summary>Reads the geometry of a NIfTI or MetaImage file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="VolumeException">The file is missing or is not a volume.</exception>
    public static Geometry ReadGeometry(string path)
    {
        using var stream = VolumeStream.Open(path);
        return stream.Header.Geometry;
    }
}
