using Touchstone.Leaderboard.Site;

namespace Touchstone.Leaderboard.Live;

/// <summary>A phase of a challenge on the first page.</summary>
public sealed record BoardLine
{
    /// <summary>Title of the challenge.</summary>
    public required string Challenge { get; init; }

    /// <summary>Id of the challenge.</summary>
    public required string ChallengeId { get; init; }

    /// <summary>Name of the phase.</summary>
    public required string Phase { get; init; }

    /// <summary>Whether it takes submissions, and until when, in words.</summary>
    public required string Dates { get; init; }

    /// <summary>Entries on its board; null where the reader may not know.</summary>
    public int? Entries { get; init; }

    /// <summary>Path of its board; null while it is not published to the reader.</summary>
    public string? Path { get; init; }

    /// <summary>Until when the board is for organisers only, in words; null when it is for everybody.</summary>
    public string? KeptBack { get; init; }

    /// <summary>Whether the reader may lay it open now.</summary>
    public bool CanRelease { get; init; }
}

/// <summary>The server's first page: every challenge with its phases and boards.</summary>
public static class HomePage
{
    private static readonly Column[] Columns =
    [
        new("Challenge", IsNumber: false), new("Phase", IsNumber: false), new("Submissions", IsNumber: false),
        new("Entries"), new("Board", IsNumber: false),
    ];

    /// <summary>The page.</summary>
    /// <param name="frame">Around it.</param>
    /// <param name="boards">In the order shown.</param>
    public static string Write(LiveFrame frame, IReadOnlyList<BoardLine> boards) => new LivePage
    {
        Path = "",
        Heading = "Challenges",
        Content = Html.Of($"""
            <div class="opening">
            <h1>Challenges</h1>
            <p class="lead">Segmentation of medical CT, measured in sealed containers on cases that nobody has seen. Every failed
            case counts, and stands beside the scores.</p>
            {(frame.Visitor is null
                ? Html.Of($"<p><a class=\"button\" href=\"/sign-in\">Sign in to submit</a></p>")
                : Html.Empty)}
            </div>
            <section aria-labelledby="boards">
            <h2 id="boards">Boards</h2>
            {DataTable.Make("Every phase of every challenge", Columns, header: 0, boards.Select(board => Line(frame, board)))}
            </section>
            """),
    }.Write(frame);

    private static Row Line(LiveFrame frame, BoardLine board) => new(
    [
        Html.Of($"<a href=\"/challenges/{board.ChallengeId}\">{board.Challenge}</a>"),
        Html.Text(board.Phase),
        Html.Text(board.Dates),
        Html.Text(board.Entries is { } entries ? Show.Signed(entries, "0") : Show.Undefined),
        Html.Join(Board(board), Release(frame, board)),
    ]);

    private static Html Board(BoardLine board)
    {
        var link = board.Path is { } path ? Html.Of($"<a href=\"{path}\">Leaderboard</a>") : Html.Text("not yet");
        return board.KeptBack is { } until
            ? Html.Of($"{link} <span class=\"tag bad\">kept back</span> <span class=\"detail\">{until}</span>")
            : link;
    }

    private static Html Release(LiveFrame frame, BoardLine board) => board.CanRelease
        ? Html.Of($"""
            <details><summary>Lay open</summary><p class="detail">Everybody then sees it. It cannot be taken back.</p>
            {Forms.Act(frame, $"/organiser/boards/{board.ChallengeId}/{board.Phase}/release", "Lay open",
                $"the board of {board.Challenge}, {board.Phase}")}</details>
            """)
        : Html.Empty;
}
