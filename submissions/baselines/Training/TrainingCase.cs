using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Touchstone.Baselines.Inference;

namespace Touchstone.Baselines.Training;

/// <summary>
/// A prepared case to cut windows from: brightness and labels of its voxels, in memory or in a file, and how many voxels to choose from lie
/// before each row.
/// </summary>
internal sealed class TrainingCase
{
    private readonly int[] _foregroundBefore;
    private readonly int[] _backgroundBefore;
    private readonly float[]? _brightness;
    private readonly ushort[]? _labels;
    private readonly SafeFileHandle? _file;
    private readonly long _start;

    /// <summary>Takes over what was prepared.</summary>
    /// <param name="ct">The case's.</param>
    /// <param name="labels">One per kept voxel.</param>
    /// <param name="file">Where to put the voxels; null to keep them in memory.</param>
    /// <param name="start">First byte in that file.</param>
    public TrainingCase(PreparedCt ct, ushort[] labels, SafeFileHandle? file, long start)
    {
        Size = ct.Box.Size;
        var rows = Size.X * Size.Y;
        (_foregroundBefore, _backgroundBefore) = (new int[rows + 1], new int[rows + 1]);
        for (var row = 0; row < rows; row++)
        {
            var (inside, outside) = Count(ct.Brightness, labels, row);
            _foregroundBefore[row + 1] = _foregroundBefore[row] + inside;
            _backgroundBefore[row + 1] = _backgroundBefore[row] + outside;
        }

        if (file is null)
        {
            (_brightness, _labels) = (ct.Brightness, labels);
            return;
        }

        (_file, _start) = (file, start);
        RandomAccess.Write(file, MemoryMarshal.AsBytes(ct.Brightness.AsSpan()), start);
        RandomAccess.Write(file, MemoryMarshal.AsBytes(labels.AsSpan()), start + ((long)labels.Length * sizeof(float)));
    }

    /// <summary>Voxels along each axis.</summary>
    public (int X, int Y, int Z) Size { get; }

    /// <summary>Bytes that a case of this many voxels takes in memory.</summary>
    /// <param name="voxels">How many.</param>
    public static long BytesFor(long voxels) => voxels * (sizeof(float) + sizeof(ushort));

    /// <summary>
    /// A voxel at random, as MONAI's RandCropByPosNegLabel chooses centres: one of a structure, or one of none that is brighter than 0. Where
    /// there is none of the wanted kind the other is taken.
    /// </summary>
    /// <param name="isForeground">Which kind.</param>
    /// <param name="random">Moves on by one number.</param>
    public (int X, int Y, int Z) Choose(bool isForeground, SeededStream random)
    {
        isForeground = isForeground ? _foregroundBefore[^1] > 0 : _backgroundBefore[^1] == 0;
        var before = isForeground ? _foregroundBefore : _backgroundBefore;
        var rank = (int)random.Next(Math.Max(1, before[^1]));
        var row = Array.BinarySearch(before, rank + 1);
        row = row < 0 ? ~row - 1 : FirstOf(before, row) - 1;
        var (brightness, labels) = Cut(row, 0, Size.Z);
        var left = rank - before[row];
        for (var z = 0; z < Size.Z; z++)
        {
            var isInside = labels.Span[z] != 0;
            if ((isForeground ? isInside : !isInside && brightness.Span[z] > 0) && left-- == 0)
            {
                return (row / Size.Y, row % Size.Y, z);
            }
        }

        return (Size.X / 2, Size.Y / 2, Size.Z / 2); // a case of nothing but darkness
    }

    /// <summary>Some voxels of a row along the last axis.</summary>
    /// <param name="row">x · size of y + y.</param>
    /// <param name="start">First voxel.</param>
    /// <param name="count">How many.</param>
    public (ReadOnlyMemory<float> Brightness, ReadOnlyMemory<ushort> Labels) Cut(int row, int start, int count)
    {
        var at = (row * Size.Z) + start;
        if (_file is null)
        {
            return (_brightness.AsMemory(at, count), _labels.AsMemory(at, count));
        }

        var (brightness, labels) = (new float[count], new ushort[count]);
        var whole = (long)Size.X * Size.Y * Size.Z;
        Read(_file, MemoryMarshal.AsBytes(brightness.AsSpan()), _start + ((long)at * sizeof(float)));
        Read(_file, MemoryMarshal.AsBytes(labels.AsSpan()), _start + (whole * sizeof(float)) + ((long)at * sizeof(ushort)));
        return (brightness, labels);
    }

    private static void Read(SafeFileHandle file, Span<byte> bytes, long at)
    {
        for (var done = 0; done < bytes.Length;)
        {
            var read = RandomAccess.Read(file, bytes[done..], at + done);
            done += read > 0 ? read : throw new EndOfStreamException("A cached case was cut short.");
        }
    }

    // Rows without voxels repeat the number; the first of equal ones is the row's end.
    private static int FirstOf(int[] before, int at)
    {
        while (at > 0 && before[at - 1] == before[at])
        {
            at--;
        }

        return at;
    }

    private (int Inside, int Outside) Count(float[] brightness, ushort[] labels, int row)
    {
        var (inside, outside) = (0, 0);
        for (var n = row * Size.Z; n < (row + 1) * Size.Z; n++)
        {
            inside += labels[n] != 0 ? 1 : 0;
            outside += labels[n] == 0 && brightness[n] > 0 ? 1 : 0;
        }

        return (inside, outside);
    }
}
