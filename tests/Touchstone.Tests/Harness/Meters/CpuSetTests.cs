using Touchstone.Harness.Meters;

namespace Touchstone.Tests.Harness.Meters;

public sealed class CpuSetTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("0-3", "0-3")]
    [InlineData("3,1,2,0", "0-3")]
    [InlineData("0-1,4-6,5,9", "0-1,4-6,9")]
    public void Text_OfWhatWasRead_IsTheKernelsShortest(string text, string shortest) =>
        Assert.Equal(shortest, CpuSet.Parse(text, 16).Text);

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("-1")]
    [InlineData("3-1")]
    [InlineData("1-2-3")]
    [InlineData("0,")]
    [InlineData("16")]
    [InlineData("99999999999")]
    public void Parse_NoSetOfThisMachine_Throws(string text) =>
        Assert.Throws<FormatException>(() => CpuSet.Parse(text, 16));
}
