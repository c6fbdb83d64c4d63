using FsCheck;
using FsCheck.Fluent;
using Touchstone.Submissions;

namespace Touchstone.Tests.Submissions;

public sealed class QuotaRulesTests
{
    // A Wednesday.
    private static readonly DateTimeOffset Now = new(2027, 1, 20, 15, 0, 0, TimeSpan.Zero);

    private static readonly Gen<int?> Bounds = Gen.Elements<int?>(null, 0, 1, 2, 3, 5);

    private static readonly Gen<Quota> Quotas =
        from bounds in Bounds.ArrayOf(6)
        select new Quota { Valid = Of(bounds[0], bounds[1], bounds[2]), Attempts = Of(bounds[3], bounds[4], bounds[5]) };

    private static readonly Gen<(Quota Quota, Attempt[] Attempts, DateTimeOffset? Opens, DateTimeOffset? Closes)> Situations =
        from quota in Quotas
        from count in Gen.Choose(0, 8)
        from minutes in Gen.Choose(0, 20 * 24 * 60).ArrayOf(count)
        from endings in Gen.Elements(Enum.GetValues<AttemptEnding>()).ArrayOf(count)
        from opens in Gen.Elements<int?>(null, null, null, -30, 1, 6, 200)
        from closes in Gen.Elements<int?>(null, null, null, -1, 1, 12, 300)
        select (
            quota,
            minutes.Zip(endings, (ago, ending) => new Attempt(Now.AddMinutes(-ago), ending)).ToArray(),
            opens is { } open ? Now.AddHours(open) : (DateTimeOffset?)null,
            closes is { } close ? Now.AddHours(close) : (DateTimeOffset?)null);

    [Fact]
    public void Judge_AnySituation_AllowsExactlyWhatCountingByHandAllows() => Check((phase, attempts) =>
    {
        var expected = IsAllowed(phase, attempts, Now);

        var verdict = QuotaRules.Judge(phase, attempts, null, Now);

        Assert.Equal(expected, verdict is QuotaVerdict.Allowed);
        Assert.EndsWith(".", verdict.Sentence, StringComparison.Ordinal);
    });

    [Fact]
    public void Judge_Refused_IsAllowedAtTheNextTimeAndNotATickBefore() => Check((phase, attempts) =>
    {
        if (QuotaRules.Judge(phase, attempts, null, Now) is QuotaVerdict.Refused { NextAt: { } next })
        {
            Assert.True(next > Now);
            Assert.True(IsAllowed(phase, attempts, next));
            Assert.False(IsAllowed(phase, attempts, next.AddTicks(-1)));
        }
    });

    [Fact]
    public void Judge_RefusedForGood_IsNeverAllowedAgain() => Check((phase, attempts) =>
    {
        if (QuotaRules.Judge(phase, attempts, null, Now) is QuotaVerdict.Refused { NextAt: null })
        {
            Assert.All(
                Enumerable.Range(0, 24 * 40), hours => Assert.False(IsAllowed(phase, attempts, Now.AddHours(hours))));
        }
    });

    [Fact]
    public void Judge_FreeAttempts_ChangeNothing() => Check((phase, attempts) =>
    {
        var paid = attempts.Where(one => one.Ending is not (AttemptEnding.Failed or AttemptEnding.Cancelled)).ToArray();

        var (all, without) = (QuotaRules.Judge(phase, attempts, null, Now), QuotaRules.Judge(phase, paid, null, Now));

        Assert.Equal((without.Sentence, without.GetType()), (all.Sentence, all.GetType()));
        Assert.Equal(without.Uses, all.Uses);
    });

    [Fact]
    public void Judge_TwoValidOfTwoToday_SaysWhenTheNextIsPossible()
    {
        Attempt[] attempts = [At(Now.Date, AttemptEnding.Valid), At(Now.AddHours(-1), AttemptEnding.Open)];

        var verdict = Refused(new Quota { Valid = Of(2, 5, null) }, attempts);

        Assert.Equal((QuotaRule.ValidPerDay, new DateTimeOffset(2027, 1, 21, 0, 0, 0, TimeSpan.Zero)), (verdict.Rule, verdict.NextAt));
        Assert.Equal(
            "Your team has used 2 of 2 valid submissions today (UTC); the next is possible from 2027-01-21 00:00 UTC.",
            verdict.Sentence);
    }

    [Fact]
    public void Judge_WeekSpent_ReturnsOnMonday()
    {
        var monday = new DateTimeOffset(2027, 1, 18, 0, 0, 0, TimeSpan.Zero);

        var verdict = Refused(new Quota { Attempts = Of(5, 1, null) }, [At(monday, AttemptEnding.Rejected)]);

        Assert.Equal((QuotaRule.AttemptsPerWeek, monday.AddDays(7)), (verdict.Rule, verdict.NextAt));
        Assert.IsType<QuotaVerdict.Allowed>(Judge(
            new Quota { Attempts = Of(5, 1, null) }, [At(monday.AddTicks(-1), AttemptEnding.Rejected)]));
    }

