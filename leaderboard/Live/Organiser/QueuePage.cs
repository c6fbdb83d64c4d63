using Touchstone.Leaderboard.Site;

namespace Touchstone.Leaderboard.Live.Organiser;

/// <summary>The organiser's first page: what runs, what waits, what needs a person.</summary>
public static class QueuePage
{
    private const int SecondsBetweenLooks = 15;

    /// <summary>The page.</summary>
    /// <param name="frame">Around it.</param>
    /// <param name="view">What is shown.</param>
    public static string Write(LiveFrame frame, QueueView view) => new LivePage
    {
        Path = "organiser",
        Heading = "Queue",
        RefreshSeconds = SecondsBetweenLooks,
        Content = Html.Of($"""
            <div class="opening">
            <p class="kicker">For organisers</p>
            <h1>Queue</h1>
            <p class="state" role="status"><span class="tag {(view.IsWorking ? "good" : "bad")}">{(
                view.IsWorking ? "at work" : "nobody works")}</span> {view.Worker}</p>
            </div>
            {Section("queue", "Running and waiting", "In the order in which they are taken", view.Queue)}
            {Section("failed", "Failed on our side", "Free of charge for their teams; run them again when the machine is well", view.Failed)}
            {Section("recent", "Ended last", "Newest first", view.Recent)}
            """),
    }.Write(frame);

    private static Html Section(string id, string heading, string caption, IReadOnlyList<AttemptSummary> attempts) =>
        Html.Of($"""
            <section aria-labelledby="{id}">
            <h2 id="{id}">{heading}</h2>
            {AttemptTable.Make(caption, attempts, withTeam: true)}
            </section>

            """);
}
