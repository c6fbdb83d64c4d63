using Touchstone.Evaluators;
using Touchstone.Harness.Datasets;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Harness.Runs;

/// <summary>What scoring a case again came to.</summary>
public enum RescoreOutcome
{
    /// <summary>Its scores are of the present masks already.</summary>
    Current,

    /// <summary>The dataset has a new version, but this case's masks are the same: its scores were taken over.</summary>
    Unchanged,

    /// <summary>It was scored against corrected masks.</summary>
    Rescored,
}

/// <summary>
/// Scores kept predictions against corrected reference masks, without running a container. The run's own
/// <c>result.json</c> stays as it is; the new scores lie beside it, one file per reference version, and the newest holds.
/// How a case ended is never changed.
/// </summary>
public sealed class Rescoring(Workspace workspace, string manifestSha256, TimeProvider clock)
{
    /// <summary>Brings the scores of a case up to its present reference version.</summary>
    /// <param name="result">The result that holds now.</param>
    /// <param name="challenge">The rules of its entry.</param>
    /// <param name="item">The case, with the version and place of its masks.</param>
    /// <exception cref="InvalidDataException">
    /// The masks changed without a new version, the version went back, or the kept prediction is not the one of the run.
    /// </exception>
    /// <exception cref="DatasetFaultException">The masks cannot be used.</exception>
    public RescoreOutcome Rescore(CaseResult result, Challenge challenge, DatasetCase item)
    {
        var (before, now) = (result.Reference?.Version ?? 1, item.ReferenceVersion);
        var sha256 = ReferenceHash.Of(item);
        var isSame = result.Reference?.Sha256 == sha256;
        var where = $"{item.Dataset}/{item.Id}";
        if (before > now)
        {
            throw new InvalidDataException(
                $"{where} of {result.Entry.Id} was scored against reference version {before}, but the manifest has {now}: "
                + "versions only rise.");
        }

        if (before == now)
        {
            return isSame || result.Reference is null ? RescoreOutcome.Current : throw new InvalidDataException(
                $"The reference masks of {where} are not those that {result.Entry.Id} was scored against, and both are called "
                + $"version {now}: raise \"reference-version\" of {item.Dataset} in the manifest.");
        }

        var fresh = isSame ? result : Score(result, challenge, item);
        ResultFile.WriteRescored(workspace, fresh with
        {
            Schema = CaseResult.CurrentSchema, // with a checksum, whatever the run's own result has
            Reference = new ReferenceUse(now, sha256),
            RescoredAt = clock.GetUtcNow(),
            Provenance = new Provenance(MachineDescription.Build, manifestSha256, challenge.Sha256),
        });
        return isSame ? RescoreOutcome.Unchanged : RescoreOutcome.Rescored;
    }

    private CaseResult Score(CaseResult result, Challenge challenge, DatasetCase item)
    {
        var reference = CaseScoring.ReferenceOf(item);
        var layout = result.Entry.Layout == "folder" ? SubmissionLayout.Folder : SubmissionLayout.Flat;
        try
        {
            if (result.Ending != Ending.Completed)
            {
                return result with { Scores = CaseEvaluator.Inventory(reference, challenge.Structures).Structures };
            }

            var folder = OwnFolder.Below(workspace.CasePath(result.Entry.Id, item.Dataset, item.Id), "prediction");
            RequireKept(result, folder);
            var protocol = new Protocol { Name = result.Protocol, ToleranceMm = result.ToleranceMm };
            var prediction = StoredPrediction.Source(folder, result.Case.Pseudonym, layout, challenge);
            var score = CaseEvaluator.Score(reference, prediction, challenge.Structures, protocol);
            return result with { Scores = score.Structures, UnknownLabelVoxels = score.UnknownLabelVoxels };
        }
        catch (CaseException fault) when (fault.Side == CaseSide.Prediction)
        {
            throw new InvalidDataException(
                $"What {result.Entry.Id} left for {item.Dataset}/{item.Id} cannot be scored again: {fault.Message} Run the entry anew.",
                fault);
        }
        catch (CaseException fault)
        {
            throw new DatasetFaultException(item.Dataset, item.Id, item.SegmentationsPath, fault);
        }
    }

    /// <summary>A prediction that somebody touched since must not be scored under the entry's name.</summary>
    private static void RequireKept(CaseResult result, string folder)
    {
        foreach (var output in result.Outputs)
        {
            var path = Path.Combine(folder, output.Path);
            if (!File.Exists(path) || FileHash.Of(path) != output.Sha256)
            {
                throw new InvalidDataException($"{path} is not the prediction that the run left: it cannot be scored again.");
            }
        }
    }
}
