using System.Runtime.CompilerServices;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Bundles;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Site;
using Touchstone.Leaderboard.Store;

namespace Touchstone.Tests.Leaderboard;

/// <summary>What a board does so that it may be large: it reads by entry, writes as it goes, and lists so many cases.</summary>
public sealed class LargeBoardTests
{
    private static readonly BuildInfo Info = new(Some.Now, "test");

    private static readonly RankingOptions Fast = new() { Resamples = 20 };

    [Fact]
    public void Files_WrittenInPieces_AreTheBytesMadeInMemory()
    {
        var contest = Some.Contest();
        var results = Some.Results(contest);
        var board = new Board(contest, results, Fast);
        var files = StaticSite.Build([board], Info).ToDictionary(file => file.Path, file => file.Content.ToArray());

        Assert.Equal(ResultsBundle.Of([board], Info).Write(), files["results.json"]);
        Assert.Equal(RankJson.Write(board.Standings), files["data/standings.json"]);
        Assert.Equal(ScoresCsv.Scores(contest, results), System.Text.Encoding.UTF8.GetString(files["data/scores.csv"]));
        Assert.Equal(ScoresCsv.Cases(contest, results), System.Text.Encoding.UTF8.GetString(files["data/cases.csv"]));
        Assert.Equal(
            ScoresCsv.Comparisons(board.Standings), System.Text.Encoding.UTF8.GetString(files["data/comparisons.csv"]));
    }

    [Fact]
    public void Site_OfResultsInTheStore_IsTheSiteOfResultsInMemory()
    {
        using var folder = new TemporaryFolder();
        var contest = Some.Contest();
        using var store = ResultStore.Open(folder.File("store.sqlite"));
        foreach (var result in Some.Results(contest))
        {
            store.Add(result);
        }

        var inMemory = StaticSite.Build([new Board(contest, store.Read(contest), Fast)], Info);
        var fromStore = StaticSite.Build([new Board(contest, store.Results(contest), Fast)], Info);

        Assert.Equal(inMemory.Select(file => file.Path), fromStore.Select(file => file.Path));
        Assert.All(inMemory.Zip(fromStore), pair => Assert.True(
            pair.First.Content.Span.SequenceEqual(pair.Second.Content.Span), pair.First.Path));
    }

    [Fact]
    public void Results_StoreGoesOnChanging_StayAsTheyWere()
    {
        using var folder = new TemporaryFolder();
        var contest = Some.Contest();
        var results = Some.Results(contest);
        using var store = ResultStore.Open(folder.File("store.sqlite"));
        store.Add(results[0]);
        var given = store.Results(contest);

        store.Add(results[1]);
        store.Add(results.First(result => result.Entry.Id != results[0].Entry.Id));

        Assert.Equal([results[0].Entry.Id], given.Entries.Select(entry => entry.Id));
        Assert.Single(given);
        Assert.Equal(3, store.Read(contest).Count);
    }

    [Theory]
    [InlineData(500, false)]
    [InlineData(501, true)]
    public void Pages_MoreCasesThanTheyList_SaySoAndLeadToAll(int cases, bool isCut)
    {
        var contest = Open(cases);
        var files = StaticSite.Build([new Board(contest, Results(contest, ["a"]), Fast)], Info);

        foreach (var path in new[] { "submission/a.html", "dataset/open.html" })
        {
            var page = new HtmlParser().ParseDocument(files.Single(file => file.Path == path).Text);
            var section = page.QuerySelector("section[aria-labelledby=cases]")!;
            var rows = section.QuerySelectorAll("tbody tr");
            Assert.Equal(500, rows.Length);
            Assert.Equal(isCut, section.TextContent.Contains($"out of {cases}", StringComparison.Ordinal));
            Assert.Equal(isCut, section.QuerySelector("a[href='../data/scores.csv']") is not null);

            // The case with the lowest score is the last of the list, so a cut list must begin with it.
            var worst = contest.Datasets[0].Cases[^1].Id;
            Assert.Equal(isCut || path.StartsWith("dataset", StringComparison.Ordinal), rows[0].TextContent.Contains(worst, StringComparison.Ordinal));
        }

        Assert.Contains(files, file => file.Path == "data/scores.csv");
    }

    [Theory]
    [InlineData(30, false)]
    [InlineData(31, true)]
    public void Pages_MoreEntriesThanEyesCanTellApart_StayLight(int entries, bool isCut)
    {
        var contest = Open(3);
        var files = StaticSite.Build(
            [new Board(contest, Results(contest, [.. Enumerable.Range(0, entries).Select(i => $"e{i:D2}")]), Fast)], Info);

        var pairs = Section("pairwise.html", "DSC");
        Assert.Equal(30, pairs.QuerySelectorAll("tbody tr").Length);
        Assert.Equal(31, pairs.QuerySelectorAll("thead th").Length);
        Assert.Equal(isCut, pairs.TextContent.Contains($"30 of {entries}", StringComparison.Ordinal));
        Assert.Equal(isCut, pairs.QuerySelector("a[href='data/comparisons.csv']") is not null);

        var schemes = Section("index.html", "schemes");
        Assert.Equal(30, schemes.QuerySelectorAll("tbody tr").Length);
        Assert.Equal(isCut, schemes.TextContent.Contains($"30 of {entries}", StringComparison.Ordinal));

        var strip = Section("index.html", "structures").QuerySelector("svg.strip")!;
        Assert.Equal(isCut ? 0 : entries, strip.QuerySelectorAll("circle").Length);
        Assert.Equal(isCut ? entries : 0, strip.QuerySelectorAll("path").Sum(path => path.GetAttribute("d")!.Count(c => c == 'M')));

        IElement Section(string path, string name) => new HtmlParser().ParseDocument(files.Single(file => file.Path == path).Text)
            .QuerySelector($"section[aria-labelledby={name}]")!;
    }

    [Fact]
    public void Site_OfManyEntries_HoldsTheResultsOfOneAtATime()
    {
        var contest = Open(30);
        string[] ids = [.. Enumerable.Range(0, 12).Select(i => $"e{i:D2}")];
        var given = new List<WeakReference>();
        var most = 0;
        IReadOnlyList<CaseResult> Read(string id)
        {
            GC.Collect();
            most = Math.Max(most, given.Count(one => one.IsAlive));
            return Give(contest, id, given);
        }

        var board = new Board(contest, new ResultSet([.. ids.Select(id => Some.Entry(id))], Read), Fast);
        foreach (var file in StaticSite.Build([board], Info))
        {
            file.WriteTo(Stream.Null);
        }

        // Ranking and three files go through all of them; what was given before may still be in somebody's hand.
        Assert.True(given.Count >= 4 * ids.Length, $"{given.Count} reads");
        Assert.InRange(most, 0, 3);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static CaseResult[] Give(Contest contest, string id, List<WeakReference> given)
    {
        var results = Results(contest, [id]);
        given.Add(new WeakReference(results[0].Scores));
        return results;
    }

    private static Contest Open(int cases) => Some.Contest(structures: 1) with
    {
        Datasets = [Some.Dataset("open", "Open", isPublic: true, isInDistribution: false, cases)],
    };

    /// <summary>Scores that fall from case to case.</summary>
    private static CaseResult[] Results(Contest contest, string[] entries) =>
    [
        .. from entry in entries
           from pair in contest.Datasets[0].Cases.Select((one, i) => (one, i))
           select Some.Result(contest, entry, contest.Datasets[0], pair.one, 0.99 - (pair.i * 0.0005)),
    ];
}
