using System.Text.Json;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Tests.Leaderboard;

/// <summary>Tests of two and more independent samples, held to SciPy's numbers.</summary>
public sealed class GroupTests
{
    [Fact]
    public void Tails_FarOut_AreExactToTheReference()
    {
        foreach (var row in DistributionTails.Of("chi2_upper_tail"))
        {
            Close.To(row[2].GetDouble(), ChiSquared.UpperTail(row[0].GetDouble(), row[1].GetDouble()), 1e-9);
        }

        foreach (var row in DistributionTails.Of("student_t_two_sided"))
        {
            Close.To(row[2].GetDouble(), Student.TwoSidedTail(row[0].GetDouble(), row[1].GetDouble()), 1e-9);
        }
    }

    [Theory]
    [StudyData(StudyWithGolden.MadeUp)]
    [StudyData(StudyWithGolden.Published)]
    public void TTest_FromMeansAndSpreads_AgreesWithSciPy(string name)
    {
        foreach (var test in StudyWithGolden.Of(name).Expected.GetProperty("t_tests").EnumerateArray())
        {
            SampleSummary Sample(string i) => new(
                test.GetProperty("mean" + i).GetDouble(), test.GetProperty("sd" + i).GetDouble(),
                test.GetProperty("n" + i).GetInt32());
            Check(test.GetProperty("pooled"), TTest.Pooled(Sample("1"), Sample("2")));
            Check(test.GetProperty("welch"), TTest.Welch(Sample("1"), Sample("2")));
        }

        static void Check(JsonElement expected, TTest actual)
        {
            Close.To(expected.GetProperty("t").GetDouble(), actual.T, 1e-12);
            Close.To(expected.GetProperty("df").GetDouble(), actual.DegreesOfFreedom, 1e-12);
            Close.To(expected.GetProperty("p_two_sided").GetDouble(), actual.P, 1e-9);
        }
    }

    [Fact]
    public void TTest_WithoutSpread_IsUndefined()
    {
        foreach (var (first, second) in new (SampleSummary, SampleSummary)[]
        {
            (new(90, 0, 10), new(90, 0, 10)), (new(89, 0, 10), new(90, 0, 10)), (new(0, 0, 3), new(0, 0, 3)),
            (new(0.8, 1.1e-16, 3), new(0.9, 5.6e-17, 3)), (new(0.8, 1e-15, 1000), new(0.8000000000000002, 0, 1000)),
        })
        {
            Assert.Equal(new TTest { T = null, DegreesOfFreedom = null, P = null }, TTest.Pooled(first, second));
            Assert.Equal(new TTest { T = null, DegreesOfFreedom = null, P = null }, TTest.Welch(first, second));
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => TTest.Pooled(new(90, 1, 1), new(90, 1, 10)));
        Assert.Throws<ArgumentOutOfRangeException>(() => TTest.Welch(new(90, 1, 5), new(90, double.NaN, 10)));
    }

    [Fact]
    public void TTest_SmallSpreadOrOneConstantSample_IsATest()
    {
        Assert.Equal(-1e4, TTest.Pooled(new(0.8, 1e-9, 2), new(0.80001, 1e-9, 2)).T!.Value, 1.0);
        Assert.Equal(0.22540333075851723, TTest.Welch(new(0.5, 0, 3), new(0.5 + (1 / 30.0), 1 / 30.0, 3)).P!.Value, 1e-12);
    }

    [Theory]
    [InlineData(0.050001, "ns")]
    [InlineData(0.05, "*")]
    [InlineData(0.01, "**")]
    [InlineData(0.001, "***")]
    [InlineData(0.0001, "****")]
    [InlineData(0, "****")]
    public void Stars_AtTheirLimits_IncludeThem(double p, string expected) => Assert.Equal(expected, Stars.Of(p));

