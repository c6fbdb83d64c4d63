using System.Text;
using Touchstone.Harness.Sandbox;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Harness.Runs;

/// <summary>
/// What a participant may see of one case, as a type of its own: a member that is not here cannot leak. In private phases
/// nothing of it but the exit code is the container's choice.
/// </summary>
public sealed record ParticipantReport
{
    /// <summary>Most of a log that is shown, in bytes.</summary>
    public const int LogBytes = 16 << 10;

    /// <summary>
    /// The only name of the case that participants know: the one that the container saw. Earlier builds gave the beginning of
    /// the present one.
    /// </summary>
    public required string Case { get; init; }

    /// <summary>How it ended, a code of the closed list.</summary>
    public required Ending Ending { get; init; }

    /// <summary>The ending in words; see <see cref="Verdict.DetailFor"/>.</summary>
    public required string Detail { get; init; }

    /// <summary>Exit code; null when it was killed at the time limit.</summary>
    public required int? ExitCode { get; init; }

    /// <summary>The case's time limit in seconds.</summary>
    public required double LimitSeconds { get; init; }

    /// <summary>The memory limit in bytes.</summary>
    public required long LimitMemoryBytes { get; init; }

    /// <summary>The limit of the output folder in bytes.</summary>
    public required long LimitOutputBytes { get; init; }

    /// <summary>The cleaned end of what the container printed; null in private phases, and where nothing was kept.</summary>
    public required string? Log { get; init; }

    /// <summary>
    /// What a failure probably came of, and what helps: made of the other members and the challenge's limits, and of nothing
    /// else. Null when nobody can say.
    /// </summary>
    public string? Hint { get; init; }

    /// <summary>
    /// The reports of an entry's cases, in the order of the results. Where two short names of an earlier build are the same,
    /// the present ones stand in their place.
    /// </summary>
    /// <param name="workspace">Where it ran.</param>
    /// <param name="challenge">The rules in the entry's phase, whose log policy decides.</param>
    /// <param name="results">Its results.</param>
    /// <exception cref="InvalidDataException">Two cases have one name.</exception>
    public static IReadOnlyList<ParticipantReport> OfAll(
        Workspace workspace, Challenge challenge, IReadOnlyList<CaseResult> results)
    {
        CaseNames.RequireDistinct(results.Select(one => (one.Case.Dataset, one.Case.Case)), workspace.Pseudonym);
        var shared = results.CountBy(one => one.Case.Pseudonym).Where(count => count.Value > 1).Select(count => count.Key).ToHashSet();
        return
        [
            .. results.Select(one => Of(workspace, challenge, one) is var report && shared.Contains(report.Case)
                ? report with { Case = workspace.Pseudonym(one.Case.Dataset, one.Case.Case) }
                : report),
        ];
    }

    /// <summary>The report of a case that has its result.</summary>
    /// <param name="workspace">Where it ran.</param>
    /// <param name="challenge">The rules in the entry's phase, whose log policy decides.</param>
    /// <param name="result">Its result.</param>
    public static ParticipantReport Of(Workspace workspace, Challenge challenge, CaseResult result)
    {
        var report = Without(workspace, challenge, result);
        return report with
        {
            Hint = FailureHint.For(report.Ending, report.ExitCode, report.Log, challenge.Limits, result.Limits.Gpu),
        };
    }

    private static ParticipantReport Without(Workspace workspace, Challenge challenge, CaseResult result) => new()
    {
        Case = result.Case.Pseudonym,
        Ending = result.Ending,
        Detail = result.EndingDetail,
        ExitCode = result.ExitCode,
        LimitSeconds = result.Limits.WallSeconds,
        LimitMemoryBytes = result.Limits.MemoryBytes,
        LimitOutputBytes = result.Limits.OutputBytes,
        Log = challenge.Logs == LogPolicy.Open
            ? Tail(Path.Combine(workspace.CasePath(result.Entry.Id, result.Case.Dataset, result.Case.Case), "container.log"))
            : null,
    };

    /// <summary>Cleaned once more: the file may be older than the rule.</summary>
    private static string? Tail(string path)
    {
        if (!File.Exists(path) || RegularFile.Fault(path) is not null)
        {
            return null;
        }

        var text = LogText.Clean(File.ReadAllBytes(path));
        return Encoding.UTF8.GetByteCount(text) <= LogBytes ? text : LogText.Clean(Encoding.UTF8.GetBytes(text).AsSpan(^LogBytes..));
    }
}
