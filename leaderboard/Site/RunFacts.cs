using System.Globalization;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard.Site;

/// <summary>What a submission is and what it ran on.</summary>
internal static class RunFacts
{
    /// <summary>A section of facts; several values of one fact stand below each other.</summary>
    public static Html Section(Board board, Standing standing)
    {
        var results = board.CasesOf(standing).Select(pair => pair.Result).OfType<CaseResult>().ToArray();
        var entry = standing.Entry;
        return Html.Of($"""
            <section aria-labelledby="made">
            <h2 id="made">How this was made</h2>
            <dl class="made">
            <div><dt>Image</dt><dd><code>{entry.Image}</code></dd></div>
            <div><dt>Layout</dt><dd>{entry.Layout}</dd></div>
            <div><dt>Command</dt><dd><code>{string.Join(' ', entry.Command.Select(Quote))}</code></dd></div>
            <div><dt>Received</dt><dd>{Show.Time(entry.ReceivedAt)}</dd></div>
            <div><dt>Limits per case</dt>{Each(results.Select(result => Words(result.Limits)))}</div>
            <div><dt>Machine</dt>{Each(results.Select(result => Words(result.Machine)))}</div>
            <div><dt>Protocol</dt><dd>{board.Contest.Protocol} at {Show.Signed(board.Contest.ToleranceMm, "0.##")}
            mm</dd></div>
            <div><dt>Touchstone</dt>{Each(results.Select(result => result.Provenance.Touchstone))}</div>
            <div><dt>Manifest, SHA-256</dt>{Each(results.Select(result => result.Provenance.ManifestSha256), isCode:
            true)}</div>
            <div><dt>Challenge, SHA-256</dt>{Each(results.Select(result => result.Provenance.ChallengeSha256), isCode:
            true)}</div>
            </dl>
            </section>
            """);
    }

    private static IEnumerable<Html> Each(IEnumerable<string> values, bool isCode = false) => values
        .Distinct().Order(StringComparer.Ordinal).DefaultIfEmpty(Show.Undefined)
        .Select(value => isCode ? Html.Of($"<dd><code>{value}</code></dd>") : Html.Of($"<dd>{value}</dd>"));

    private static string Words(Limits limits) => string.Join(", ",
        $"{Show.Seconds(limits.WallSeconds)} s",
        $"{Show.Bytes(limits.MemoryBytes)} memory",
        $"{limits.Cpus.ToString("0.##", CultureInfo.InvariantCulture)} CPUs",
        Show.Count(limits.ProcessCount, "process", "processes"),
        $"{Show.Bytes(limits.OutputBytes)} output",
        limits.Gpu ? "GPU" : "no GPU");

    private static string Words(Machine machine) => string.Join(", ",
        machine.Cpu,
        Show.Count(machine.Cores, "core"),
        $"{Show.Bytes(machine.MemoryBytes)} memory",
        machine.Gpu ?? "no GPU",
        machine.OperatingSystem,
        machine.Engine);

    /// <summary>An argument as one would type it.</summary>
    internal static string Quote(string argument) =>
        argument.Length > 0 && argument.All(c => char.IsLetterOrDigit(c) || "-_./=:".Contains(c))
            ? argument
            : $"\"{argument}\"";
}
