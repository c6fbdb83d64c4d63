namespace Touchstone.Evaluators;

/// <summary>
/// Counts the connected parts of a mask. Voxels that share a face, an edge or a corner are connected.
/// </summary>
internal static class Components
{
    /// <summary>Number of parts; 0 for an empty mask.</summary>
    /// <param name="mask">The voxels.</param>
    public static int Count(Mask mask)
    {
        var runs = mask.Runs;
        var parents = new int[runs.Length];
        var parts = runs.Length;
        ReadOnlySpan<int> earlierRows = [-1, -(1 << 16) - 1, -(1 << 16), -(1 << 16) + 1];
        Span<int> cursors = stackalloc int[earlierRows.Length];
        for (var i = 0; i < runs.Length; i++)
        {
            parents[i] = i;
            for (var earlier = 0; earlier < earlierRows.Length; earlier++)
            {
                parts -= Join(runs, parents, i, runs[i].Row + earlierRows[earlier], ref cursors[earlier]);
            }
        }

        return parts;
    }

    /// <summary>Joins a run with those of an earlier row that it touches.</summary>
    /// <param name="runs">All runs.</param>
    /// <param name="parents">The forest of runs joined so far.</param>
    /// <param name="current">The run.</param>
    /// <param name="row">The earlier row.</param>
    /// <param name="cursor">First run that may still matter to this run or a later one; moved on.</param>
    /// <returns>How many parts became one with another.</returns>
    private static int Join(ReadOnlySpan<Run> runs, Span<int> parents, int current, int row, ref int cursor)
    {
        var run = runs[current];
        while (runs[cursor].Row < row || (runs[cursor].Row == row && runs[cursor].End < run.Start))
        {
            cursor++;
        }

        var joined = 0;
        for (var i = cursor; i < current && runs[i].Row == row && runs[i].Start <= run.End; i++)
        {
            if (parents[i] == parents[current])
            {
                continue;
            }

            var (a, b) = (Root(parents, i), Root(parents, current));
            if (a != b)
            {
                parents[Math.Max(a, b)] = Math.Min(a, b);
                joined++;
            }
        }

        return joined;
    }

    private static int Root(Span<int> parents, int run)
    {
        while (parents[run] != run)
        {
            parents[run] = parents[parents[run]];
            run = parents[run];
        }

        return run;
    }
}
