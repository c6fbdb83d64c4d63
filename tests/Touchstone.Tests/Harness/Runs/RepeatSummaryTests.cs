using System.IO.Compression;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Results;
using Touchstone.Tests.Leaderboard;

namespace Touchstone.Tests.Harness.Runs;

public sealed class RepeatSummaryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Summary_OfThreeRuns_HasMedianSpreadAndTheWorstAgreement()
    {
        var summary = RepeatSummary.Of(Result(2), [Repeat(1, Sameness.Identical), Repeat(6, Sameness.SameContent)]);

        Assert.Equal((3, 2.0, 1.0, 6.0), (summary.Runs, summary.MedianSeconds, summary.LeastSeconds, summary.MostSeconds));
        Assert.Equal(Math.Sqrt(7), summary.DeviationSeconds!.Value, 12);
        Assert.Equal((Sameness.SameContent, true), (summary.Predictions!.Value, summary.SameEnding));
    }

    [Fact]
    public void Summary_OfOneRun_HasNoSpreadAndNothingToCompare()
    {
        var summary = RepeatSummary.Of(Result(2), []);

        Assert.Equal((1, 2.0, null, null), (summary.Runs, summary.MedianSeconds, summary.DeviationSeconds, summary.Predictions));
    }

    [Fact]
    public void Summary_AnotherEnding_SaysSo() => Assert.False(
        RepeatSummary.Of(Result(2), [Repeat(3, Sameness.NotComparable) with { Ending = Ending.TimedOut }]).SameEnding);

    [Theory]
    [InlineData("volume", CompressionLevel.Fastest, "volume", CompressionLevel.Fastest, Sameness.Identical)]
    [InlineData("volume", CompressionLevel.Fastest, "volume", CompressionLevel.NoCompression, Sameness.SameContent)]
    [InlineData("volume", CompressionLevel.Fastest, "volumf", CompressionLevel.Fastest, Sameness.Different)]
    [InlineData("volume", CompressionLevel.Fastest, "volumes and more of them", CompressionLevel.Fastest, Sameness.Different)]
    public void Comparison_OfTwoFiles_LooksIntoThem(
        string first, CompressionLevel firstLevel, string second, CompressionLevel secondLevel, Sameness expected)
    {
        var scored = Write("a", first, firstLevel);
        var other = Write("b", second, secondLevel);

        Assert.Equal(expected, OutputComparison.Of(Result(1) with { Outputs = [scored] }, _folder.File("a"), [other], _folder.File("b")));
    }

    [Fact]
    public void Comparison_FileMoreOrNone_IsDifferentOrNotComparable()
    {
        var scored = Write("a", "volume", CompressionLevel.Fastest);
        OutputFile[] two = [Write("b", "volume", CompressionLevel.Fastest), Write("b", "more", CompressionLevel.Fastest, "second.nii.gz")];
        var result = Result(1) with { Outputs = [scored] };

        Assert.Equal(Sameness.Different, OutputComparison.Of(result, _folder.File("a"), two, _folder.File("b")));
        Assert.Equal(Sameness.NotComparable, OutputComparison.Of(result, _folder.File("a"), [], _folder.File("c")));
        Assert.Equal(
            Sameness.NotComparable,
            OutputComparison.Of(result with { Ending = Ending.Crashed }, _folder.File("a"), two, _folder.File("b")));
    }

    private OutputFile Write(string folder, string content, CompressionLevel level, string name = "case.nii.gz")
    {
        Directory.CreateDirectory(_folder.File(folder));
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, level, leaveOpen: true))
        {
            gzip.Write(System.Text.Encoding.ASCII.GetBytes(content));
        }

        File.WriteAllBytes(_folder.File(folder, name), bytes.ToArray());
        return new OutputFile(name, bytes.Length, TestImage.Hash(bytes.ToArray()));
    }

    private static CaseResult Result(double seconds)
    {
        var contest = Some.Contest();
        return Some.Result(Some.Entry("s"), contest.Datasets[0], contest.Datasets[0].Cases[0], Ending.Completed, [], seconds);
    }

    private static CaseRepeat Repeat(double seconds, Sameness sameness) => new()
    {
        Ending = Ending.Completed,
        Timing = Result(seconds).Timing,
        Outputs = [],
        Sameness = sameness,
    };
}
