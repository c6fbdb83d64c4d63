using System.Runtime.InteropServices;

namespace Touchstone.Evaluators;

/// <summary>The voxels of one structure in one volume, as runs in the order of the file: all that is kept of a volume.</summary>
internal sealed class Mask
{
    private readonly List<Run> _runs = [];

    /// <summary>Voxels inside.</summary>
    public long Voxels { get; private set; }

    /// <summary>The smallest box around the voxels; meaningless when there are none.</summary>
    public Box Box { get; private set; } = new(int.MaxValue, int.MinValue, int.MaxValue, int.MinValue, int.MaxValue, int.MinValue);

    /// <summary>The runs, ordered by slice, row and place; they neither touch nor overlap.</summary>
    public ReadOnlySpan<Run> Runs => CollectionsMarshal.AsSpan(_runs);

    /// <summary>Appends a run, which must come after all others.</summary>
    /// <param name="run">Of at least one voxel.</param>
    public void Add(Run run)
    {
        _runs.Add(run);
        Voxels += run.Length;
        var box = Box;
        Box = new Box(
            Math.Min(box.X0, run.Start), Math.Max(box.X1, run.End - 1),
            Math.Min(box.Y0, run.Y), Math.Max(box.Y1, run.Y),
            Math.Min(box.Z0, run.Z), run.Z);
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
}
