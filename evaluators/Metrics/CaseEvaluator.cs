using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Touchstone.Evaluators;

/// <summary>Scores one case.</summary>
public static class CaseEvaluator
{
    /// <summary>Compares a prediction with its reference, structure by structure.</summary>
    /// <param name="reference">The truth.</param>
    /// <param name="prediction">What is judged.</param>
    /// <param name="structures">Canonical names to score.</param>
    /// <param name="protocol">Which definition of the metrics.</param>
    /// <exception cref="ArgumentException">The protocol cannot be followed; see <see cref="Protocol.Validate"/>.</exception>
    /// <exception cref="CaseException">
    /// A volume is missing, damaged, no label map or mask, on another grid or has too much surface.
    /// </exception>
    public static CaseScore Score(
        MaskSource reference, MaskSource prediction, IReadOnlyList<string> structures, Protocol protocol) =>
        Score(reference, prediction, structures, protocol, threads: 1);

    /// <summary>Compares a prediction with its reference, structure by structure, with several threads.</summary>
    /// <param name="reference">The truth.</param>
    /// <param name="prediction">What is judged.</param>
    /// <param name="structures">Canonical names to score.</param>
    /// <param name="protocol">Which definition of the metrics.</param>
    /// <param name="threads">
    /// How many may work on the case, 1 or more. The numbers do not depend on it, to the last bit.
    /// </param>
    /// <exception cref="ArgumentException">As without <paramref name="threads"/>, or that is below 1.</exception>
    /// <exception cref="CaseException">As without <paramref name="threads"/>.</exception>
    public static CaseScore Score(
        MaskSource reference, MaskSource prediction, IReadOnlyList<string> structures, Protocol protocol, int threads) =>
        Score(reference, prediction, structures, protocol, threads, SurfaceLimits.Default);

    /// <summary>As the public methods do, with other limits on the surface of either side.</summary>
    internal static CaseScore Score(
        MaskSource reference,
        MaskSource prediction,
        IReadOnlyList<string> structures,
        Protocol protocol,
        int threads,
        SurfaceLimits limits)
    {
        protocol.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var names = Canonical(structures);
        var (truth, geometry, judged) = ReadBoth(reference, prediction, names, threads, limits);
        using var truthMasks = truth;
        using var judgedMasks = judged;
        var metrics = IStructureMetrics.Of(protocol, geometry.Grid.SpacingMm);
        var nothing = new Mask(new SurfaceBudget(CaseSide.Prediction, limits));
        string[] annotated = [.. names.Where(truth.Masks.ContainsKey)];
        var scores = new StructureScore[annotated.Length];
        ForEach(LargestFirst(annotated, truth, judged), threads, ScoreOne);
        var others = OtherLabel.Of(reference, truth, prediction, judged);
        return new CaseScore
        {
            SpacingMm = geometry.Grid.SpacingMm,
            Structures = scores,
            UnknownLabelVoxels = others.Where(one => one.Structure is null).Sum(one => one.PredictionVoxels),
            OtherLabels = others,
            OverlappingVoxels = prediction is MaskSource.MaskFolder ? Overlaps.Count(judged.Masks.Values) : null,
            Remarks =
            [
                .. truth.Doubts.Select(doubt => $"reference: {doubt}"),
                .. judged.Doubts.Except(truth.Doubts).Select(doubt => $"prediction: {doubt}"),
            ],
        };

        void ScoreOne(int index)
        {
            var name = annotated[index];
            var (wanted, found) = (truth.Masks[name], judged.Masks.GetValueOrDefault(name, nothing));
            scores[index] = metrics.Score(MaskComparison.Count(name, wanted, found, geometry.Grid), wanted, found);
        }
    }

