namespace Touchstone.Baselines.Inference;

/// <summary>
/// Keeps the largest connected part of a mask; voxels that share a face, an edge or a corner are connected, as in SuPreM's
/// post-processing. Which of equally large parts stays is always the same one.
/// </summary>
internal static class LargestPart
{
    /// <summary>Removes all but the largest part.</summary>
    /// <param name="mask">Changed in place; the last axis fastest.</param>
    /// <param name="size">Voxels along each axis.</param>
    public static void Keep(BitMask mask, (int X, int Y, int Z) size)
    {
        var (runs, rows) = RunsOf(mask, size);
        var parents = Enumerable.Range(0, runs.Count).ToArray();
        for (var x = 0; x < size.X; x++)
        {
            for (var y = 0; y < size.Y; y++)
            {
                // The four rows before this one that touch it.
                var row = (x * size.Y) + y;
                Join(runs, rows, row, y > 0 ? row - 1 : row, size.Z, parents);
                Join(runs, rows, row, x > 0 && y > 0 ? row - size.Y - 1 : row, size.Z, parents);
                Join(runs, rows, row, x > 0 ? row - size.Y : row, size.Z, parents);
                Join(runs, rows, row, x > 0 && y < size.Y - 1 ? row - size.Y + 1 : row, size.Z, parents);
            }
        }

        var sizes = new long[runs.Count];
        for (var n = 0; n < runs.Count; n++)
        {
            sizes[Root(parents, n)] += runs[n].End - runs[n].Start;
        }

        var largest = Array.IndexOf(sizes, sizes.DefaultIfEmpty().Max());
        for (var n = 0; n < runs.Count; n++)
        {
            for (var at = runs[n].Start; Root(parents, n) != largest && at < runs[n].End; at++)
            {
                mask[at] = false;
            }
        }
    }

    /// <summary>Stretches along the last axis, and where each row's begin among them.</summary>
    private static (List<(int Start, int End)> Runs, int[] Rows) RunsOf(BitMask mask, (int X, int Y, int Z) size)
    {
        var runs = new List<(int Start, int End)>();
        var rows = new int[(size.X * size.Y) + 1];
        for (var row = 0; row < size.X * size.Y; row++)
        {
            rows[row] = runs.Count;
            var (at, end) = (row * size.Z, (row + 1) * size.Z);
            while (at < end)
            {
                for (; at < end && !mask[at]; at++)
                {
                }

                var start = at;
                for (; at < end && mask[at]; at++)
                {
                }

                if (start < at)
                {
                    runs.Add((start, at));
                }
            }
        }

        rows[^1] = runs.Count;
        return (runs, rows);
    }

    /// <summary>Joins the stretches of two rows that touch; a row and itself have none.</summary>
    private static void Join(List<(int Start, int End)> runs, int[] rows, int row, int other, int length, int[] parents)
    {
        var way = (row - other) * length;
        var (a, b) = (rows[row], rows[other]);
        while (way > 0 && a < rows[row + 1] && b < rows[other + 1])
        {
            var (one, two) = (runs[a], (Start: runs[b].Start + way, End: runs[b].End + way));
            if (one.Start <= two.End && two.Start <= one.End) // a corner is enough
            {
                parents[Root(parents, a)] = Root(parents, b);
            }

            if (one.End < two.End)
            {
                a++;
            }
            else
            {
                b++;
            }
        }
    }

    private static int Root(int[] parents, int n)
    {
        while (parents[n] != n)
        {
            n = parents[n] = parents[parents[n]];
        }

        return n;
    }
}
