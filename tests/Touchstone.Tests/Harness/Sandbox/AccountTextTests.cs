using System.Text;
using Touchstone.Harness.Sandbox;

namespace Touchstone.Tests.Harness.Sandbox;

public sealed class AccountTextTests
{
    [Theory]
    [InlineData("64100:x:0:")]
    [InlineData("root:x:0:\n64100:x:27:a,b\nlast:x:1:")]
    [InlineData(" \t64100 :x:0:")]
    [InlineData("+64100:x:0:")]
    [InlineData("064100:x:0:")]
    [InlineData("\u00a064100:x:0:")]
    [InlineData("64100")]
    [InlineData("64100:x:")]
    [InlineData("64100:x:64100a:")]
    [InlineData("0:x:6:")]
    [InlineData("64100:x: 64100:")]
    [InlineData("64100:x:64100 :")]
    [InlineData("64100:x:+64100:")]
    [InlineData("0:x: 0:")]
    public void FaultOf_GroupNamedByANumberOfOurs_IsNamed(string groups)
    {
        Assert.Contains("by the number", AccountText.FaultOf(Encoding.UTF8.GetBytes(groups), isOfGroups: true), StringComparison.Ordinal);
        Assert.Null(AccountText.FaultOf(Encoding.UTF8.GetBytes(groups), isOfGroups: false));
    }

    [Theory]
    [InlineData("")]
    [InlineData("root:x:0:\nparticipant:x:64100:participant\n")]
    [InlineData("64100:x:64100:\n0:x:0:\n")]
    [InlineData("x:64100:0:64100\ng64100:x:0:\n1000:x:1000:\n")]
    public void FaultOf_OrdinaryGroups_IsNone(string groups) =>
        Assert.Null(AccountText.FaultOf(Encoding.UTF8.GetBytes(groups), isOfGroups: true));

    [Theory]
    [InlineData(32 << 10, null)]
    [InlineData((32 << 10) + 1, "has a line of more than 32 KiB, which engines do not read.")]
    public void FaultOf_LongLine_IsNoneUntilEnginesGiveUp(int length, string? expected) => Assert.Equal(
        expected, AccountText.FaultOf([.. "a\n"u8, .. Enumerable.Repeat((byte)'x', length), .. "\nb"u8], isOfGroups: false));

    [Fact]
    public void FaultOf_LargeFile_IsNamed() => Assert.Equal(
        "has more than 1 MiB.", AccountText.FaultOf(new byte[AccountText.MostBytes + 1], isOfGroups: false));
}
