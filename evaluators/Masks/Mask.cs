using System.Buffers;

namespace Touchstone.Evaluators;

/// <summary>
/// The voxels of one structure in one volume, as runs in the order of the file: all that is kept of a volume. They lie in memory
/// borrowed from the pool.
/// </summary>
/// <param name="budget">What the side that the mask belongs to may hold.</param>
internal sealed class Mask(SurfaceBudget budget) : IDisposable
{
    private Run[] _runs = [];
    private int _count;
    private long _voxels;
    private (int First, int Last) _x = (int.MaxValue, int.MinValue);
    private (int First, int Last) _y = (int.MaxValue, int.MinValue);

    /// <summary>What the side that the mask belongs to may hold.</summary>
    public SurfaceBudget Budget => budget;

    /// <summary>Voxels inside.</summary>
    public long Voxels => _voxels;

    /// <summary>The smallest box around the voxels, of which there must be one.</summary>
    public Box Box => new(_x.First, _x.Last, _y.First, _y.Last, _runs[0].Z, _runs[_count - 1].Z);

    /// <summary>The runs, ordered by slice, row and place; they neither touch nor overlap.</summary>
    public ReadOnlySpan<Run> Runs => _runs.AsSpan(0, _count);

    /// <summary>Appends a run, which must come after all others.</summary>
    /// <param name="run">Of at least one voxel.</param>
    public void Add(Run run)
    {
        if (_count == _runs.Length)
        {
            PooledArray.Grow(ref _runs, _count, Math.Max(1 << 10, 2 * _count));
        }

        _runs[_count++] = run;
        _voxels += run.Length;
        _x.First = Math.Min(_x.First, run.Start);
        _x.Last = Math.Max(_x.Last, run.End - 1);
        _y.First = Math.Min(_y.First, run.Y);
        _y.Last = Math.Max(_y.Last, run.Y);
    }

    /// <summary>Voxels that are inside both of two masks on the same grid.</summary>
    /// <param name="reference">One mask.</param>
    /// <param name="prediction">The other.</param>
    public static long CountBoth(Mask reference, Mask prediction)
    {
        var a = reference.Runs;
        var b = prediction.Runs;
        long both = 0;
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            if (a[i].Row != b[j].Row)
            {
                _ = a[i].Row < b[j].Row ? i++ : j++;
                continue;
            }

            both += Math.Max(0, Math.Min(a[i].End, b[j].End) - Math.Max(a[i].Start, b[j].Start));
            _ = a[i].End < b[j].End ? i++ : j++;
        }

        return both;
    }

    /// <summary>Gives the memory back; no run is left.</summary>
    public void Dispose()
    {
        ArrayPool<Run>.Shared.Return(_runs);
        (_runs, _count) = ([], 0);
    }
}
