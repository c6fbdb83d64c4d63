using System.Globalization;
using Touchstone.Leaderboard.Transfer;

namespace Touchstone.Tests.Leaderboard.Transfer;

public sealed class TrainingLogTests
{
    [Fact]
    public void Read_SoundLog_HasEveryRowWithItsGaps()
    {
        var (points, remark) = TrainingLog.Read(TrainingLog.Header + "\n0,0.5,,,0.1\r\n10,2,0.7,1e-4,\n", runSeconds: 2);

        Assert.Null(remark);
        Assert.Equal([new LogPoint(0, 0.5, null, null, 0.1), new LogPoint(10, 2, 0.7, 1e-4, null)], points);
    }

    [Theory]
    [InlineData("")]
    [InlineData("step,seconds\n1,2\n")]
    [InlineData(TrainingLog.Header + "\n1,2,3\n")]
    [InlineData(TrainingLog.Header + "\n1,2,x,,\n")]
    [InlineData(TrainingLog.Header + "\n1,,,,\n")]
    [InlineData(TrainingLog.Header + "\n1,2,NaN,,\n")]
    [InlineData(TrainingLog.Header + "\n1,2,,,1.2\n")]
    [InlineData(TrainingLog.Header + "\n-1,2,,,\n")]
    [InlineData(TrainingLog.Header + "\n2,2,,,\n1,3,,,\n")]
    [InlineData(TrainingLog.Header + "\n1,3,,,\n2,2,,,\n")]
    [InlineData(TrainingLog.Header + "\n1,99,,,\n")]
    public void Read_LogThatBreaksARule_IsNotUsedAndNothingOfItIsTold(string text)
    {
        var (points, remark) = TrainingLog.Read(text, runSeconds: 20);

        Assert.Empty(points);
        Assert.NotNull(remark);
        Assert.DoesNotContain("99", remark, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EndlessLog_KeepsValidationsAndEnds()
    {
        var rows = Enumerable.Range(0, 20_000).Select(step => string.Create(
            CultureInfo.InvariantCulture, $"{step},{step / 100.0},1,,{(step % 1000 == 999 ? "0.5" : "")}"));

        var (points, remark) = TrainingLog.Read(TrainingLog.Header + "\n" + string.Join('\n', rows), runSeconds: 200);

        Assert.Equal(TrainingLog.MostPoints, points.Count);
        Assert.Equal(20, points.Count(point => point.ValidationDsc is not null));
        Assert.Equal((0, 19_999), (points[0].Step, points[^1].Step));
        Assert.Equal("1000 of the log's 20000 rows are kept.", remark);
    }
}
