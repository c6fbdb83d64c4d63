using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Touchstone.Evaluators;

/// <summary>Reads the masks of a file in one pass, a few rows at a time: no volume is ever held.</summary>
internal static class MaskReader
{
    /// <summary>
    /// Bytes read at a time. Small enough that the voxels are still in the cache when they are scanned, which is what makes
    /// label maps decode at the speed of memcpy.
    /// </summary>
    private const int ChunkBytes = 256 << 10;

    /// <summary>Reads a file to its end.</summary>
    /// <param name="stream">The file, at its first voxel.</param>
    /// <param name="rule">What makes a voxel part of a mask.</param>
    /// <param name="masks">256 masks by label, filled; null for labels that nobody asks for.</param>
    /// <param name="budget">Counts the runs of the masks.</param>
    /// <returns>Voxels by label, of the labels that nobody asks for; that of the background is 0.</returns>
    /// <exception cref="VolumeException">The file is damaged, is no label map or has too many runs.</exception>
    public static IReadOnlyList<long> Read(VolumeStream stream, MaskRule rule, Mask?[] masks, SurfaceBudget budget)
    {
        var header = stream.Header;
        if (header.Volumes != 1)
        {
            throw new VolumeException(VolumeFault.NotLabels, $"The file holds {header.Volumes} volumes; a mask is one.");
        }

        var grid = header.Geometry.Grid;
        var rowBytes = grid.Nx * header.VoxelBytes;
        var rowsAtOnce = Math.Max(1, ChunkBytes / rowBytes);
        var stored = ArrayPool<byte>.Shared.Rent(rowsAtOnce * rowBytes);
        var labels = ArrayPool<byte>.Shared.Rent(rowsAtOnce * grid.Nx);
        var scanner = new RunScanner(grid.Nx, grid.Ny, masks, budget);
        try
        {
            var rows = (long)grid.Ny * grid.Nz;
            for (long row = 0; row < rows; row += rowsAtOnce)
            {
                var count = (int)Math.Min(rowsAtOnce, rows - row);
                var chunk = stored.AsSpan(0, count * rowBytes);
                stream.Read(chunk);
                scanner.Scan(Labels(header, rule, chunk, labels.AsSpan(0, count * grid.Nx), row));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(stored);
            ArrayPool<byte>.Shared.Return(labels);
        }

        stream.RequireEnd();
        return scanner.OtherVoxels;
    }

    private static ReadOnlySpan<byte> Labels(
        VolumeHeader header, MaskRule rule, Span<byte> stored, Span<byte> labels, long firstRow)
    {
        if (header.Type == VoxelType.UInt8 && !header.IsScaled
            && (rule == MaskRule.Label || stored.IndexOfAnyExceptInRange((byte)0, (byte)1) < 0))
        {
            return stored;
        }

        ToMachineOrder(header, stored);
        var wrong = LabelConversion.Convert(header, rule, stored, labels);
        if (wrong >= 0)
        {
            throw NotALabel(header, stored, wrong, firstRow);
        }

        return labels;
    }

    /// <summary>Turns stored numbers of several bytes into the order of this machine, in place.</summary>
    internal static void ToMachineOrder(VolumeHeader header, Span<byte> stored)
    {
        if (header.IsBigEndian != BitConverter.IsLittleEndian)
        {
            return;
        }

        switch (header.VoxelBytes)
        {
            case 2:
                var shorts = MemoryMarshal.Cast<byte, short>(stored);
                BinaryPrimitives.ReverseEndianness(shorts, shorts);
                break;
            case 4:
                var ints = MemoryMarshal.Cast<byte, int>(stored);
                BinaryPrimitives.ReverseEndianness(ints, ints);
                break;
            case 8:
                var longs = MemoryMarshal.Cast<byte, long>(stored);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
        }
    }

    private static VolumeException NotALabel(VolumeHeader header, ReadOnlySpan<byte> stored, int index, long firstRow)
    {
        var grid = header.Geometry.Grid;
        var value = LabelConversion.ValueOf(header, stored.Slice(index * header.VoxelBytes, header.VoxelBytes));
        var (z, y) = Math.DivRem(firstRow + (index / grid.Nx), grid.Ny);
        return new VolumeException(VolumeFault.NotLabels, FormattableString.Invariant(
            $"Voxel ({index % grid.Nx}, {y}, {z}) holds {value}; labels are whole numbers from 0 to 255."));
    }
}