    /// <summary>
    /// What the reference holds, for a case without a valid prediction: every metric null, volumes filled in.
    /// </summary>
    /// <param name="reference">The truth.</param>
    /// <param name="structures">Canonical names to score.</param>
    /// <exception cref="CaseException">The reference cannot be read.</exception>
    public static CaseScore Inventory(MaskSource reference, IReadOnlyList<string> structures)
    {
        var names = Canonical(structures);
        var (truth, geometry) = ReadReference(reference, names, SurfaceLimits.Default);
        using var truthMasks = truth;
        return new CaseScore
        {
            SpacingMm = geometry.Grid.SpacingMm,
            Structures =
            [
                .. names.Where(truth.Masks.ContainsKey)
                    .Select(name => MaskComparison.Inventory(name, truth.Masks[name], geometry.Grid)),
            ],
            UnknownLabelVoxels = 0,
        };
    }

    /// <summary>
    /// Reads both sides, at the same time where two threads may and the reference's header tells its grid.
    /// </summary>
    private static (MaskSet Truth, Geometry Geometry, MaskSet Judged) ReadBoth(
        MaskSource reference, MaskSource prediction, string[] names, int threads, SurfaceLimits limits)
    {
        if (threads == 1 || reference is not MaskSource.LabelFile file)
        {
            var (masks, grid) = ReadReference(reference, names, limits);
            return (masks, grid, ReadPrediction(prediction, names, grid, limits));
        }

        var geometry = Blaming(CaseSide.Reference, () => MaskSet.Held(file, VolumeFile.ReadGeometry(file.Path)));
        var judged = Task.Run(() => ReadPrediction(prediction, names, geometry, limits));
        try
        {
            return (ReadReference(reference, names, limits).Masks, geometry, judged.GetAwaiter().GetResult());
        }
        finally
        {
            // A fault of the reference goes first, but no file stays open behind it.
            ((IAsyncResult)judged).AsyncWaitHandle.WaitOne();
        }
    }

    private static MaskSet ReadPrediction(
        MaskSource prediction, string[] names, Geometry geometry, SurfaceLimits limits) => Blaming(
            CaseSide.Prediction,
            () => MaskSet.Read(prediction, names, geometry, new SurfaceBudget(CaseSide.Prediction, limits)));

    private static (MaskSet Masks, Geometry Geometry) ReadReference(
        MaskSource source, string[] names, SurfaceLimits limits) =>
        Blaming(CaseSide.Reference, () =>
        {
            var masks = MaskSet.Read(source, names, grid: null, new SurfaceBudget(CaseSide.Reference, limits));
            return masks.Geometry is { } geometry
                ? (masks, geometry)
                : throw new VolumeException(
                    VolumeFault.Missing, $"The reference has no mask of any of the {names.Length} structures asked for.");
        });

    /// <summary>Indices of structures, in an order in which no thread is left with a large one at the end.</summary>
    private static IEnumerable<int> LargestFirst(string[] names, MaskSet truth, MaskSet judged) =>
        Enumerable.Range(0, names.Length).OrderByDescending(
            index => truth.Masks[names[index]].Runs.Length + (judged.Masks.GetValueOrDefault(names[index])?.Runs.Length ?? 0));

    /// <summary>Does something for every index, in this order; of several faults, one of the reference goes first.</summary>
    private static void ForEach(IEnumerable<int> indices, int threads, Action<int> act)
    {
        try
        {
            Parallel.ForEach(
                Partitioner.Create(indices, EnumerablePartitionerOptions.NoBuffering),
                new ParallelOptions { MaxDegreeOfParallelism = threads },
                act);
        }
        catch (AggregateException several) when (several.InnerExceptions.All(fault => fault is CaseException))
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions.Cast<CaseException>().MinBy(fault => fault.Side)!);
        }
    }

    private static T Blaming<T>(CaseSide side, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (VolumeException fault) when (fault is not CaseException)
        {
            throw new CaseException(side, fault);
        }
    }

    private static string[] Canonical(IReadOnlyList<string> structures) =>
        [.. structures.Select(StructureNames.Canonical).Distinct()];
}
