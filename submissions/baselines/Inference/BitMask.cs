namespace Touchstone.Baselines.Inference;

/// <summary>One truth value per voxel, a bit each.</summary>
/// <param name="count">Number of voxels.</param>
internal sealed class BitMask(int count)
{
    private readonly ulong[] _bits = new ulong[(count + 63) / 64];

    /// <summary>Whether a voxel is inside.</summary>
    /// <param name="index">From 0.</param>
    public bool this[int index]
    {
        get => (_bits[index >> 6] >> (index & 63) & 1) != 0;
        set
        {
            if (value)
            {
                _bits[index >> 6] |= 1UL << (index & 63);
            }
            else
            {
                _bits[index >> 6] &= ~(1UL << (index & 63));
            }
        }
    }

    /// <summary>Number of voxels.</summary>
    public int Count { get; } = count;

    /// <summary>Voxels inside.</summary>
    public long Inside => _bits.Sum(word => (long)ulong.PopCount(word));

    /// <summary>Sets consecutive voxels to where bytes have a value.</summary>
    /// <param name="start">First voxel.</param>
    /// <param name="bytes">One per voxel.</param>
    /// <param name="wanted">The value that means inside.</param>
    public void Set(int start, ReadOnlySpan<byte> bytes, byte wanted)
    {
        for (var i = bytes.IndexOf(wanted); i >= 0 && i < bytes.Length;)
        {
            this[start + i] = true;
            var next = bytes[(i + 1)..].IndexOf(wanted);
            i = next < 0 ? bytes.Length : i + 1 + next;
        }
    }
}
