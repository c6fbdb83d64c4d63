using Touchstone.Evaluators;

namespace Touchstone.Harness.Evaluation;

/// <summary>What came of a case: scores, or why there are none.</summary>
/// <param name="Case">The case.</param>
/// <param name="Score">Its scores; null when it was rejected.</param>
/// <param name="Reason">Why it was rejected; null when it was scored.</param>
internal sealed record EvaluatedCase(EvaluationCase Case, CaseScore? Score, string? Reason)
{
    /// <summary>What there was to find, for a case whose prediction was rejected; null also when its reference was.</summary>
    public CaseScore? Inventory { get; init; }

    /// <summary>What was wrong with a volume of a rejected case; null for anything else.</summary>
    public VolumeFault? Fault { get; private init; }

    /// <summary>Right shapes under wrong names, if they are; null also for a rejected case.</summary>
    public LabelMixUp? MixUp { get; private init; }

    /// <summary>Scores cases, several at once; memory grows with how many at once, not with how many in all.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="protocol">Which definition of the metrics.</param>
    /// <param name="threads">How many at once.</param>
    /// <param name="finished">Told of each case that is done, from any thread.</param>
    /// <param name="stop">Ends the work between cases.</param>
    /// <returns>One for each case, in their order.</returns>
    public static IReadOnlyList<EvaluatedCase> All(
        IReadOnlyList<EvaluationCase> cases,
        Protocol protocol,
        int threads,
        Action<EvaluatedCase> finished,
        CancellationToken stop)
    {
        var results = new EvaluatedCase[cases.Count];
        Parallel.For(
            0,
            cases.Count,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = stop },
            index => finished(results[index] = Of(cases[index], protocol)));
        return results;
    }

    /// <summary>The label of a structure in this case; null when each structure has a file of its own.</summary>
    /// <param name="structure">Canonical name.</param>
    public byte? LabelOf(string structure) => (Case.Reference as MaskSource.LabelFile)?.Labels.LabelOf(structure);

    private static EvaluatedCase Of(EvaluationCase one, Protocol protocol)
    {
        IReadOnlyList<string> structures = [];
        try
        {
            structures = StructuresOf(one);
            if (one.Missing is { } missing)
            {
                return Rejected(one, structures, $"prediction: {missing}", VolumeFault.Missing);
            }

            var score = CaseEvaluator.Score(one.Reference, one.Prediction, structures, protocol);
            return new EvaluatedCase(one, score, Reason: null)
            {
                MixUp = LabelMixUp.Find(one.Reference, one.Prediction, score.Structures),
            };
        }
        catch (CaseException fault) when (fault.Side == CaseSide.Prediction)
        {
            return Rejected(one, structures, $"prediction: {fault.Message}{CureOf(fault.Fault)}", fault.Fault);
        }
        catch (VolumeException fault)
        {
            return new EvaluatedCase(one, Score: null, $"reference: {fault.Message}{CureOf(fault.Fault)}") { Fault = fault.Fault };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Rejected(one, structures, fault.Message, fault: null);
        }
    }

    private static EvaluatedCase Rejected(
        EvaluationCase one, IReadOnlyList<string> structures, string reason, VolumeFault? fault)
    {
        try
        {
            return new EvaluatedCase(one, Score: null, reason)
            {
                Inventory = CaseEvaluator.Inventory(one.Reference, structures),
                Fault = fault,
            };
        }
        catch (VolumeException other)
        {
            return new EvaluatedCase(one, Score: null, $"{reason} reference: {other.Message}") { Fault = fault };
        }
        catch (Exception other) when (other is IOException or UnauthorizedAccessException)
        {
            return new EvaluatedCase(one, Score: null, other.Message);
        }
    }

    private static string CureOf(VolumeFault fault) => fault == VolumeFault.SeveralLabels
        ? " If it is a label volume, say with --labels what its numbers mean."
        : "";

    /// <summary>What is scored: what the labels name, what there are masks of, or both.</summary>
    private static IReadOnlyList<string> StructuresOf(EvaluationCase one) => (one.Reference, one.Prediction) switch
    {
        (MaskSource.LabelFile file, _) => [.. file.Labels.Structures.OrderBy(pair => pair.Key).Select(pair => pair.Value)],
        (MaskSource.MaskFolder folder, MaskSource.LabelFile file) =>
            [.. folder.FindMasks().Keys.Where(name => file.Labels.LabelOf(name) is not null)],
        (MaskSource.MaskFolder folder, _) => [.. folder.FindMasks().Keys],
        _ => throw new ArgumentException($"No structures of {one.Reference.GetType().Name}.", nameof(one)),
    };
}
