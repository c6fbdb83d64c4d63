using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;

namespace Touchstone.Harness.Transfer;

/// <summary>
/// How a study names its cases in a workspace. A study that an earlier build began there keeps that build's names, made
/// from the workspace's key, to its end: its finished jobs hold, and its other jobs go on as the finished ones ran.
/// </summary>
internal sealed class StudyNames
{
    private readonly Workspace _workspace;
    private readonly bool _isOld;

    private StudyNames(Workspace workspace, bool isOld) => (_workspace, _isOld) = (workspace, isOld);

    /// <summary>What fingerprints say of the rule; null for that of earlier builds, which had no such part.</summary>
    public string? Rule => _isOld ? null : InsideNames.PlaceRule;

    /// <summary>Finds the rule by the results that there are.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="folder">The study's folder in it.</param>
    /// <exception cref="InvalidDataException">A result is damaged.</exception>
    public static StudyNames Find(Workspace workspace, StudyFolder folder) => new(
        workspace, folder.ReadAll().FirstOrDefault() is { } first && !first.Fingerprint.ContainsKey(JobFingerprint.NamesPart));

    /// <summary>Refuses to run jobs of which two cases have one name; what has run can still be read.</summary>
    /// <param name="jobs">The jobs.</param>
    /// <exception cref="InvalidDataException">Two cases have one name.</exception>
    public void RequireDistinct(IReadOnlyList<PlannedJob> jobs) => CaseNames.RequireDistinct(
        jobs.SelectMany(job => job.Training.Concat(job.Validation).Concat(job.Test)).Distinct(), Pseudonym);

    /// <summary>The names of a job's cases in its container.</summary>
    /// <param name="job">The job.</param>
    public InsideNames Of(PlannedJob job) => _isOld ? InsideNames.Of(job, Pseudonym) : InsideNames.ByPlace(job);

    /// <summary>The name of a case in reports, where its dataset is hidden.</summary>
    /// <param name="one">The case.</param>
    public string Pseudonym(DatasetCase one) => Pseudonym(one.Dataset, one.Id);

    private string Pseudonym(string dataset, string id) =>
        _isOld ? _workspace.ShortPseudonym(dataset, id) : _workspace.Pseudonym(dataset, id);
}
