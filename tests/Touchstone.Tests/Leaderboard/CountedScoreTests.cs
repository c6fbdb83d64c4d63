using Touchstone.Harness.Intake;
using Touchstone.Harness.Server.Api;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Transfer;
using Touchstone.Submissions;
using Touchstone.Tests.Leaderboard.Transfer;
using Attempt = Touchstone.Harness.Intake.Attempt;
using Scope = Touchstone.Leaderboard.Scope;

namespace Touchstone.Tests.Leaderboard;

/// <summary>Boards, reports of studies and the server's answers count the same scores in the same way.</summary>
public sealed class CountedScoreTests
{
    private static readonly RankingOptions Fast = new() { Resamples = 50 };

    [Theory]
    [InlineData(true, 0.5, true, MissingRule.Worst, 0.5)]
    [InlineData(true, null, true, MissingRule.Worst, null)]
    [InlineData(false, null, true, MissingRule.Worst, 0.0)]
    [InlineData(false, null, false, MissingRule.Worst, null)]
    [InlineData(false, null, true, MissingRule.Dropped, null)]
    public void Of_EveryCase_IsTheRule(bool isScored, double? score, bool isDue, MissingRule missing, double? expected) =>
        Assert.Equal(expected, CountedScore.Of(isScored, score, isDue, missing));

    [Theory]
    [InlineData("surface-distance", 4)]
    [InlineData("monai", 2)]
    public void Means_OfEveryKindOfCase_AreTheSameOnBoardInApiAndInReport(string protocol, int withGallBladder)
    {
        var contest = OneDataset(cases: 7) with { Protocol = protocol };
        var isAbsentScored = protocol == "surface-distance";
        CaseResult[] results =
        [
            Result(contest, "a", 0, Ending.Completed, Some.Score("aorta", 0.8), Some.Score("gall_bladder", 0.7)),
            Result(contest, "a", 1, Ending.Crashed, Some.Score("aorta", null), Some.Score("gall_bladder", null)),
            Result(contest, "a", 2, Ending.TimedOut, Some.Score("aorta", null), Some.Score("gall_bladder", null, reference: 0)),
            Result(contest, "a", 3, Ending.Completed, Some.Score("aorta", 0.9), Some.Score("gall_bladder", null, reference: 0)),
            Result(contest, "a", 4, Ending.Completed, Some.Score("aorta", 0.6), isAbsentScored
                ? Some.Score("gall_bladder", 0, 0, reference: 0) : Some.Score("gall_bladder", null, reference: 0)),
            Result(contest, "a", 5, Ending.Completed, Some.Score("aorta", 0.5)),
            Result(contest, "a", 6, Ending.OutputWrongGrid, Some.Score("aorta", null)),
        ];

        var api = Scores.Of(FinishedAttempt(), results).Structures;

        Close.To((0.8 + 0 + 0 + 0.9 + 0.6 + 0.5 + 0) / 7, api[0].Dsc, 1e-15);
        Close.To(0.7 / withGallBladder, api[1].Dsc, 1e-15);
        Assert.Equal(api.Select(one => (one.Structure, one.Dsc, one.Nsd)), OnBoard(contest, results, "a"));
        Assert.Equal(api.Select(one => (one.Structure, one.Dsc, one.Nsd)), InReport(results)["a"]);
    }

