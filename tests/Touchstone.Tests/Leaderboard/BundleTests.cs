using System.Text;
using System.Text.Json;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Bundles;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Site;

namespace Touchstone.Tests.Leaderboard;

public sealed class BundleTests
{
    private static readonly BuildInfo Info = new(Some.Now, "0.1.0+abc");

    [Fact]
    public void Read_BundleOfASite_RebuildsItByteForByte()
    {
        var contest = Some.Contest();
        var site = StaticSite.Build([new Board(contest, Some.Results(contest), new RankingOptions { Resamples = 50 })], Info);

        var bundle = ResultsBundle.Read(site.Single(file => file.Path == "results.json").Content.Span);
        var again = StaticSite.Build(bundle.ToBoards(), bundle.Info);

        Assert.Equal(site.Select(file => file.Path), again.Select(file => file.Path));
        Assert.All(site.Zip(again), pair => Assert.True(
            pair.First.Content.Span.SequenceEqual(pair.Second.Content.Span), pair.First.Path));
    }

    [Fact]
    public void Read_BundleOfSeveralBoardsAndImports_RebuildsThemByteForByte()
    {
        var study = StudyWithGolden.Of(StudyWithGolden.MadeUp);
        var (contest, imports) = study.Cases(study.Common.Take(40));
        var other = Some.Contest(casesEach: 2);
        Board[] boards =
        [
            new(contest with { Id = "study" }, [], new RankingOptions { Resamples = 20 }, [.. imports.Take(3)
                .Select(one => one with { Entry = one.Entry with { Challenge = "study" } })]),
            new(other, Some.Results(other), new RankingOptions { Resamples = 20 }),
        ];
        var site = StaticSite.Build(boards, Info);

        var bundle = ResultsBundle.Read(ResultsBundle.Of(boards, Info).Write());

        Assert.All(site.Zip(StaticSite.Build(bundle.ToBoards(), bundle.Info)), pair => Assert.True(
            pair.First.Path == pair.Second.Path && pair.First.Content.Span.SequenceEqual(pair.Second.Content.Span), pair.First.Path));
    }

