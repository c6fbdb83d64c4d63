using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Harness.Checks;

/// <summary>
/// A few lines of shell that look at an image from inside, as the sandbox's user: what is missing before any case can run.
/// </summary>
internal static class ContractProbe
{
    private const string Mark = "touchstone-probe ";
    private const int MostUnreadable = 20;

    // Plain POSIX shell, and nothing that is not built into it: an image may hold no other program.
    private const string Script =
        $$"""
        echo "{{Mark}}bash"
        command -v sh >/dev/null && echo "{{Mark}}sh"
        [ -r predict.sh ] && echo "{{Mark}}entry"
        for f in /workspace/* /workspace/*/*; do [ ! -e "$f" ] || [ -r "$f" ] || echo "{{Mark}}unreadable $f"; done
        exit 0
        """;

    /// <summary>The command of the container.</summary>
    public static IReadOnlyList<string> Command { get; } = [.. Submission.DefaultCommand.Take(2), Script];

    /// <summary>Reads what the container printed. Pure.</summary>
    /// <param name="result">How it ended.</param>
    /// <param name="log">What it printed.</param>
    /// <param name="needsEntry">Whether the entry is started by <c>predict.sh</c>.</param>
    public static CheckedStart Read(CaseResult result, string log, bool needsEntry)
    {
        var lines = log.Split('\n').Where(line => line.StartsWith(Mark, StringComparison.Ordinal))
            .Select(line => line[Mark.Length..]).ToList();
        return new CheckedStart
        {
            Seconds = (result.Timing.StartSeconds ?? 0) + result.Timing.RunSeconds,
            HasBash = lines.Contains("bash"),
            HasShell = lines.Contains("sh"),
            HasEntry = needsEntry ? lines.Contains("entry") : null,
            Unreadable =
            [
                .. lines.Where(line => line.StartsWith("unreadable ", StringComparison.Ordinal))
                    .Select(line => line["unreadable ".Length..]).Take(MostUnreadable),
            ],
            Detail = result.EndingDetail,
        };
    }
}
