namespace Touchstone.Leaderboard.Site;

/// <summary>Pieces that several pages share.</summary>
internal static class Parts
{
    /// <summary>The team, the method and a mark for baselines; linked to the entry's page.</summary>
    /// <param name="standing">The entry.</param>
    /// <param name="up">The way up from the page to the board's folder.</param>
    public static Html Who(Standing standing, string up) => Html.Of($"""
        <a class="who" href="{up}{Links.Submission(standing.Entry.Id)}">{standing.Entry.Name}</a>{Mark(standing)}
        <span class="team">{standing.Entry.Team}</span>
        """);

    /// <summary>
    /// The marks of a baseline, of an imported entry, and of one that trained on a dataset of the board.
    /// </summary>
    public static Html Mark(Standing standing) => Html.Join(
        standing.Entry.IsBaseline ? Html.Of($" <span class=\"tag\">baseline</span>") : Html.Empty,
        standing.Entry.Origin == Results.EntryOrigin.Imported
            ? Html.Of($" <span class=\"tag\">imported</span>") : Html.Empty,
        standing.ContaminatedOn.Count > 0
            ? Html.Of($" <span class=\"tag bad\">trained on {string.Join(", ", standing.ContaminatedOn)}</span>")
            : Html.Empty);

    /// <summary>A rank, with a medal's colour for participants on ranks 1 to 3.</summary>
    public static Html Rank(int? rank, Standing standing) => rank is 1 or 2 or 3 && !standing.Entry.IsBaseline
        ? Html.Of($"<span class=\"rank m{rank.Value}\">{rank.Value}</span>")
        : Html.Of($"<span class=\"rank\">{Show.Rank(rank, standing.Entry.IsBaseline)}</span>");

    /// <summary>A mean with its interval in words and as a drawing.</summary>
    public static Html Score(ScoreRow? row, Axis axis) => row?.Mean is null
        ? Html.Text(Show.Undefined)
        : Html.Of($"""
            <b>{Show.Percent(row.Mean)}</b> <span class="interval">{Show.Percent(row.Interval)}</span>
            {Sparks.Dot(row.Mean, row.Interval, axis)}
            """);

    /// <summary>A gap with its interval.</summary>
    public static Html Gap(Gap? gap) => gap?.Value is null
        ? Html.Text(Show.Undefined)
        : Html.Of($"<b>{Show.Percent(gap.Value)}</b> <span class=\"interval\">{Show.Percent(gap.Interval)}</span>");

    /// <summary>Scored of expected cases, as words and as a bar.</summary>
    public static Html Coverage(Coverage? coverage) => coverage is null
        ? Html.Text(Show.Undefined)
        : Html.Of($"{coverage.Scored}/{coverage.Expected} {Sparks.CoverageBar(coverage)}");

    /// <summary>How many cases went wrong, by ending.</summary>
    public static Html Failures(Coverage? coverage)
    {
        if (coverage is null or { Failed: 0, Missing: 0 })
        {
            return Html.Text("none");
        }

        var kinds = coverage.Endings.Where(pair => pair.Key != Results.Ending.Completed)
            .Select(pair => $"{Show.Signed(pair.Value, "0")} {Show.Ending(pair.Key)}");
        string[] missing = coverage.Missing > 0 ? [$"{Show.Signed(coverage.Missing, "0")} without result"] : [];
        return Html.Text(string.Join(", ", kinds.Concat(missing)));
    }

    /// <summary>A structure's name, linked, marked when it is a hard one.</summary>
    public static Html Structure(Contest contest, string name, string up) =>
        Html.Of($"<a href=\"{up}{Links.Structure(name)}\">{Show.Structure(contest, name)}</a>{Hard(contest, name)}");

    /// <summary>The mark of a structure that is hard to segment; nothing for others.</summary>
    public static Html Hard(Contest contest, string name) =>
        contest.IsHard(name) ? Html.Of($" <span class=\"tag hard\">hard</span>") : Html.Empty;

    /// <summary>Facts as a list of terms.</summary>
    public static Html Facts(params IEnumerable<(string Term, Html Value)> facts) => Html.Of(
        $"<dl class=\"facts\">{facts.Select(Fact)}</dl>\n");

    private static Html Fact((string Term, Html Value) fact) =>
        Html.Of($"<div><dt>{fact.Term}</dt><dd>{fact.Value}</dd></div>");

    /// <summary>The best score on a table and whose it is, the median entry's, and one dot per entry.</summary>
    public static Html[] Field(Board board, ScoreTable? table, Axis axis, string up)
    {
        var rows = table is null ? [] : table.Rows.Zip(board.Standings.Entries)
            .Where(pair => pair.First.Mean is not null).ToArray();
        if (rows.Length == 0)
        {
            return [Html.Text(Show.Undefined), Html.Empty, Html.Text(Show.Undefined), Html.Empty];
        }

        var best = rows.MaxBy(pair => pair.First.Mean!.Value);
        var median = Statistics.Describe.Median([.. rows.Select(pair => pair.First.Mean!.Value)]);
        return
        [
            Html.Of($"<b>{Show.Percent(best.First.Mean)}</b>"),
            Html.Of($"<a href=\"{up}{Links.Submission(best.Second.Entry.Id)}\">{best.Second.Entry.Name}</a>"),
            Html.Text(Show.Percent(median)),
            Sparks.Strip([.. rows.Select(pair => (pair.First.Mean!.Value, pair.Second.Entry.IsBaseline))], axis),
        ];
    }

    /// <summary>An axis around every interval of some tables.</summary>
    public static Axis AxisOf(params IEnumerable<ScoreTable?> tables) => Axis.Around(tables
        .Where(table => table is not null).SelectMany(table => table!.Rows)
        .SelectMany(row => new[] { row.Mean, row.Interval?.Low, row.Interval?.High }).OfType<double>());
}
