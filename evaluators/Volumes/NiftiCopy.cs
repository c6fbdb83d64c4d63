using System.IO.Compression;

namespace Touchstone.Evaluators;

/// <summary>Gives a volume of any kind that can be read as <c>.nii.gz</c>, voxels and values as they are.</summary>
public static class NiftiCopy
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>
    /// Copies a volume: NIfTI byte by byte, compressed where it is not; MetaImage with a NIfTI header of the same shape, place and
    /// scaling. The same file gives the same bytes.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="target">Where to.</param>
    /// <exception cref="VolumeException">The file is missing, damaged, or no volume.</exception>
    public static void Write(string path, Stream target)
    {
        VolumeFile.RequireWhole(path);
        using var file = File.OpenRead(path);
        var start = new byte[4];
        file.ReadExactly(start);
        file.Position = 0;
        if (start is [0x1f, 0x8b, ..])
        {
            file.CopyTo(target);
            return;
        }

        using var gzip = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true);
        if (MetaImageHeader.Begins(start))
        {
            CopyVoxels(path, gzip);
        }
        else
        {
            file.CopyTo(gzip);
        }
    }

    private static void CopyVoxels(string path, Stream target)
    {
        using var stream = VolumeStream.Open(path);
        var header = stream.Header;
        target.Write(NiftiWriter.Header(header));
        var left = (long)header.Geometry.Grid.VoxelCount * header.VoxelBytes;
        for (var chunk = new byte[ChunkBytes]; left > 0; left -= ChunkBytes)
        {
            var some = chunk.AsSpan(0, (int)Math.Min(left, ChunkBytes));
            stream.Read(some);
            MaskReader.ToMachineOrder(header, some);
            target.Write(some);
        }

        stream.RequireEnd();
    }
}
