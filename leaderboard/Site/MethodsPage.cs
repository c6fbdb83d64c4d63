using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard.Site;

/// <summary>What each number means, with the numbers that this board was made with.</summary>
internal static class MethodsPage
{
    /// <summary>What is under the masthead.</summary>
    public static Html Content(Board board) => Html.Of($"""
        <div class="opening">
        <h1>What the numbers mean</h1>
        <p class="lead">Every mean and every rank can be computed again from <a href="data/scores.csv">the scores</a>
        and <a href="data/cases.csv">the endings</a> by the rules below.</p>
        </div>
        {Scores(board)}
        {Worth()}
        {Means(board)}
        {RankRules(board)}
        {Time()}
        {Hidden()}
        """);

    private static Html Scores(Board board) => Html.Of($"""
        <section class="prose" aria-labelledby="scores">
        <h2 id="scores">Scores</h2>
        <p>Protocol <code>{board.Contest.Protocol}</code>, tolerance {Show.Signed(board.Contest.ToleranceMm, "0.##")}
        mm. Implementations of the same measure differ by tens of points on the same masks, so no score here exists
        without its protocol.</p>
        <dl class="made">
        <div><dt>DSC</dt><dd>Dice similarity coefficient: twice the common volume over the sum of both volumes. 0 is
        worst, 100 % is best.</dd></div>
        <div><dt>NSD</dt><dd>Normalised surface Dice: the share of both surfaces that lies within the tolerance of the
        other one. 0 is worst, 100 % is best.</dd></div>
        <div><dt>Undefined</dt><dd>A structure that is absent from the reference and rightly not found has no score: 0
        divided by 0. It is left out of means, and never counts as 0 or as 1.</dd></div>
        <div><dt>False positives</dt><dd>A structure that is absent from the reference but found has DSC 0 and NSD 0 by
        the protocol. The volume found is shown on the structure's page.</dd></div>
        <div><dt>Not annotated</dt><dd>A structure without a reference mask on a case is not scored on that case. What
        is annotated on a case is known from the results of any entry on it; a case that nobody has run yet counts for
        nobody.</dd></div>
        </dl>
        </section>
        """);

    private static Html Worth() => Html.Of($"""
        <section class="prose" aria-labelledby="worth">
        <h2 id="worth">Failed and missing cases</h2>
        <p>Every entry is expected to do every case. A case that timed out, ran out of memory, crashed, left no valid
        prediction, or has no result at all, counts with the worst value, DSC 0 and NSD 0, for every structure annotated
        on it. So failing on hard cases never pays, and entries are always compared on the same cases. The column
        “Scored” shows how many cases ended with a valid prediction; the page of a submission shows how each of the
        others ended. Failures of our own machines are repeated and never counted.</p>
        </section>
        """);

    private static Html Means(Board board) => Html.Of($"""
        <section class="prose" aria-labelledby="means">
        <h2 id="means">Means and intervals</h2>
        <p>The score of a structure is its mean over cases. The score over structures is the <em>macro mean</em>: the
        {(board.Standings.Weights is null
            ? "mean of the structures' means, so that a structure annotated on few cases weighs as much as any other"
            : "weighted mean of the structures' means, on however many cases each is annotated; the rules of this challenge "
                + $"state the weights: {StructureWeights.Words(board.Standings.Weights)}. Means over the structures of one case have "
                + "the same weights")}. Its
        standard deviation, quartiles and median, which are in the downloads, are those of the means of the cases.
        Standard deviations have n − 1 in the denominator; quantiles are interpolated linearly (type 7).</p>
        <p>Intervals are {board.Level} % bootstrap percentile intervals of the statistic shown: cases are drawn with
        replacement {board.Standings.Options.Resamples} times (seed {board.Standings.Options.Seed}), the same draws for
        every entry. They tell how much the number would move with other patients from the same hospitals, and not how
        much cases differ.</p>
        <p>IID cases come from hospitals that contributed training data, OOD cases from hospitals that did not. The gap
        is the IID mean minus the OOD mean in points of percent; its interval resamples both groups independently.</p>
        </section>
        """);

    private static Html RankRules(Board board) => Html.Of($"""
        <section class="prose" aria-labelledby="ranks">
        <h2 id="ranks">Ranks</h2>
        <p>{Show.Ranked(board.Standings)} All cases count. Values that are equal, or differ by nothing but
        the rounding of sums, share the better rank and the next rank is skipped: 1, 2, 2, 4. Ranks are among participants. The organisers' baselines stand
        where they would, with that rank in brackets, and move nobody down. An entry that declares training data which
        overlap a dataset is shown there, marked, and not ranked.</p>
        <p>Beside it stand every other scheme and the agreement between them: <a href="sensitivity.html">how firm the ranks
        are</a>. Where the schemes disagree, the order is not firm.</p>
        <p>A tier is a group of entries that the tests cannot tell from their leader: going down the ranking, an entry that
        the leader of the current tier beats significantly opens the next tier.</p>
        <p>“Imported” marks an entry whose scores a published study gave case by case; it is ranked by the same rules.
        “Reported” numbers are tables as papers print them: they have a page of their own and are never ranked.</p>
        <p>A significant win is an entry beaten in a one-sided Wilcoxon signed-rank test on the means of cases, paired by
        dataset and case id and by nothing else, with p below
        {Show.Signed(board.Standings.Options.Significance, "0.##")} after Holm's correction over all ordered pairs. Cases
        without a difference beyond rounding are dropped, and equal differences share their mean rank. On
        {SignedRank.LargestExact} remaining cases or fewer p is exact, ties included; on more it is the normal
        approximation with tie correction and without continuity correction. {Show.Methods(board.Standings.Comparisons)}
        <a href="data/comparisons.csv">comparisons.csv</a> says which of the two each p is.</p>
        </section>
        """);

    private static Html Time() => Html.Of($"""
        <section class="prose" aria-labelledby="time">
        <h2 id="time">Seconds per case</h2>
        <p>From the start of the container to its end by the container engine's clock, over all cases that ran: failed
        ones included, and timed-out ones at their time limit. Times compare between entries that ran on the same
        machine, which the page of each submission names.</p>
        </section>
        """);

    private static Html Hidden() => Html.Of($"""
        <section class="prose" aria-labelledby="hidden">
        <h2 id="hidden">Hidden cases</h2>
        <p>Cases of hidden datasets go by pseudonyms, without volumes and metadata of single cases, so that the test set
        stays a test set.</p>
        </section>
        """);
}
