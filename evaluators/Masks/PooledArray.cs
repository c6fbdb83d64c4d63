using System.Buffers;

namespace Touchstone.Evaluators;

/// <summary>Arrays borrowed from the pool that grow.</summary>
internal static class PooledArray
{
    /// <summary>Replaces an array by a larger one.</summary>
    /// <param name="array">Borrowed, or empty; given back.</param>
    /// <param name="kept">How many of its elements are taken over.</param>
    /// <param name="length">How long it must be at least; the pool rounds up to a power of two, so this doubles in the end.</param>
    public static void Grow<T>(ref T[] array, int kept, int length)
    {
        var larger = ArrayPool<T>.Shared.Rent(length);
        array.AsSpan(0, kept).CopyTo(larger);
        ArrayPool<T>.Shared.Return(array);
        array = larger;
    }
}
