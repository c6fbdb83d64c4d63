using Touchstone.Evaluators;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Harness.Checks;

/// <summary>Turns the result of a case, and what its container left, into facts.</summary>
/// <param name="workspace">Where it ran.</param>
/// <param name="rules">The rules, in an open phase.</param>
internal sealed class CaseReader(Workspace workspace, Challenge rules)
{
    /// <summary>A case without a result.</summary>
    /// <param name="one">The case.</param>
    /// <param name="reason">Why it has none.</param>
    public static CheckedCase NotRun(SampleCase one, string reason) => new()
    {
        Case = one.Case.Id,
        HasReference = one.HasReference,
        Voxels = [one.Geometry.Grid.Nx, one.Geometry.Grid.Ny, one.Geometry.Grid.Nz],
        SpacingMm = [one.Geometry.Grid.SpacingMm.X, one.Geometry.Grid.SpacingMm.Y, one.Geometry.Grid.SpacingMm.Z],
        Axes = one.Axes,
        CtDoubt = HeaderDoubts.Of(one.Geometry),
        Detail = reason,
    };

    /// <summary>A case with its result.</summary>
    /// <param name="one">The case.</param>
    /// <param name="entry">Whose container it was.</param>
    /// <param name="result">Its result.</param>
    public CheckedCase Read(SampleCase one, Submission entry, CaseResult result)
    {
        var contents = result.Ending == Ending.Completed ? ContentsOf(one, entry, result) : null;
        var report = ParticipantReport.Of(workspace, rules, result);
        return NotRun(one, result.EndingDetail) with
        {
            Pseudonym = result.Case.Pseudonym,
            Ending = result.Ending,
            ExitCode = result.ExitCode,
            Seconds = result.Timing.RunSeconds,
            LimitSeconds = result.Limits.WallSeconds,
            PeakMemoryBytes = result.Timing.PeakMemoryBytes,
            LimitMemoryBytes = result.Limits.MemoryBytes,
            LimitPeakBytes = result.Limits.MemoryBytes + (result.Limits.OutputBytes * (result.Timing.BatchCases ?? 1)),
            PeakGpuBytes = result.Gpu?.PeakBytes,
            Structures = [.. rules.Structures.Select(name => StructureOf(name, one, contents, result))],
            UnknownLabels = contents?.Unknown ?? [],
            MixUp = one.HasReference && contents is not null && rules.Logs == LogPolicy.Open ? MixUpOf(one, entry, result) : null,
            Log = report.Log,
            Hint = report.Hint,
        };
    }

    private CheckedStructure StructureOf(string name, SampleCase one, PredictionContents? contents, CaseResult result)
    {
        var score = one.HasReference ? result.Scores.FirstOrDefault(part => part.Structure == name) : null;
        return new CheckedStructure(
            name,
            ChallengeRules.LabelsOf(rules).LabelOf(name),
            contents?.Structures.GetValueOrDefault(name),
            score?.ReferenceVoxels,
            score?.Dsc,
            score?.Nsd);
    }

    /// <summary>Said of public cases alone, in phases that are open: elsewhere it would tell of the reference.</summary>
    private LabelMixUp? MixUpOf(SampleCase one, Submission entry, CaseResult result) => LabelMixUp.Find(
        CaseScoring.ReferenceOf(one.Case),
        StoredPrediction.Source(PredictionFolder(one, entry), result.Case.Pseudonym, entry.Layout, rules),
        result.Scores);

    private PredictionContents ContentsOf(SampleCase one, Submission entry, CaseResult result) =>
        PredictionContents.Read(PredictionFolder(one, entry), result.Case.Pseudonym, entry.Layout, rules);

    private string PredictionFolder(SampleCase one, Submission entry) =>
        Path.Combine(workspace.CasePath(entry.Id, one.Case.Dataset, one.Case.Id), "prediction");
}