    [Fact]
    public void Means_CaseScoredShort_CountsAsWorstOnBoardAndInReport()
    {
        var contest = OneDataset(cases: 1);
        CaseResult[] results =
        [
            Result(contest, "a", 0, Ending.Completed, Some.Score("aorta", 0.8)),
            Result(contest, "b", 0, Ending.Completed, Some.Score("aorta", 0.6), Some.Score("gall_bladder", 0.6)),
        ];

        Assert.Equal("gall_bladder", OnBoard(contest, results, "a")[1].Structure);
        Assert.Equal((0.0, 0.0), (OnBoard(contest, results, "a")[1].Dsc, InReport(results)["a"][1].Dsc));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(10_000, 0.0)]
    public void BlankCell_OfAnImport_IsUndefinedUnlessTheStructureIsThere(long reference, double? expected)
    {
        var contest = OneDataset(cases: 1);
        var run = Result(contest, "a", 0, Ending.Completed, Some.Score("aorta", 0.8), Some.Score("gall_bladder", null, reference: reference));
        var import = new ImportedScores
        {
            Entry = Some.Entry("b") with { Origin = EntryOrigin.Imported },
            Dataset = "open",
            Protocol = contest.Protocol,
            ToleranceMm = 1,
            Sources = [],
            Structures = contest.Structures,
            Cases = [new ImportedCase(contest.Datasets[0].Cases[0].Id, [0.7, null], [0.7, null])],
            Provenance = new Provenance("0.1.0", "", ""),
        };

        var standings = Ranking.Rank(contest, [run], Fast, [import]);

        Assert.Equal(expected, standings.Tables.Single(table => (table.Scope, table.Structure, table.Metric)
            == (Scope.All, "gall_bladder", Metric.Dsc)).Rows.Single(row => row.Entry == "b").Mean);
    }

    private static Contest OneDataset(int cases) => Some.Contest(cases, structures: 2) is var contest
        ? contest with { Datasets = [contest.Datasets[2]] } : throw new InvalidOperationException();

    private static CaseResult Result(
        Contest contest, string entry, int number, Ending ending, params Touchstone.Evaluators.StructureScore[] scores) =>
        Some.Result(Some.Entry(entry), contest.Datasets[0], contest.Datasets[0].Cases[number], ending, scores) with
        {
            Protocol = contest.Protocol,
        };

    private static (string Structure, double? Dsc, double? Nsd)[] OnBoard(Contest contest, CaseResult[] results, string entry)
    {
        var standings = Ranking.Rank(contest, results, Fast);
        double? Mean(string structure, Metric metric) => standings.Tables
            .Single(table => (table.Scope, table.Structure, table.Metric) == (Scope.All, structure, metric))
            .Rows.Single(row => row.Entry == entry).Mean;
        return [.. contest.Structures.Select(name => (name, Mean(name, Metric.Dsc), Mean(name, Metric.Nsd)))];
    }

    /// <summary>The same results as trials of a study, one per entry.</summary>
    private static Dictionary<string, (string Structure, double? Dsc, double? Nsd)[]> InReport(CaseResult[] results)
    {
        var entries = results.GroupBy(result => result.Entry.Id).ToArray();
        var outline = SomeStudy.Outline();
        var trials = outline.Expected.Where(trial => (trial.Task, trial.Pretraining) == ("organs", "scratch")).Take(entries.Length).ToArray();
        var study = outline with
        {
            Tasks = [.. outline.Tasks.Select(task => task with
            {
                Structures = ["aorta", "gall_bladder"], Protocol = results[0].Protocol,
            })],
            Expected = trials,
        };
        JobResult Job(ExpectedTrial trial, IEnumerable<CaseResult> own) => SomeStudy.Result(trial) with
        {
            Test =
            [
                .. own.Select(result => new TestedCase(
                    new CaseUse(result.Case.Dataset, null, result.Case.Pseudonym), result.Ending,
                    [.. result.Scores.Select(score => new TestScore
                    {
                        Structure = score.Structure, Dsc = score.Dsc, Nsd = score.Nsd, ReferenceMl = score.ReferenceMl,
                    })])),
            ],
        };
        var outcomes = TrialOutcomes.Of(study, trials.Zip(entries, Job).ToDictionary(job => job.Job.Name));
        return entries.Zip(outcomes).ToDictionary(
            pair => pair.First.Key,
            pair => pair.Second.Structures.Select(one => (one.Structure, one.Dsc, one.Nsd)).ToArray());
    }

    private static Attempt FinishedAttempt() => new()
    {
        Id = "x",
        Number = 1,
        TeamId = "t",
        Draft = new SubmissionDraft { Team = "Team a", Name = "Method a", Challenge = "abdomen" },
        ArchiveSha256 = null,
        ArchiveName = null,
        Reference = null,
        State = AttemptState.Finished,
        CreatedAt = Some.Now,
        StartedAt = Some.Now,
        EndedAt = Some.Now,
        SubmissionId = "a",
        Cases = 6,
        CasesDone = 6,
        FaultCode = null,
        FaultText = null,
        OperatorText = null,
    };
}
