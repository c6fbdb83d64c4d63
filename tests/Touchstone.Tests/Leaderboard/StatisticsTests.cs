using System.Text.Json;
using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Tests.Leaderboard;

public sealed class StatisticsTests
{
    [Fact]
    public void Describe_EmptySample_IsUndefined()
    {
        Assert.Null(Describe.Mean([]));
        Assert.Null(Describe.Median([]));
        Assert.Null(Describe.Quantile([], 0.25));
        Assert.Null(Describe.StandardDeviation([1]));
    }

    [Fact]
    public void Quantile_OutsideZeroToOne_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Describe.Quantile([1, 2], 1.01));
        Assert.Throws<ArgumentOutOfRangeException>(() => Describe.Quantile([1, 2], double.NaN));
    }

    [Theory]
    [StudyData(StudyWithGolden.MadeUp, "dsc")]
    [StudyData(StudyWithGolden.MadeUp, "nsd")]
    [StudyData(StudyWithGolden.Published, "dsc")]
    [StudyData(StudyWithGolden.Published, "nsd")]
    public void Describe_WholeStudy_AgreesWithNumPy(string name, string metric)
    {
        var study = StudyWithGolden.Of(name);
        foreach (var target in study.Expected.GetProperty("descriptive").GetProperty(metric).GetProperty("all")
            .EnumerateObject().Where(target => target.Name != "case_mean_complete"))
        {
            foreach (var model in target.Value.EnumerateObject())
            {
                double[] values = [.. study.Target(model.Name, metric, target.Name).Values];

                Assert.Equal(model.Value.GetProperty("n").GetInt32(), values.Length);
                Near(model.Value, "mean", Describe.Mean(values));
                Near(model.Value, "sd", Describe.StandardDeviation(values));
                Near(model.Value, "median", Describe.Median(values));
                Near(model.Value, "p2_5", Describe.Quantile(values, 0.025));
                Near(model.Value, "q1", Describe.Quantile(values, 0.25));
                Near(model.Value, "q3", Describe.Quantile(values, 0.75));
                Near(model.Value, "p97_5", Describe.Quantile(values, 0.975));
            }
        }
    }

    [Fact]
    public void NormalUpperTail_FarOut_IsExactToTheReference()
    {
        foreach (var pair in DistributionTails.Of("normal_upper_tail"))
        {
            AssertRelative(pair[1].GetDouble(), Normal.UpperTail(pair[0].GetDouble()), 1e-11);
        }
    }

    [Theory]
    [StudyData(StudyWithGolden.MadeUp, "dsc", "aorta")]
    [StudyData(StudyWithGolden.MadeUp, "dsc", "gall_bladder")]
    [StudyData(StudyWithGolden.MadeUp, "dsc", "case_mean_present")]
    [StudyData(StudyWithGolden.MadeUp, "nsd", "pancreas")]
    [StudyData(StudyWithGolden.MadeUp, "nsd", "case_mean_present")]
    [StudyData(StudyWithGolden.Published, "dsc", "gall_bladder")]
    [StudyData(StudyWithGolden.Published, "dsc", "liver")]
    [StudyData(StudyWithGolden.Published, "dsc", "pancreas")]
    [StudyData(StudyWithGolden.Published, "dsc", "case_mean_present")]
    [StudyData(StudyWithGolden.Published, "nsd", "gall_bladder")]
    [StudyData(StudyWithGolden.Published, "nsd", "case_mean_present")]
    public void SignedRank_EveryPairOfAStudy_AgreesWithSciPyAndR(string name, string metric, string target)
    {
        var study = StudyWithGolden.Of(name);
        var table = study.Expected.GetProperty("pairwise_wilcoxon").GetProperty(metric).GetProperty(target);
        var scores = study.Models.Select(model => study.Target(model, metric, target)).ToArray();
        var rows = table.GetProperty("rows").EnumerateArray().ToArray();
        var tests = rows.Select(row => Test(scores[row[0].GetInt32()], scores[row[1].GetInt32()])).ToArray();
        var adjusted = Holm.Adjust([.. tests.Select(test => test.P!.Value)]);

        for (var i = 0; i < rows.Length; i++)
        {
            Assert.Equal(rows[i][2].GetInt32(), tests[i].N);
            Assert.Equal(rows[i][3].GetInt32(), tests[i].Zeros);
            Assert.Equal(rows[i][4].GetDouble(), tests[i].WPlus);
            AssertRelative(rows[i][5].GetDouble(), tests[i].Z!.Value, 1e-11);
            AssertRelative(rows[i][6].GetDouble(), tests[i].P!.Value, 1e-9);
            AssertRelative(rows[i][7].GetDouble(), adjusted[i], 1e-9);
        }
    }

    [Fact]
    public void SignedRank_NoPairDiffers_HasNoP()
    {
        var test = SignedRank.Greater([1, 2], [1, 2]);

        Assert.Equal((2, 2, 0.0), (test.N, test.Zeros, test.WPlus));
        Assert.Equal((null, null, null), (test.Z, test.P, test.Method));
    }

    [Fact]
    public void SignedRank_DifferentLengths_Throws() =>
        Assert.Throws<ArgumentException>(() => SignedRank.Greater([1], [1, 2]));

    [Fact]
    public void Holm_KnownFamily_StepsDownAndNeverDecreases() =>
        Assert.Equal([0.03, 0.06, 0.06, 1], Holm.Adjust([0.0075, 0.02, 0.021, 1]), (a, b) => Math.Abs(a - b) < 1e-15);

    [Fact]
    public void Ranks_EqualValues_ShareTheBetterRankAndSkipTheNext() =>
        Assert.Equal([1, 2, 2, 4, null], Ranks.Among([9, 7, 7, 3, null], [true, true, true, true, true]));

    [Fact]
    public void Ranks_NoRival_HasTheRankThatItWouldHaveAndMovesNobody() =>
        Assert.Equal([1, 2, 2, 3], Ranks.Among([9, 8, 7, 3], [true, false, true, true]));

    [Fact]
    public void Ranks_LowerIsBetter_TurnsTheOrder() =>
        Assert.Equal([3, 1, 2], Ranks.Among([9, 1, 5], [true, true, true], higherIsBetter: false));

    [Fact]
    public void MidRanks_EqualValues_TakeTheirMeanRank() =>
        Assert.Equal([1, 2.5, 2.5, 4, null], Ranks.MidAmong([9, 7, 7, 3, null], [true, true, true, true, true]));

    [Fact]
    public void Bootstrap_SameSeed_GivesTheSameInterval()
    {
        double[] values = [0.1, 0.5, 0.7, 0.9, 0.95];

        Assert.Equal(Bootstrap.OfMean(values, 500, seed: 3), Bootstrap.OfMean(values, 500, seed: 3));
        Assert.NotEqual(Bootstrap.OfMean(values, 500, seed: 3), Bootstrap.OfMean(values, 500, seed: 4));
    }

    [Fact]
    public void Bootstrap_EmptyOrConstantSample_IsUndefinedOrThatValue()
    {
        Assert.Null(Bootstrap.OfMean([], 100, seed: 1));
        Assert.Null(Bootstrap.OfDifference([1], [], 100, seed: 1));
        Assert.Equal(new Interval(0.5, 0.5), Bootstrap.OfMean([0.5, 0.5], 100, seed: 1));
        Assert.Equal(new Interval(0.25, 0.25), Bootstrap.OfDifference([0.5, 0.5], [0.25], 100, seed: 1));
    }

    [Fact]
    public void Bootstrap_DifferenceOfTwoSamples_ResamplesThemIndependently()
    {
        // The variance of a difference of independent means is the sum of their variances; related draws would
        // shrink it to 0.
        double[] values = [.. Enumerable.Range(0, 100).Select(i => i / 100.0)];

        var interval = Bootstrap.OfDifference(values, values, 4000, seed: 5)!.Value;

        var expected = 2 * 1.96 * Math.Sqrt(2 * Math.Pow(Describe.StandardDeviation(values)!.Value, 2) / values.Length);
        Assert.InRange(interval.High - interval.Low, expected * 0.93, expected * 1.07);
    }

    private static SignedRank Test(Dictionary<string, double> first, Dictionary<string, double> second)
    {
        var names = first.Keys.Where(second.ContainsKey).ToArray();
        return SignedRank.Greater([.. names.Select(name => first[name])], [.. names.Select(name => second[name])]);
    }

    private static void Near(JsonElement expected, string name, double? actual) =>
        AssertRelative(expected.GetProperty(name).GetDouble(), actual!.Value, 1e-12);

    private static void AssertRelative(double expected, double actual, double tolerance) =>
        Assert.True(
            Math.Abs(expected - actual) <= tolerance * Math.Max(Math.Abs(expected), double.Epsilon),
            $"Expected {expected:R}, got {actual:R}.");
}
