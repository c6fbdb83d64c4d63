namespace Touchstone.Evaluators;

/// <summary>
/// Right shapes under wrong names or numbers: structures that score next to nothing as they are called, and would score if the same
/// labels were called otherwise. A guess, to be told to whoever may see the reference; no score ever follows it.
/// </summary>
public sealed record LabelMixUp
{
    private const double NearZero = 0.1;
    private const double Likeness = 0.3;

    /// <summary>
    /// Names of numberings by which the whole prediction fits better, all equally well; empty when none explains it.
    /// </summary>
    public required IReadOnlyList<string> Numberings { get; init; }

    /// <summary>Mean Dice over the structures that the reference holds, as they are called.</summary>
    public required double DscAsCalled { get; init; }

    /// <summary>The same mean, if they were called as this guess has it.</summary>
    public required double DscOtherwise { get; init; }

    /// <summary>Structures with the labels or masks that lie where they are; at least one.</summary>
    public required IReadOnlyList<Misplacement> Misplaced { get; init; }

    /// <summary>Looks into a case that was scored; reads it again only where something scored next to nothing.</summary>
    /// <param name="reference">The truth.</param>
    /// <param name="prediction">What was judged.</param>
    /// <param name="scores">What came out.</param>
    /// <returns>Null when another assignment would lift nothing, or a volume cannot be read again: a guess costs no score.</returns>
    public static LabelMixUp? Find(MaskSource reference, MaskSource prediction, IReadOnlyList<StructureScore> scores)
    {
        if (!scores.Any(one => one.ReferenceVoxels > 0 && 2.0 * one.BothVoxels < NearZero * (one.ReferenceVoxels + one.PredictionVoxels)))
        {
            return null;
        }

        try
        {
            return Of(
                OverlapMatrix.Read(reference, prediction, [.. scores.Select(one => one.Structure)]),
                prediction is MaskSource.LabelFile { Labels: var own } ? [.. LabelMaps.All.Where(map => map.Name != own.Name)] : []);
        }
        catch (Exception fault) when (fault is VolumeException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Judges overlaps. Pure.</summary>
    /// <param name="overlaps">The overlaps.</param>
    /// <param name="others">Numberings that may have been meant instead.</param>
    /// <returns>Null when another assignment would lift nothing.</returns>
    public static LabelMixUp? Of(OverlapMatrix overlaps, IReadOnlyList<LabelMap> others)
    {
        var called = Assigned(overlaps, (structure, part) => part.Structure == structure);
        var matched = Matched(overlaps, called);
        var misplaced = Lifted(overlaps, called, matched);
        if (misplaced.Count == 0)
        {
            return null;
        }

        var byMatch = Mean(overlaps, matched);
        // An exchange of two may happen to be another numbering's; more is no chance.
        var fitting = others
            .Select(map => (map.Name, Parts: Assigned(
                overlaps, (structure, part) => map.LabelOf(structure) is { } label && label == part.Label)))
            .Where(other => Lifted(overlaps, called, other.Parts).Count > 2 && Mean(overlaps, other.Parts) > byMatch - 0.01)
            .Select(other => (other.Name, other.Parts, Dsc: Mean(overlaps, other.Parts))).ToList();
        var best = fitting.Where(other => other.Dsc == fitting.Max(one => one.Dsc)).ToList();
        return new LabelMixUp
        {
            Numberings = [.. best.Select(other => other.Name)],
            DscAsCalled = Mean(overlaps, called),
            DscOtherwise = best.Count > 0 ? best[0].Dsc : byMatch,
            Misplaced = best.Count > 0 ? Lifted(overlaps, called, best[0].Parts) : misplaced,
        };
    }

    /// <summary>For every structure of the reference the part that a naming gives it; null for none.</summary>
    private static int?[] Assigned(OverlapMatrix overlaps, Func<string, PredictedPart, bool> isNamed) =>
    [
        .. overlaps.Reference.Select(one => overlaps.Prediction.Index()
            .Where(part => isNamed(one.Structure, part.Item)).Select(part => (int?)part.Index).FirstOrDefault()),
    ];

    /// <summary>As called, but that structures next to nothing get the parts that fit best, of those that fit nowhere as called.</summary>
    private static int?[] Matched(OverlapMatrix overlaps, int?[] called)
    {
        var matched = (int?[])called.Clone();
        var isTaken = new bool[overlaps.Prediction.Count];
        foreach (var (structure, part) in called.Index().Where(one => Dice(overlaps, one.Index, one.Item) >= NearZero))
        {
            isTaken[part!.Value] = true;
        }

        var isLifted = new bool[called.Length];
        var pairs = from structure in Enumerable.Range(0, called.Length)
                    where Dice(overlaps, structure, called[structure]) < NearZero
                    from part in Enumerable.Range(0, isTaken.Length)
                    let dice = overlaps.Dice(structure, part)
                    where dice >= Likeness
                    orderby dice descending
                    select (structure, part);
        foreach (var (structure, part) in pairs.Where(pair => !isTaken[pair.part]).ToList())
        {
            if (!isLifted[structure] && !isTaken[part])
            {
                (matched[structure], isLifted[structure], isTaken[part]) = (part, true, true);
            }
        }

        return matched;
    }

    private static IReadOnlyList<Misplacement> Lifted(OverlapMatrix overlaps, int?[] called, int?[] otherwise) =>
    [
        .. from structure in Enumerable.Range(0, called.Length)
           let asCalled = Dice(overlaps, structure, called[structure])
           where asCalled < NearZero && Dice(overlaps, structure, otherwise[structure]) >= Likeness
           let part = otherwise[structure]!.Value
           select new Misplacement(
               overlaps.Reference[structure].Structure, asCalled, overlaps.Prediction[part], overlaps.Dice(structure, part)),
    ];

    private static double Mean(OverlapMatrix overlaps, int?[] parts) =>
        parts.Index().Average(one => Dice(overlaps, one.Index, one.Item));

    private static double Dice(OverlapMatrix overlaps, int structure, int? part) =>
        part is { } place ? overlaps.Dice(structure, place) : 0;
}

/// <summary>A structure that lies under another name or number.</summary>
/// <param name="Structure">The structure of the reference.</param>
/// <param name="DscAsCalled">Its Dice with what is called so, [0, 1].</param>
/// <param name="Part">The label or mask that lies where it is.</param>
/// <param name="DscOtherwise">Its Dice with that, [0, 1].</param>
public sealed record Misplacement(string Structure, double DscAsCalled, PredictedPart Part, double DscOtherwise);