    [Fact]
    public void Write_HiddenCases_AreNotInIt()
    {
        var contest = Some.Contest();
        contest = contest with
        {
            Datasets = [.. contest.Datasets.Select(dataset => dataset with
            {
                Cases = [.. dataset.Cases.Select(one => one with
                {
                    Metadata = new Dictionary<string, string> { ["accession"] = $"{one.Id}-secret", ["sex"] = "F" },
                })],
            })],
        };

        var bundle = ResultsBundle.Of([new Board(contest, Some.Results(contest), new RankingOptions { Resamples = 20 })], Info);
        var text = Encoding.UTF8.GetString(bundle.Write());

        Assert.DoesNotContain("NORTH_", bundle.Boards[0].Contest.Datasets[0].Cases.Select(one => one.Id).Aggregate((a, b) => a + b), StringComparison.Ordinal);
        Assert.DoesNotContain("\"case\":\"NORTH_", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"id\":\"NORTH_", text, StringComparison.Ordinal);
        Assert.All(bundle.Boards[0].Contest.Datasets[0].Cases, one => Assert.Empty(one.Metadata));
        Assert.All(bundle.Boards[0].Results.Where(one => one.Case.Dataset == "north"), one =>
        {
            Assert.Equal((one.Case.Pseudonym, "", 0), (one.Case.Case, one.Case.CtSha256, one.Outputs.Count));
            Assert.All(one.Scores, score => Assert.Equal((0, 0.0), (score.ReferenceVoxels, score.ReferenceMl)));
        });
        Assert.Contains("\"case\":\"OPEN_0001\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnotherSchemaOrNoBundle_IsRefused()
    {
        var bundle = ResultsBundle.Of([], Info);

        Assert.Throws<JsonException>(() => ResultsBundle.Read((bundle with { Schema = 99 }).Write()));
        Assert.Throws<JsonException>(() => ResultsBundle.Read("{}"u8));
    }

    public static TheoryData<string, Func<Standings, Standings>> BrokenStandings => new()
    {
        { "has the entry", one => one with { Entries = [one.Entries[0], one.Entries[0], .. one.Entries.Skip(2)] } },
        { "not one row for each entry", one => one with { Entries = [.. one.Entries.Skip(1)] } },
        { "has the scope", one => one with { Scopes = [.. one.Scopes, one.Scopes[0]] } },
        { "is none of", one => one with { Scopes = [.. one.Scopes, new Scope(ScopeKind.Dataset, "other")] } },
        { "has the table", one => one with { Tables = [.. one.Tables, one.Tables[0]] } },
        { "A score table has not", one => one with { Tables = [one.Tables[0] with { Rows = [.. one.Tables[0].Rows.Reverse()] }, .. one.Tables.Skip(1)] } },
        { "A score table has not", one => one with { Tables = [one.Tables[0] with { Rows = [.. one.Tables[0].Rows, one.Tables[0].Rows[0]] }, .. one.Tables.Skip(1)] } },
        { "by no scheme", one => one with { Sensitivity = one.Sensitivity with { Schemes = [] } } },
        { "A scheme has not", one => one with { Sensitivity = one.Sensitivity with { Schemes = [.. one.Sensitivity.Schemes.SkipLast(1), one.Sensitivity.Schemes[^1] with { Rows = [.. one.Sensitivity.Schemes[^1].Rows.Skip(1)] }] } } },
        { "agreement", one => one with { Sensitivity = one.Sensitivity with { KendallTau = [.. one.Sensitivity.KendallTau.Skip(1)] } } },
        { "has the comparison", one => one with { Comparisons = [.. one.Comparisons, one.Comparisons[0]] } },
        { "no two entries", one => one with { Comparisons = [one.Comparisons[0] with { First = "other" }, .. one.Comparisons.Skip(1)] } },
        { "coverage", one => one with { Entries = [one.Entries[0] with { Coverage = [] }, .. one.Entries.Skip(1)] } },
        { "wins and tiers", one => one with { Entries = [one.Entries[0] with { SignificantWins = new Dictionary<Metric, int>() }, .. one.Entries.Skip(1)] } },
        { "has the gap", one => one with { Entries = [one.Entries[0] with { Gaps = [.. one.Entries[0].Gaps, one.Entries[0].Gaps[0]] }, .. one.Entries.Skip(1)] } },
        { "tables have a null", one => one with { Tables = [.. one.Tables, null!] } },
        { "comparisons have a null", one => one with { Comparisons = [null!] } },
    };

    [Theory]
    [MemberData(nameof(BrokenStandings))]
    public void Read_StandingsThatAreNotWhole_SaysWhatIsWrong(string said, Func<Standings, Standings> change)
    {
        var contest = Some.Contest();
        var bundle = ResultsBundle.Of([new Board(contest, Some.Results(contest), new RankingOptions { Resamples = 20 })], Info);
        var board = bundle.Boards[0];
        ResultsBundle.Read(bundle.Write());

        var fault = Assert.Throws<JsonException>(
            () => ResultsBundle.Read((bundle with { Boards = [board with { Standings = change(board.Standings) }] }).Write()));

        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BoardTwiceOrNumberTooLarge_SaysWhatIsWrong()
    {
        var contest = Some.Contest();
        var bundle = ResultsBundle.Of([new Board(contest, Some.Results(contest), new RankingOptions { Resamples = 20 })], Info);
        var text = Encoding.UTF8.GetString(bundle.Write());
        var large = System.Text.RegularExpressions.Regex.Replace(text, "\"mean\":0\\.[0-9]+", "\"mean\":1e999");
        Assert.NotEqual(text, large);

        Assert.Contains("twice", Assert.Throws<JsonException>(
            () => ResultsBundle.Read((bundle with { Boards = [bundle.Boards[0], bundle.Boards[0]] }).Write())).Message, StringComparison.Ordinal);
        Assert.Contains("too large", Assert.Throws<JsonException>(() => ResultsBundle.Read(Encoding.UTF8.GetBytes(large))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Imports_AsText_AreReadBackTheSame()
    {
        var import = StudyWithGolden.Of(StudyWithGolden.MadeUp).CommonCases().Imports[0] with { Cases = [new ImportedCase("s1", [0.1, null], [0.2, null])], Structures = ["aorta", "liver"] };

        Assert.Equal(ImportedJson.Write(import), ImportedJson.Write(ImportedJson.Read(ImportedJson.Write(import))));
        Assert.Throws<JsonException>(() => ImportedJson.Read(ImportedJson.Write(import with { Structures = ["aorta"] })));
    }
}
