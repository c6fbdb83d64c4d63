using System.Text;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Site;
using Touchstone.Leaderboard.Transfer;

namespace Touchstone.Tests.Leaderboard.Transfer;

public sealed class TransferReportTests
{
    private static readonly TransferReport Report = TransferReportMaker.Make(SomeStudy.Outline(), SomeStudy.Results());

    [Fact]
    public void Make_FinishedCell_HasMeanAndDeviationOverTrials()
    {
        var cell = Report.Cell("net", "large", "organs", 20)!;

        // Trials score 0.86, 0.864, 0.868; cases add 0 to 0.03 (0.015 in the mean), the second structure takes 0.03 away.
        Assert.Equal(0.864, cell.Dsc.Mean!.Value, 12);
        Assert.Equal(0.004, cell.Dsc.Sd!.Value, 12);
        Assert.Equal(3, cell.Dsc.N);
        Assert.Equal(new TrialCoverage(3, 3, 0, 0), cell.Coverage);
        Assert.Equal(660 / 3600.0, cell.MeanHours!.Value, 12);
    }

    [Fact]
    public void Make_Tests_AgreeWithSciPy()
    {
        // scipy.stats.ttest_ind([0.86, 0.864, 0.868], [0.8, 0.804, 0.808], equal_var=True|False), SciPy 1.10.1
        var tests = Report.Cell("net", "large", "organs", 20)!.Dsc.AgainstScratch!;

        Assert.Equal(0.06, tests.Difference, 12);
        Assert.Equal(18.371173070873834, tests.Pooled.T!.Value, 8);
        Assert.Equal(4, tests.Pooled.DegreesOfFreedom!.Value, 8);
        Assert.Equal(5.165036364487916e-05, tests.Pooled.P!.Value, 12);
        Assert.Equal(5.165036364487916e-05, tests.Welch.P!.Value, 12);
        Assert.True(tests.IsMarked);

        // The crashed trial: [0.77, 0, 0.778] against [0.75, 0.754, 0.758].
        var crashed = Report.Cell("net", "small", "vessels", 20)!.Dsc.AgainstScratch!;
        Assert.Equal(-0.8488018753067539, crashed.Pooled.T!.Value, 8);
        Assert.Equal(0.44380317060912094, crashed.Pooled.P!.Value, 10);
        Assert.Equal(2.0003045279481904, crashed.Welch.DegreesOfFreedom!.Value, 8);
        Assert.Equal(0.48537048264569393, crashed.Welch.P!.Value, 10);
        Assert.False(crashed.IsMarked);
    }

    [Fact]
    public void Make_CrashedTrial_CountsAsZeroAndIsSaid()
    {
        var cell = Report.Cell("net", "small", "vessels", 20)!;

        Assert.Equal(new TrialCoverage(3, 3, 1, 0), cell.Coverage);
        Assert.Equal((0.79 + 0 + 0.798) / 3, cell.Dsc.Mean!.Value, 12);
        Assert.Equal((0.79 + 0.798) / 2, cell.Dsc.MeanOfCompleted!.Value, 12);
        Assert.Equal("Exited with code 1.", Report.Trials.Single(one => one.Trial.Job == "net.small.vessels.n20.t1").Detail);
    }

    [Fact]
    public void Make_TestCaseWithoutAValidPrediction_CountsAsZeroInItsTrial()
    {
        var trial = Report.Trials.Single(one => one.Trial.Job == "net.large.vessels.n20.t0");

        // Cases 0.81, 0.82, failed, 0.84, and 0.03 less for the second structure.
        Assert.Equal(1, trial.FailedCases);
        Assert.Equal((0.81 + 0.82 + 0 + 0.84) / 4, trial.Structures[0].Dsc!.Value, 12);
        Assert.Equal(TrialState.Completed, trial.State);
    }

