using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Touchstone.Evaluators;

/// <summary>
/// Writes NIfTI-1 volumes (`.nii.gz`): little-endian, sform and qform codes 2 and 0 (both 0 where the geometry has no place), spacing
/// in millimetres.
/// </summary>
public static class NiftiWriter
{
    private const int HeaderBytes = 352;

    /// <summary>Writes one label per voxel as uint8.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="geometry">Shape and place of the voxels.</param>
    /// <param name="labels">One label per voxel of the grid.</param>
    /// <exception cref="ArgumentException">The number of voxels is not the grid's.</exception>
    public static void Write(string path, Geometry geometry, ReadOnlySpan<byte> labels) =>
        Write(path, geometry, labels, dataType: 2, bytesPerVoxel: 1);

    /// <summary>Writes Hounsfield units as int16.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="geometry">Shape and place of the voxels.</param>
    /// <param name="hounsfield">One value per voxel of the grid.</param>
    /// <exception cref="ArgumentException">The number of voxels is not the grid's.</exception>
    public static void Write(string path, Geometry geometry, ReadOnlySpan<short> hounsfield) =>
        Write(path, geometry, MemoryMarshal.AsBytes(hounsfield), dataType: 4, bytesPerVoxel: 2);

    /// <summary>One byte per voxel as the bytes of a file, as small as they get.</summary>
    /// <param name="geometry">Shape and place of the voxels.</param>
    /// <param name="voxels">One per voxel of the grid.</param>
    /// <param name="slope">Factor from byte to value.</param>
    /// <param name="intercept">Added after that.</param>
    /// <exception cref="ArgumentException">The number of voxels is not the grid's.</exception>
    public static byte[] Encode(Geometry geometry, ReadOnlySpan<byte> voxels, double slope = 1, double intercept = 0)
    {
        Require(geometry, voxels, bytesPerVoxel: 1);
        using var file = new MemoryStream();
        using (var gzip = new GZipStream(file, CompressionLevel.SmallestSize))
        {
            var header = Header(geometry, dataType: 2, bytesPerVoxel: 1);
            Floats(header, 112, slope, intercept);
            gzip.Write(header);
            gzip.Write(voxels);
        }

        return file.ToArray();
    }

    /// <summary>The header of voxels that are stored as another file has them.</summary>
    /// <param name="other">What that file says of them; they are written little-endian.</param>
    internal static byte[] Header(VolumeHeader other)
    {
        var header = Header(other.Geometry, (short)other.Type, (short)other.VoxelBytes);
        Floats(header, 112, other.Slope, other.Intercept);
        return header;
    }

    private static void Write(string path, Geometry geometry, ReadOnlySpan<byte> voxels, short dataType, short bytesPerVoxel)
    {
        Require(geometry, voxels, bytesPerVoxel);
        using var file = File.Create(path);
        using var gzip = new GZipStream(file, CompressionLevel.Fastest);
        gzip.Write(Header(geometry, dataType, bytesPerVoxel));
        gzip.Write(voxels);
    }

    private static void Require(Geometry geometry, ReadOnlySpan<byte> voxels, int bytesPerVoxel)
    {
        if (voxels.Length != (long)geometry.Grid.VoxelCount * bytesPerVoxel)
        {
            throw new ArgumentException(
                $"The grid has {geometry.Grid.VoxelCount} voxels, the data {voxels.Length / bytesPerVoxel}.", nameof(geometry));
        }
    }

    private static byte[] Header(Geometry geometry, short dataType, short bytesPerVoxel)
    {
        var (grid, affine) = geometry;
        var header = new byte[HeaderBytes];
        BinaryPrimitives.WriteInt32LittleEndian(header, 348);
        Shorts(header, 40, 3, checked((short)grid.Nx), checked((short)grid.Ny), checked((short)grid.Nz), 1, 1, 1, 1);
        Shorts(header, 70, dataType, (short)(8 * bytesPerVoxel));
        Floats(header, 76, 1, grid.SpacingMm.X, grid.SpacingMm.Y, grid.SpacingMm.Z, 1, 1, 1, 1);
        Floats(header, 108, HeaderBytes, 1, 0);
        header[123] = 2; // xyzt_units: millimetres
        Shorts(header, 252, 0, (short)(geometry.HasPlace ? 2 : 0));
        Row(header, 280, affine.X);
        Row(header, 296, affine.Y);
        Row(header, 312, affine.Z);
        "n+1\0"u8.CopyTo(header.AsSpan(344));
        return header;
    }

    private static void Row(byte[] header, int at, AffineRow row) => Floats(header, at, row.I, row.J, row.K, row.Offset);

    private static void Shorts(byte[] header, int at, params ReadOnlySpan<short> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(at + (2 * i)), values[i]);
        }
    }

    private static void Floats(byte[] header, int at, params ReadOnlySpan<double> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(header.AsSpan(at + (4 * i)), (float)values[i]);
        }
    }
}
