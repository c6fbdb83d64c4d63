using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Tests.Leaderboard;

/// <summary>The witness of exact p is the definition itself: every assignment of signs to the ranks, one by one.</summary>
public sealed class SignedRankTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Exact_EverySizeWithTiesAndZeros_AgreesWithEnumeration(int seed)
    {
        var random = new Random(seed);
        for (var differing = 1; differing <= SignedRank.LargestExact; differing++)
        {
            // Few different sizes make ties; quarters are exact in binary, tenths are not.
            var (unit, sizes) = seed % 2 == 0 ? (0.25, 4) : (0.1, 3 + differing);
            double[] second = [.. Enumerable.Range(0, differing + random.Next(4)).Select(_ => random.Next(3) * unit)];
            double[] first = [.. second.Select((value, i) =>
                i >= differing ? value : value + (random.Next(2) == 0 ? -1 : 1) * random.Next(1, sizes) * unit)];

            var (greater, less) = SignedRank.Both(first, second);

            var (upper, lower) = Enumerate([.. first.Take(differing).Select((value, i) => Math.Round((value - second[i]) / unit))]);
            Assert.Equal((first.Length, first.Length - differing), (greater.N, greater.Zeros));
            Assert.Equal((upper, lower), (greater.P!.Value, less.P!.Value));
            Assert.Equal((PMethod.Exact, PMethod.Exact), (greater.Method, less.Method));
            Assert.Equal(less, SignedRank.Greater(second, first));
        }
    }

    [Fact]
    public void Exact_EveryOutcomeOfFivePairs_HasTheSharesOfATable()
    {
        // All five better: one assignment of 32. R: wilcox.test(1:5, alternative = "greater") has p = 0.03125.
        var best = SignedRank.Greater([1.1, 2.2, 3.3, 4.4, 5.5], [1, 2, 3, 4, 5]);

        Assert.Equal((1 / 32.0, 1 / 32.0), (best.P, best.PExact));
        Assert.Equal(0.0216, best.PAsymptotic!.Value, 0.0001);
        Assert.Equal([2 / 32.0, 1], Holm.AdjustWhereDefined([best.P, SignedRank.Greater([1, 2, 3, 4, 5], [1.1, 2.2, 3.3, 4.4, 5.5]).P]));
    }

    [Theory]
    [InlineData(14, PMethod.Exact)]
    [InlineData(15, PMethod.Approximation)]
    public void Method_ChangesAboveFourteenDifferingPairs(int differing, PMethod method)
    {
        double[] second = new double[differing + 3];
        double[] first = [.. Enumerable.Range(1, differing).Select(i => (double)i), 0, 0, 0];

        var test = SignedRank.Greater(first, second);

        Assert.Equal(method, test.Method);
        Assert.Equal(method == PMethod.Exact ? Math.Pow(2, -14) : test.PAsymptotic, test.P);
    }

    [Fact]
    public void Both_DifferencesOfTheLastBit_AreNone()
    {
        // The same three scores, summed in another order: 0.8 and 0.8000000000000002.
        double[] first = [.. Enumerable.Repeat((0.7 + 0.8 + 0.9) / 3, 30)];
        double[] second = [.. Enumerable.Repeat((0.9 + 0.8 + 0.7) / 3 + 1e-16, 30)];
        Assert.NotEqual(first[0], second[0]);

        var (greater, less) = SignedRank.Both(first, second);

        Assert.Equal((30, null, null), (greater.Zeros, greater.P, less.P));
    }

    [Fact]
    public void Both_EqualDifferencesOfTenths_ShareTheirRank()
    {
        // 0.9 − 0.8 and 0.4 − 0.3 differ in the last bits only.
        var (greater, _) = SignedRank.Both([0.9, 0.4, 0.5], [0.8, 0.3, 0.7]);

        Assert.Equal(3, greater.WPlus);
    }

    [Fact]
    public void Holm_UndefinedMembers_StayUndefinedAndMakeNobodySmaller()
    {
        Assert.Equal([0.04, null, null, 1], Holm.AdjustWhereDefined([0.01, null, null, 0.9]));
        Assert.Equal([null], Holm.AdjustWhereDefined([null]));
    }

    [Fact]
    public void IndependentSamples_ThatDifferByRoundingOnly_HaveNoP()
    {
        double[] first = [0.8, 0.8000000000000002, 0.8, 0.8, 0.8];
        double[] second = [0.7999999999999999, 0.8, 0.7999999999999999, 0.7999999999999999, 0.7999999999999999];

        Assert.Equal((null, null), (MannWhitney.Test(first, second).P, MannWhitney.Test(first, second).Method));
        Assert.Equal((null, null), (KruskalWallis.Test([first, second]).H, KruskalWallis.Test([first, second]).P));
        Assert.Null(MannWhitney.Test([0, 0], [0]).P);
        Assert.Equal(12.5, MannWhitney.Test(first, second).U);
    }

    [Fact]
    public void Ranks_ThatDifferByRoundingOnly_AreShared()
    {
        bool[] all = [true, true, true];

        Assert.Equal([1, 1, 3], Ranks.Among([0.8, 0.8000000000000002, 0.7], all));
        Assert.Equal([2, 2, 1], Ranks.Among([0.8, 0.8000000000000002, 0.7], all, higherIsBetter: false));
        Assert.Equal([1.5, 1.5, 3], Ranks.MidAmong([0.8, 0.8000000000000002, 0.7], all));
        Assert.Equal([1, 1, 2], ParetoFronts.Of([(0.8, 10), (0.8000000000000002, 10), (0.8, 11)], all));
        Assert.Equal([2, 1], Ranks.Among([0.8, 0.8 + 1e-9], [true, true]));
        Assert.Equal([1, 2], Ranks.Among([3e-9, 2e-9], [true, true]));
    }

    private static (double Upper, double Lower) Enumerate(double[] differences)
    {
        double[] ranks = [.. differences.Select(one => differences.Average(other =>
            Math.Abs(other) < Math.Abs(one) ? 1.0 : Math.Abs(other) == Math.Abs(one) ? 0.5 : 0) * differences.Length + 0.5)];
        double Sum(Func<int, bool> isPlus) => ranks.Where((_, i) => isPlus(i)).Sum();
        var observed = Sum(i => differences[i] > 0);
        var assignments = Enumerable.Range(0, 1 << ranks.Length).Select(bits => Sum(i => (bits >> i & 1) == 1)).ToArray();
        return (
            assignments.Count(sum => sum >= observed) / (double)assignments.Length,
            assignments.Count(sum => sum <= observed) / (double)assignments.Length);
    }
}