    [Fact]
    public void Stars_NoProbability_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => Stars.Of(double.NaN));

    [Theory]
    [StudyData(StudyWithGolden.MadeUp, "sex", "gender")]
    [StudyData(StudyWithGolden.MadeUp, "age", "age")]
    [StudyData(StudyWithGolden.MadeUp, "manufacturer", "manufacturer")]
    [StudyData(StudyWithGolden.MadeUp, "institute", "institute")]
    [StudyData(StudyWithGolden.Published, "sex", "gender")]
    [StudyData(StudyWithGolden.Published, "age", "age")]
    [StudyData(StudyWithGolden.Published, "manufacturer", "manufacturer")]
    [StudyData(StudyWithGolden.Published, "institute", "institute")]
    public void Subgroups_OfAStudy_AgreeWithSciPy(string name, string attribute, string column)
    {
        var study = StudyWithGolden.Of(name);
        var byTarget = study.Expected.GetProperty("subgroups").GetProperty("dsc").GetProperty(attribute);
        foreach (var (target, model, expected) in from target in byTarget.EnumerateObject()
                                                  from model in target.Value.EnumerateObject()
                                                  where study.Models.Contains(model.Name)
                                                  select (target.Name, model.Name, model.Value))
        {
            var scores = study.Target(model, "dsc", target);
            string[] names = [.. scores.Keys];
            var groups = Subgroups.Groups(attribute, [.. names.Select(one => study.Metadata(one, column))]);
            double[][] values = [.. groups.Select(group => group.Cases.Select(c => scores[names[c]]).ToArray())];
            var row = Subgroups.Row(
                model, [.. groups.Select(group => new Subgroup(group.Name, group.Cases.Length, group.Cases.Length >= 5))],
                values, smallest: 5);

            Check(expected, attribute, [.. groups.Select(group => group.Name)], row);
        }
    }

    [Theory]
    [InlineData(new[] { 1.0, 2 }, new[] { 3.0, 4, 5 }, 0, 0.2)]
    [InlineData(new[] { 1.0, 5 }, new[] { 3.0, 4, 2 }, 3, 1.0)]
    public void MannWhitney_FewValuesWithoutTies_IsExact(double[] first, double[] second, double u, double p)
    {
        var test = MannWhitney.Test(first, second);

        Assert.Equal(u, test.U);
        Close.To(p, test.PExact, 1e-15);
        Assert.Equal(test.PExact, test.P);
    }

    [Fact]
    public void MannWhitney_EqualValues_HasNoP()
    {
        var test = MannWhitney.Test([1, 1], [1, 1, 1]);

        Assert.Equal((3.0, null, null, null), (test.U, test.P, test.PExact, test.PAsymptotic));
        Assert.Throws<ArgumentException>(() => MannWhitney.Test([], [1]));
    }

    [Fact]
    public void KruskalWallis_EqualValues_HasNoP()
    {
        Assert.Equal((null, null), (KruskalWallis.Test([[1, 1], [1]]).H, KruskalWallis.Test([[1, 1], [1]]).P));
        Assert.Throws<ArgumentException>(() => KruskalWallis.Test([[1, 1]]));
        Assert.Throws<ArgumentException>(() => KruskalWallis.Test([[1, 1], []]));
    }

    private static void Check(JsonElement expected, string attribute, string[] groups, SubgroupRow row)
    {
        foreach (var group in expected.GetProperty("groups").EnumerateObject().Where(one => one.Value.GetProperty("n").GetInt32() >= 5))
        {
            var score = row.Scores[Array.IndexOf(groups, Name(attribute, group.Name))]!;
            Assert.Equal(group.Value.GetProperty("n").GetInt32(), score.N);
            Close.To(group.Value.GetProperty("mean").GetDouble(), score.Mean, 1e-12);
            Close.To(group.Value.GetProperty("sd").GetDouble(), score.Sd, 1e-12);
            Close.To(group.Value.GetProperty("median").GetDouble(), score.Median, 1e-12);
        }

        var kruskal = expected.GetProperty("kruskal");
        Close.To(kruskal.GetProperty("h").GetDouble(), row.Test!.H, 1e-9);
        Close.To(kruskal.GetProperty("p").GetDouble(), row.Test.P, 1e-9);
        var pairs = expected.GetProperty("mann_whitney").GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal(pairs.Length, row.Pairs.Count);
        var hasExact = pairs.Any(pair => pair[4].ValueKind == JsonValueKind.Number);
        foreach (var pair in pairs)
        {
            var (x, y) = (Name(attribute, pair[0].GetString()!), Name(attribute, pair[1].GetString()!));
            var isTurned = row.Pairs.All(one => one.First != x || one.Second != y);
            var actual = row.Pairs.Single(one => isTurned ? (one.First, one.Second) == (y, x) : (one.First, one.Second) == (x, y));
            if (!isTurned)
            {
                Assert.Equal(pair[2].GetDouble(), actual.Test.U);
            }

            Close.To(pair[3].GetDouble(), actual.Test.PAsymptotic, 1e-9);
            Assert.Equal(pair[4].ValueKind == JsonValueKind.Number, actual.Test.PExact is not null);
            if (actual.Test.PExact is { } exact)
            {
                Close.To(pair[4].GetDouble(), exact, 1e-9);
            }
            else if (!hasExact)
            {
                Close.To(pair[6].GetDouble(), actual.PHolm, 1e-9);
            }
        }
    }

    private static string Name(string attribute, string group) => attribute == "sex" ? group[..1] : group;

    [Fact]
    public void FieldIntervals_Group_AreOfTheMeanOverEntriesWithCasesDrawnTogether()
    {
        var contest = Some.Contest(casesEach: 8, structures: 1);
        CaseResult[] results =
        [
            .. from entry in new[] { ("a", 0.9), ("b", 0.5) }
               from pair in Some.Cases(contest).Index()
               select Some.Result(
                   contest, entry.Item1, pair.Item.Dataset, pair.Item.Case, entry.Item2 + (pair.Index * 7 % 10) / 100.0),
        ];

        var table = Ranking.Rank(contest, results, new RankingOptions { Resamples = 5000 }).Subgroups
            .Single(one => one is { Attribute: "sex", Metric: Metric.Dsc });

        Assert.Equal(table.Groups.Count, table.FieldIntervals.Count);
        foreach (var (g, interval) in table.FieldIntervals.Index())
        {
            // Both entries differ by a constant, so the interval is that of one of them, moved to the middle.
            double[] values = [.. Some.Cases(contest).Index()
                .Where(pair => pair.Item.Case.Metadata["sex"] == table.Groups[g].Name)
                .Select(pair => 0.7 + (pair.Index * 7 % 10) / 100.0)];
            var expected = Bootstrap.OfMean(values, 2000, seed: 1)!.Value;
            Close.To(expected.Low, interval!.Value.Low, 0.002);
            Close.To(expected.High, interval.Value.High, 0.002);
            Assert.True(interval.Value.Low < values.Average() && interval.Value.High > values.Average());
        }
    }
}
