using Touchstone.Submissions;

namespace Touchstone.Tests.Submissions;

/// <summary>An id decides who reads an entry's scores and who withdraws it: nobody can make one that is another's.</summary>
public sealed class SubmissionIdTests
{
    private const int EarlierDigits = 8;
    private static readonly ImageDigest Image = ImageDigest.Parse("sha256:" + new string('a', 64));
    private static readonly SubmissionDraft Draft = new() { Team = "Team A", Name = "U-Net", Challenge = "demo" };

    [Fact]
    public void Id_StatementsChosenToAgreeInThirtyTwoBits_AreApart()
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);

        // Two of some hundred thousand agree in 32 bits: what an attacker does in seconds against himself, and in minutes
        // against somebody else.
        var pair = Enumerable.Range(0, 1_000_000).Select(number =>
        {
            var id = (Draft with { Command = $"sh predict.sh {number}" }).Accept(Image, "", DateTimeOffset.UnixEpoch).Id;
            var beginning = id["team-a-u-net-".Length..][..EarlierDigits];
            return (One: id, Other: seen.TryAdd(beginning, id) ? null : seen[beginning]);
        }).First(pair => pair.Other is not null);

        Assert.NotEqual(pair.One, pair.Other);
    }

    [Fact]
    public void Id_AnyStatement_HoldsAHundredAndTwentyEightBits() => Assert.Matches(
        "^team-a-u-net-[0-9a-f]{32,}$", Draft.Accept(Image, "", DateTimeOffset.UnixEpoch).Id);
}
