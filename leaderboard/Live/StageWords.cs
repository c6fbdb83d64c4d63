using Touchstone.Leaderboard.Site;

namespace Touchstone.Leaderboard.Live;

/// <summary>How attempts and times are told to readers.</summary>
internal static class StageWords
{
    /// <summary>Whether it may still change by itself.</summary>
    public static bool IsAlive(AttemptStage stage) =>
        stage is AttemptStage.Waiting or AttemptStage.Checking or AttemptStage.Running;

    /// <summary>A stage as a mark.</summary>
    public static Html Tag(AttemptStage stage)
    {
        var kind = stage switch
        {
            AttemptStage.Finished => "good",
            AttemptStage.Rejected or AttemptStage.Failed or AttemptStage.Disqualified => "bad",
            AttemptStage.Running or AttemptStage.Checking => "hard",
            AttemptStage.Waiting or AttemptStage.Cancelled => "",
        };
        return Html.Of($"<span class=\"tag {kind}\">{Name(stage)}</span>");
    }

    /// <summary>A stage in a word.</summary>
    public static string Name(AttemptStage stage) => stage.ToString().ToLowerInvariant();

    /// <summary>A length of time, to two units: <c>3 h 20 min</c>.</summary>
    public static string Length(TimeSpan time) => time switch
    {
        { TotalSeconds: < 60 } => $"{Show.Signed(Math.Max(1, Math.Ceiling(time.TotalSeconds)), "0")} s",
        { TotalMinutes: < 60 } => $"{Show.Signed(Math.Ceiling(time.TotalMinutes), "0")} min",
        { TotalHours: < 24 } => $"{time.Hours} h {time.Minutes} min",
        _ => $"{Show.Signed(time.Days, "0")} d {time.Hours} h",
    };

    /// <summary>A moment to come: the time, and how long that is.</summary>
    public static string Ahead(DateTimeOffset now, DateTimeOffset then) =>
        then <= now ? "now" : $"{Show.Time(then)}, in {Length(then - now)}";

    /// <summary>An ordinal place in the queue: first is next.</summary>
    public static string Place(int place) => place == 1 ? "next in the queue" : $"number {Show.Signed(place, "0")} in the queue";
}
