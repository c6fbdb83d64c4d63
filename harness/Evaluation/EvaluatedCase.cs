using Touchstone.Evaluators;

namespace Touchstone.Harness.Evaluation;

/// <summary>What came of a case: scores, or why there are none.</summary>
/// <param name="Case">The case.</param>
/// <param name="Score">Its scores; null when it was rejected.</param>
/// <param name="Reason">Why it was rejected; null when it was scored.</param>
internal sealed record EvaluatedCase(EvaluationCase Case, CaseScore? Score, string? Reason)
{
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
        try
        {
            return new EvaluatedCase(
                one, CaseEvaluator.Score(one.Reference, one.Prediction, StructuresOf(one.Reference), protocol), Reason: null);
        }
        catch (CaseException fault)
        {
            var side = fault.Side == CaseSide.Reference ? "reference" : "prediction";
            return new EvaluatedCase(one, Score: null, $"{side}: {fault.Message}");
        }
        catch (VolumeException fault)
        {
            return new EvaluatedCase(one, Score: null, $"reference: {fault.Message}"); // its structures could not be listed
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new EvaluatedCase(one, Score: null, fault.Message);
        }
    }

    private static IReadOnlyList<string> StructuresOf(MaskSource reference) => reference switch
    {
        MaskSource.LabelFile file => [.. file.Labels.Structures.OrderBy(one => one.Key).Select(one => one.Value)],
        MaskSource.MaskFolder folder => [.. folder.FindMasks().Keys],
        _ => throw new ArgumentException($"No structures of {reference.GetType().Name}.", nameof(reference)),
    };
}
