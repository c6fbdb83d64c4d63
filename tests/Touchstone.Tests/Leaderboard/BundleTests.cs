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

    [Fact]
    public void Imports_AsText_AreReadBackTheSame()
    {
        var import = StudyWithGolden.Of(StudyWithGolden.MadeUp).CommonCases().Imports[0] with { Cases = [new ImportedCase("s1", [0.1, null], [0.2, null])], Structures = ["aorta", "liver"] };

        Assert.Equal(ImportedJson.Write(import), ImportedJson.Write(ImportedJson.Read(ImportedJson.Write(import))));
        Assert.Throws<JsonException>(() => ImportedJson.Read(ImportedJson.Write(import with { Structures = ["aorta"] })));
    }
}