    [Fact]
    public void Make_FailedPretraining_FailsEveryTrialThatBuildsOnIt()
    {
        var cell = Report.Cell("net", "broken", "organs", 5)!;

        Assert.Equal(new TrialCoverage(3, 3, 3, 0), cell.Coverage);
        Assert.Equal((0.0, 0.0), (cell.Dsc.Mean, cell.Dsc.Sd));
        Assert.Null(cell.Dsc.MeanOfCompleted);
        Assert.StartsWith("Its pre-training failed: The kernel", Report.Trials.First(one => one.Trial.Pretraining == "broken").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Make_HalfDone_CountsWhatIsThereAndSaysSo()
    {
        var one = Report.Cell("swin", "large", "organs", 20)!;

        Assert.Equal(new TrialCoverage(3, 1, 0, 0), one.Coverage);
        Assert.NotNull(one.Dsc.Mean);
        Assert.Null(one.Dsc.Sd);
        Assert.Null(one.Dsc.AgainstScratch);
        Assert.Equal(new TrialCoverage(3, 0, 0, 0), Report.Cell("swin", "large", "vessels", 20)!.Coverage);
        Assert.Null(Report.Cell("swin", "large", "vessels", 20)!.Dsc.Mean);
        Assert.False(Report.Coverage.IsComplete);
    }

    [Fact]
    public void Make_Reported_StandsBesideWithItsDifferenceAndChangesNothing()
    {
        var without = TransferReportMaker.Make(SomeStudy.Outline() with { Reported = [] }, SomeStudy.Results());
        var cell = Report.Cell("net", "large", "organs", 20)!;

        Assert.Equal(0.864 - 0.921, Assert.Single(cell.Reported).Difference!.Value, 12);
        Assert.Empty(Report.Cell("net", "large", "organs", 5)!.Reported);
        Assert.Equal(without.Cells.Select(one => one.Dsc), Report.Cells.Select(one => one.Dsc));
    }

    [Fact]
    public void Make_Comparison_HasStructuresThenTheAverage()
    {
        var table = Report.Comparison!;

        Assert.Equal(["liver", "spleen", null], table.Rows.Select(row => row.Structure));
        Assert.Equal(20, table.Cases);
        Assert.All(table.Rows, row => Assert.Equal(0.02, row.Tests!.Difference, 12));
        Assert.Equal(0.536, table.Rows[0].ReportedSecond!.Mean);
        Assert.Equal(0.921, table.Rows[2].ReportedSecond!.Mean);
    }

    [Fact]
    public void Make_ImportWithoutNsdAndWithAFailedCase_HasNoNsd()
    {
        var trial = SomeStudy.Outline().Expected.First(one => one.Pretraining == "others");
        var result = SomeStudy.Result(trial);
        result = result with { Test = [.. result.Test.Skip(1), result.Test[0] with { Ending = Ending.OutputMissing }] };
        var others = SomeStudy.Results().Where(one => one.Job.Name != trial.Job);

        var made = TransferReportMaker.Make(SomeStudy.Outline(), others.Append(result)).Trials.Single(one => one.Trial == trial);

        Assert.Equal((1, true), (made.FailedCases, made.Dsc is > 0 and < 0.7));
        Assert.Null(made.Nsd);
        Assert.All(made.Structures, one => Assert.Null(one.Nsd));
    }

    [Fact]
    public void Make_NothingYet_IsAReportThatSaysSo()
    {
        var report = TransferReportMaker.Make(SomeStudy.Outline(), []);
        var page = TransferPage.Build(report, new BuildInfo(Some.Now, "0.1.0+test")).Single(file => file.Path == "index.html").Text;

        Assert.All(report.Cells, cell => Assert.Null(cell.Dsc.Mean));
        Assert.Contains("This study is not finished.", page, StringComparison.Ordinal);
        Assert.Contains("No figure has data yet.", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_MadeUpStudy_IsAsBefore()
    {
        var files = TransferPage.Build(Report, new BuildInfo(Some.Now, "0.1.0+test"));

        foreach (var file in files.Where(file => file.Path == "index.html" || file.Path.StartsWith("data/", StringComparison.Ordinal)))
        {
            if (file.Path is not ("data/scores.csv" or "data/logs.csv"))
            {
                Golden.Check($"leaderboard/transfer/{Path.GetFileName(file.Path)}", file.Text);
            }
        }

        Assert.StartsWith("job,dataset,case,ending,structure,dsc,nsd\nnet.scratch.organs.n5.t0,hidden,case_0abc,Completed,liver,0.7,0.6\n",
            files.Single(file => file.Path == "data/scores.csv").Text, StringComparison.Ordinal);
        Assert.StartsWith("job,step,seconds,loss,learning_rate,validation_dsc\nnet.scratch.organs.n5.t0,0,0,1,0.0001,0\n",
            files.Single(file => file.Path == "data/logs.csv").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Result_ReadsBackByteForByte()
    {
        foreach (var result in SomeStudy.Results())
        {
            var text = JobResultJson.Write(result);

            Assert.Equal(Encoding.UTF8.GetString(text), Encoding.UTF8.GetString(JobResultJson.Write(JobResultJson.Read(text))));
        }

        Assert.Equal(Ending.OutOfMemory, SomeStudy.Results().Single(one => one.Job.Name == "net.broken").Ending);
    }
}
