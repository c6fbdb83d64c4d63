using System.Numerics;
using System.Runtime.InteropServices;

namespace Touchstone.Evaluators;

/// <summary>
/// Narrows stored numbers to labels of one byte and finds those that are none. The types that label maps are saved in are
/// vectorised; the others, and scaled ones, go through double one by one.
/// </summary>
internal static class LabelConversion
{
    private const int Stretch = 256;

    /// <summary>Converts voxels.</summary>
    /// <param name="header">How they are stored; bytes are in this machine's order already.</param>
    /// <param name="stored">The voxels as stored.</param>
    /// <param name="labels">As many labels; written.</param>
    /// <returns>Index of the first voxel that is no whole number from 0 to 255, after slope and intercept; -1 for none.</returns>
    public static int Convert(VolumeHeader header, ReadOnlySpan<byte> stored, Span<byte> labels)
    {
        if (!header.IsScaled)
        {
            switch (header.Type)
            {
                case VoxelType.UInt8:
                    stored.CopyTo(labels);
                    return -1;
                case VoxelType.Int16 or VoxelType.UInt16 when FromShorts(MemoryMarshal.Cast<byte, ushort>(stored), labels):
                case VoxelType.Int32 or VoxelType.UInt32 when FromInts(MemoryMarshal.Cast<byte, int>(stored), labels):
                case VoxelType.Float32 when FromFloats(MemoryMarshal.Cast<byte, float>(stored), labels):
                    return -1;
            }
        }

        return header.Type switch
        {
            VoxelType.UInt8 => OneByOne<byte>(header, stored, labels),
            VoxelType.Int8 => OneByOne<sbyte>(header, stored, labels),
            VoxelType.Int16 => OneByOne<short>(header, stored, labels),
            VoxelType.UInt16 => OneByOne<ushort>(header, stored, labels),
            VoxelType.Int32 => OneByOne<int>(header, stored, labels),
            VoxelType.UInt32 => OneByOne<uint>(header, stored, labels),
            VoxelType.Int64 => OneByOne<long>(header, stored, labels),
            VoxelType.UInt64 => OneByOne<ulong>(header, stored, labels),
            VoxelType.Float32 => OneByOne<float>(header, stored, labels),
            VoxelType.Float64 => OneByOne<double>(header, stored, labels),
        };
    }

    /// <summary>The value of one voxel, scaling applied.</summary>
    /// <param name="header">How it is stored.</param>
    /// <param name="stored">Its bytes, in this machine's order.</param>
    public static double ValueOf(VolumeHeader header, ReadOnlySpan<byte> stored)
    {
        var number = header.Type switch
        {
            VoxelType.UInt8 => stored[0],
            VoxelType.Int8 => (sbyte)stored[0],
            VoxelType.Int16 => MemoryMarshal.Read<short>(stored),
            VoxelType.UInt16 => MemoryMarshal.Read<ushort>(stored),
            VoxelType.Int32 => MemoryMarshal.Read<int>(stored),
            VoxelType.UInt32 => MemoryMarshal.Read<uint>(stored),
            VoxelType.Int64 => MemoryMarshal.Read<long>(stored),
            VoxelType.UInt64 => MemoryMarshal.Read<ulong>(stored),
            VoxelType.Float32 => MemoryMarshal.Read<float>(stored),
            VoxelType.Float64 => MemoryMarshal.Read<double>(stored),
        };
        return (number * header.Slope) + header.Intercept;
    }

    private static bool FromShorts(ReadOnlySpan<ushort> stored, Span<byte> labels)
    {
        var (seen, i) = (Vector<ushort>.Zero, 0);
        for (var n = Vector<ushort>.Count; i <= stored.Length - (2 * n); i += 2 * n)
        {
            var (low, high) = (new Vector<ushort>(stored[i..]), new Vector<ushort>(stored[(i + n)..]));
            seen |= low | high;
            Vector.Narrow(low, high).CopyTo(labels[i..]);
        }

        uint rest = 0;
        for (; i < stored.Length; i++)
        {
            rest |= stored[i];
            labels[i] = (byte)stored[i];
        }

        return rest <= byte.MaxValue && Vector.LessThanOrEqualAll(seen, new Vector<ushort>(byte.MaxValue));
    }

    private static bool FromInts(ReadOnlySpan<int> stored, Span<byte> labels)
    {
        var (seen, i) = (Vector<int>.Zero, 0);
        for (var n = Vector<int>.Count; i <= stored.Length - (4 * n); i += 4 * n)
        {
            seen |= Narrow(
                new(stored[i..]), new(stored[(i + n)..]), new(stored[(i + (2 * n))..]), new(stored[(i + (3 * n))..]),
                labels[i..]);
        }

        var rest = 0;
        for (; i < stored.Length; i++)
        {
            rest |= stored[i];
            labels[i] = (byte)stored[i];
        }

        return (uint)rest <= byte.MaxValue && AllBytes(seen);
    }

    private static bool FromFloats(ReadOnlySpan<float> stored, Span<byte> labels)
    {
        var (seen, whole, i) = (Vector<int>.Zero, new Vector<int>(-1), 0);
        for (var n = Vector<float>.Count; i <= stored.Length - (4 * n); i += 4 * n)
        {
            seen |= Narrow(
                Whole(new(stored[i..]), ref whole),
                Whole(new(stored[(i + n)..]), ref whole),
                Whole(new(stored[(i + (2 * n))..]), ref whole),
                Whole(new(stored[(i + (3 * n))..]), ref whole),
                labels[i..]);
        }

        var rest = true;
        for (; i < stored.Length; i++)
        {
            labels[i] = (byte)stored[i];
            rest &= labels[i] == stored[i];
        }

        return rest && whole == new Vector<int>(-1) && AllBytes(seen);
    }

    private static Vector<int> Whole(Vector<float> values, ref Vector<int> allWhole)
    {
        var integers = Vector.ConvertToInt32Native(values);
        allWhole &= Vector.Equals(Vector.ConvertToSingle(integers), values);
        return integers;
    }

    private static Vector<int> Narrow(Vector<int> a, Vector<int> b, Vector<int> c, Vector<int> d, Span<byte> labels)
    {
        Vector.Narrow(Vector.AsVectorUInt16(Vector.Narrow(a, b)), Vector.AsVectorUInt16(Vector.Narrow(c, d))).CopyTo(labels);
        return a | b | c | d;
    }

    private static bool AllBytes(Vector<int> seen) => (seen & new Vector<int>(~byte.MaxValue)) == Vector<int>.Zero;

    private static int OneByOne<T>(VolumeHeader header, ReadOnlySpan<byte> stored, Span<byte> labels)
        where T : unmanaged, INumber<T>
    {
        var numbers = MemoryMarshal.Cast<byte, T>(stored);
        for (var from = 0; from < numbers.Length; from += Stretch)
        {
            var some = numbers[from..Math.Min(from + Stretch, numbers.Length)];
            if (header.Intercept == 0 && MemoryMarshal.AsBytes(some).IndexOfAnyExcept((byte)0) < 0)
            {
                labels.Slice(from, some.Length).Clear();
                continue;
            }

            for (var i = 0; i < some.Length; i++)
            {
                var value = (double.CreateTruncating(some[i]) * header.Slope) + header.Intercept;
                var label = (byte)Math.Clamp(value, 0, 255);
                labels[from + i] = label;
                if (label != value)
                {
                    return from + i;
                }
            }
        }

        return -1;
    }
}