    [Fact]
    public void Judge_PhaseSpent_SaysThatNoOtherIsPossible()
    {
        var verdict = Refused(new Quota { Valid = Of(1, null, 1) }, [At(Now, AttemptEnding.Valid)]);

        Assert.Equal((QuotaRule.ValidPerPhase, null), (verdict.Rule, verdict.NextAt));
        Assert.Equal("Your team has used 1 of 1 valid submissions in this phase; no other is possible.", verdict.Sentence);
    }

    [Fact]
    public void Judge_Allowed_SaysWhatIsLeft()
    {
        var verdict = Judge(new Quota { Valid = Of(2, null, null), Attempts = Of(null, null, 9) }, [At(Now, AttemptEnding.Rejected)]);

        Assert.Equal(
            "Left, with this one: 2 of 2 valid submissions today (UTC), 8 of 9 attempts in this phase.",
            Assert.IsType<QuotaVerdict.Allowed>(verdict).Sentence);
    }

    [Fact]
    public void Judge_Change_StandsInPlaceOfThePhasesQuota()
    {
        var phase = Phase(new Quota { Valid = Of(1, null, null) });
        Attempt[] attempts = [At(Now, AttemptEnding.Valid)];

        Assert.IsType<QuotaVerdict.Refused>(QuotaRules.Judge(phase, attempts, null, Now));
        Assert.IsType<QuotaVerdict.Allowed>(
            QuotaRules.Judge(phase, attempts, new QuotaChange(new Quota { Valid = Of(2, null, null) }), Now));
        Assert.IsType<QuotaVerdict.Refused>(
            QuotaRules.Judge(phase, [], new QuotaChange(new Quota { Attempts = Of(0, null, null) }), Now));
    }

    [Theory]
    [InlineData("2027-01-18T00:00:00+00:00", "2027-01-18")]
    [InlineData("2027-01-24T23:59:59+00:00", "2027-01-18")]
    [InlineData("2027-01-25T00:00:00+00:00", "2027-01-25")]
    [InlineData("2027-01-25T01:00:00+02:00", "2027-01-18")]
    [InlineData("2027-01-01T12:00:00+00:00", "2026-12-28")]
    public void StartOfWeek_AnyMoment_IsTheMondayOfItsIsoWeekInUtc(string time, string monday) => Assert.Equal(
        DateTimeOffset.Parse(monday + "T00:00Z", System.Globalization.CultureInfo.InvariantCulture),
        QuotaRules.StartOfWeek(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture)));

    private static QuotaVerdict.Refused Refused(Quota quota, Attempt[] attempts) =>
        Assert.IsType<QuotaVerdict.Refused>(Judge(quota, attempts));

    private static QuotaVerdict Judge(Quota quota, Attempt[] attempts) => QuotaRules.Judge(Phase(quota), attempts, null, Now);

    private static ChallengePhase Phase(Quota quota) => new() { Name = "test", Datasets = ["d"], Quota = quota };

    private static QuotaBounds Of(int? day, int? week, int? phase) => new() { PerDay = day, PerWeek = week, PerPhase = phase };

    private static Attempt At(DateTimeOffset time, AttemptEnding ending) => new(time, ending);

    /// <summary>The rules once more, said in another way: calendar days and ISO weeks instead of boundaries.</summary>
    private static bool IsAllowed(ChallengePhase phase, Attempt[] attempts, DateTimeOffset now)
    {
        static (int, int) Week(DateTimeOffset time) => (
            System.Globalization.ISOWeek.GetYear(time.UtcDateTime), System.Globalization.ISOWeek.GetWeekOfYear(time.UtcDateTime));
        bool Holds(QuotaBounds bounds, params AttemptEnding[] counted)
        {
            var times = attempts.Where(one => counted.Contains(one.Ending)).Select(one => one.OpenedAt).ToList();
            return times.Count(time => time.UtcDateTime.Date == now.UtcDateTime.Date) < (bounds.PerDay ?? int.MaxValue)
                && times.Count(time => Week(time) == Week(now)) < (bounds.PerWeek ?? int.MaxValue)
                && times.Count < (bounds.PerPhase ?? int.MaxValue);
        }

        return !(now < phase.Opens) && !(now >= phase.Closes)
            && Holds(phase.Quota.Valid, AttemptEnding.Valid, AttemptEnding.Open)
            && Holds(phase.Quota.Attempts, AttemptEnding.Valid, AttemptEnding.Open, AttemptEnding.Rejected);
    }

    private static void Check(Action<ChallengePhase, Attempt[]> holds) => Prop.ForAll(Situations.ToArbitrary(), one =>
        {
            var phase = Phase(one.Quota) with { Opens = one.Opens, Closes = one.Closes };
            holds(phase, one.Attempts);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(1, 3));
}
