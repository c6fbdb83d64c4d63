using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
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

    /// <summary>Takes labels as they come out of a file.</summary>
    /// <param name="labels">Whole rows, lent for the call.</param>
    /// <param name="firstRow">Rows before them.</param>
    public delegate void Rows(ReadOnlySpan<byte> labels, long firstRow);

    /// <summary>Reads a label map to its end.</summary>
    /// <param name="stream">The file, at its first voxel.</param>
    /// <param name="masks">256 masks by label, filled; null for labels that nobody asks for.</param>
    /// <param name="budget">Counts the runs of the masks.</param>
    /// <returns>Voxels by label, of the labels that nobody asks for; that of the background is 0.</returns>
    /// <exception cref="VolumeException">The file is damaged, is no label map or has too many runs.</exception>
    public static IReadOnlyList<long> ReadLabels(VolumeStream stream, Mask?[] masks, SurfaceBudget budget)
    {
        var grid = stream.Header.Geometry.Grid;
        var scanner = new RunScanner(grid.Nx, grid.Ny, masks, budget);
        Read(stream, "labels are whole numbers from 0 to 255", RowsAtOnce(stream.Header), (labels, _) => scanner.Scan(labels));
        return scanner.OtherVoxels;
    }

    /// <summary>Reads a mask to its end.</summary>
    /// <param name="stream">The file, at its first voxel.</param>
    /// <param name="mask">Filled; stays empty when every voxel is 0.</param>
    /// <exception cref="VolumeException">The file is damaged, is no mask (see <see cref="MaskRule"/>) or has too many runs.</exception>
    public static void ReadMask(VolumeStream stream, Mask mask)
    {
        var grid = stream.Header.Geometry.Grid;
        var byLabel = new Mask?[256];
        var scanner = new RunScanner(grid.Nx, grid.Ny, byLabel, mask.Budget);
        var rule = new MaskRule(grid);
        Read(stream, MaskRule.Words, RowsAtOnce(stream.Header), (labels, firstRow) =>
        {
            rule.Require(labels, firstRow);
            byLabel[rule.Label] = mask;
            scanner.Scan(labels);
        });
    }

    /// <summary>Reads a file of labels to its end.</summary>
    /// <param name="stream">The file, at its first voxel.</param>
    /// <param name="what">What its voxels should be, for a message.</param>
    /// <param name="rowsAtOnce">Rows of one call; the last may have fewer.</param>
    /// <param name="take">Given all rows in their order.</param>
    /// <exception cref="VolumeException">The file is damaged, or a voxel is no whole number from 0 to 255.</exception>
    public static void Read(VolumeStream stream, string what, int rowsAtOnce, Rows take)
    {
        var header = stream.Header;
        if (header.Volumes != 1)
        {
            throw new VolumeException(VolumeFault.NotLabels, $"The file holds {header.Volumes} volumes; a mask is one.");
        }

        var grid = header.Geometry.Grid;
        var rowBytes = grid.Nx * header.VoxelBytes;
        var stored = ArrayPool<byte>.Shared.Rent(rowsAtOnce * rowBytes);
        var labels = ArrayPool<byte>.Shared.Rent(rowsAtOnce * grid.Nx);
        try
        {
            var rows = (long)grid.Ny * grid.Nz;
            for (long row = 0; row < rows; row += rowsAtOnce)
            {
                var count = (int)Math.Min(rowsAtOnce, rows - row);
                var chunk = stored.AsSpan(0, count * rowBytes);
                stream.Read(chunk);
                take(Labels(header, what, chunk, labels.AsSpan(0, count * grid.Nx), row), row);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(stored);
            ArrayPool<byte>.Shared.Return(labels);
        }

        stream.RequireEnd();
    }

    private static int RowsAtOnce(VolumeHeader header) =>
        Math.Max(1, ChunkBytes / (header.Geometry.Grid.Nx * header.VoxelBytes));

    private static ReadOnlySpan<byte> Labels(
        VolumeHeader header, string what, Span<byte> stored, Span<byte> labels, long firstRow)
    {
        if (header.Type == VoxelType.UInt8 && !header.IsScaled)
        {
            return stored;
        }

        ToMachineOrder(header, stored);
        var wrong = LabelConversion.Convert(header, stored, labels);
        if (wrong >= 0)
        {
            throw NotALabel(header, what, stored, wrong, firstRow);
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

    private static VolumeException NotALabel(
        VolumeHeader header, string what, ReadOnlySpan<byte> stored, int index, long firstRow)
    {
        var value = LabelConversion.ValueOf(header, stored.Slice(index * header.VoxelBytes, header.VoxelBytes));
        var cure = header.IsScaled
            ? FormattableString.Invariant(
                $"Its header has a slope of {Words(header.Slope)} and an intercept of {Words(header.Intercept)}: save it without (uint8).")
            : double.IsInteger(value)
                ? "Save it as uint8 with 0 outside."
                : "Save whole numbers (uint8): the arg max or what is above the threshold, not probabilities.";
        return new VolumeException(
            VolumeFault.NotLabels,
            $"Voxel {MaskRule.PlaceOf(header.Geometry.Grid, index, firstRow)} holds {Words(value)}; {what}. {cure}");
    }

    /// <summary>A number as people write it, but never as a whole one when it is none.</summary>
    private static string Words(double value)
    {
        var seven = value.ToString("g7", CultureInfo.InvariantCulture);
        var isWhole = double.IsInteger(value);
        return isWhole && Math.Abs(value) < 1e15 ? value.ToString("0", CultureInfo.InvariantCulture)
            : !isWhole && double.Parse(seven, CultureInfo.InvariantCulture) is var rounded && double.IsInteger(rounded)
                ? value.ToString("g", CultureInfo.InvariantCulture)
                : seven;
    }
}
