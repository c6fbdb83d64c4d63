using Touchstone.Leaderboard.Site;

namespace Touchstone.Leaderboard.Live.Organiser;

/// <summary>The audit log, newest first.</summary>
public static class AuditPage
{
    /// <summary>The page.</summary>
    /// <param name="frame">Around it.</param>
    /// <param name="lines">A piece of the log, newest first.</param>
    /// <param name="before">Where older lines go on: their numbers are below it; null when there are none.</param>
    public static string Write(LiveFrame frame, IReadOnlyList<AuditLine> lines, long? before) => new LivePage
    {
        Path = "organiser/audit",
        Heading = "Audit log",
        Content = Html.Of($"""
            <div class="opening">
            <p class="kicker">For organisers</p>
            <h1>Audit log</h1>
            <p class="lead">Who did what to what, and when. Lines are added; none is ever changed or removed.</p>
            </div>
            <section aria-label="Audit log">
            {AuditTable.Make("Newest first", lines)}
            {(before is { } number
                ? Html.Of($"<p><a class=\"button\" href=\"/organiser/audit?before={Show.Signed(number, "0")}\">Older</a></p>")
                : Html.Empty)}
            </section>
            """),
    }.Write(frame);
}
