namespace Touchstone.Evaluators;

/// <summary>Counts the voxels that several masks of one case claim at once.</summary>
internal static class Overlaps
{
    /// <summary>Voxels that are inside two masks or more.</summary>
    /// <param name="masks">Masks on one grid.</param>
    public static long Count(IEnumerable<Mask> masks)
    {
        var runs = new List<Run>();
        foreach (var mask in masks)
        {
            runs.AddRange(mask.Runs);
        }

        runs.Sort((a, b) => a.Row != b.Row ? a.Row.CompareTo(b.Row) : a.Start.CompareTo(b.Start));
        long overlapping = 0;
        var (row, claimedTo, countedTo) = (-1, 0, 0);
        foreach (var run in runs)
        {
            if (run.Row != row)
            {
                (row, claimedTo, countedTo) = (run.Row, 0, 0);
            }

            var end = Math.Min(run.End, claimedTo);
            overlapping += Math.Max(0, end - Math.Max(run.Start, countedTo));
            (claimedTo, countedTo) = (Math.Max(claimedTo, run.End), Math.Max(countedTo, end));
        }

        return overlapping;
    }
}
