using System.Text.Json;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Tests.Leaderboard;

public sealed class BootstrapTests
{
    [Theory]
    [StudyData(StudyWithGolden.MadeUp, "liver")]
    [StudyData(StudyWithGolden.MadeUp, "pancreas")]
    [StudyData(StudyWithGolden.MadeUp, "overall")]
    [StudyData(StudyWithGolden.Published, "liver")]
    [StudyData(StudyWithGolden.Published, "pancreas")]
    [StudyData(StudyWithGolden.Published, "overall")]
    public void Rank_OnCommonCases_HasTheReferenceIntervalsAndRankDistribution(string name, string target)
    {
        var study = StudyWithGolden.Of(name);
        var table = study.CommonStandings.Tables.First(one => one.Scope == Scope.All && one.Metric == Metric.Dsc
            && one.Structure == (target == "overall" ? null : target));
        var models = study.Expected.GetProperty("bootstrap").GetProperty("dsc").GetProperty(target)
            .GetProperty("by").GetProperty("mean").GetProperty("models");

        foreach (var row in table.Rows)
        {
            var expected = models.GetProperty(row.Entry);
            var ranks = new RankCounts(row.RankCounts);
            Within(expected, "score_ci_lo", row.Interval!.Value.Low);
            Within(expected, "score_ci_hi", row.Interval!.Value.High);
            Within(expected, "rank_mean", ranks.Mean!.Value);
            Within(expected, "p_first", ranks.ShareFirst!.Value);
            Near(expected, "rank_ci_lo", row.RankInterval!.Value.Low);
            Near(expected, "rank_ci_hi", row.RankInterval!.Value.High);
            Near(expected, "rank_median", ranks.Quantile(0.5)!.Value);
            Assert.Equal(10_000, ranks.Total);
        }
    }

    [Fact]
    public void Resamples_OneThreadOrMany_GiveTheSameBits()
    {
        var random = new Random(3);
        double?[][] columns = [.. Enumerable.Range(0, 21).Select(_ => Enumerable.Range(0, 100)
            .Select(_ => random.Next(5) == 0 ? null : (double?)random.NextDouble()).ToArray())];

        var one = Resamples.Draw(columns, 100, 1000, seed: 7, threads: 1);
        var four = Resamples.Draw(columns, 100, 1000, seed: 7, threads: 4);

        Assert.All(Enumerable.Range(0, columns.Length), k => Assert.Equal(one.Means(k), four.Means(k)));
    }

    [Fact]
    public void Resamples_Means_AreThoseOfTheCasesDrawn()
    {
        // The second column tells how often the first case was drawn, so the first one's mean can be checked.
        var resamples = Resamples.Draw([[1.0, 3.0, null], [1.0, 0, 0], [0, 1.0, 0], [null, null, null]], 3, 200, seed: 1);

        var (mean, first, second) = (resamples.Means(0), resamples.Means(1), resamples.Means(2));
        for (var i = 0; i < resamples.Count; i++)
        {
            var (n, m) = (Math.Round(first[i]!.Value * 3), Math.Round(second[i]!.Value * 3));
            if (n + m == 0)
            {
                Assert.Null(mean[i]);
            }
            else
            {
                Assert.Equal((n + 3 * m) / (n + m), mean[i]!.Value, 12);
            }
        }

        Assert.Contains(null, mean);
        Assert.All(resamples.Means(3), one => Assert.Null(one));
    }

    [Fact]
    public void Resamples_OtherStream_DrawsUnrelatedCases()
    {
        double?[] column = [.. Enumerable.Range(0, 50).Select(i => (double?)i)];
        double[] Of(int stream) => [.. Resamples.Draw([column], 50, 4000, seed: 5, stream).Means(0).OfType<double>()];
        var (left, right) = (Of(0), Of(1));

        Assert.NotEqual(left, right);
        Assert.InRange(Correlation(left, right), -0.06, 0.06);
        Assert.InRange(Correlation(left[1..], left[..^1]), -0.06, 0.06);
    }

    [Fact]
    public void Resamples_ColumnOfAnotherLength_Throws()
    {
        Assert.Throws<ArgumentException>(() => Resamples.Draw([[1.0]], 2, 10, seed: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Resamples.Draw([[1.0]], 1, 0, seed: 1));
    }

    [Fact]
    public void RankCounts_Quantiles_AreThoseOfTheRanksInOrder()
    {
        var ranks = new RankCounts([2, 0, 1, 1, 0]);

        Assert.Equal([2, 0, 1, 1], ranks.Counts);
        Assert.Equal((0.5, 2.25, 2.0), (ranks.ShareFirst, ranks.Mean, ranks.Quantile(0.5)));
        Assert.Equal(Describe.Quantile([1, 1, 3, 4], 0.9), ranks.Quantile(0.9));
        Assert.Null(new RankCounts([0, 0]).Range(0.95));
    }

    private static double Correlation(double[] a, double[] b)
    {
        var (x, y) = (a.Average(), b.Average());
        return a.Zip(b, (p, q) => (p - x) * (q - y)).Sum()
            / Math.Sqrt(a.Sum(p => (p - x) * (p - x)) * b.Sum(q => (q - y) * (q - y)));
    }

    private static void Within(JsonElement expected, string name, double actual) => Assert.Equal(
        expected.GetProperty(name).GetDouble(), actual, expected.GetProperty(name + "_tol").GetDouble());

    private static void Near(JsonElement expected, string name, double actual) => Assert.Contains(
        expected.GetProperty(name).EnumerateArray(), value => Math.Abs(value.GetDouble() - actual) <= 1);
}
