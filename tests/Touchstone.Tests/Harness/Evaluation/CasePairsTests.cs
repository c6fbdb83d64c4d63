using Touchstone.Harness.Evaluation;

namespace Touchstone.Tests.Harness.Evaluation;

public sealed class CasePairsTests
{
    [Theory]
    [InlineData("a,b", "a,b,c", null, "a,b", "c")]
    [InlineData("case_1,case_2", "case_1_pred,case_2_pred", "_pred", "case_1_pred,case_2_pred", "")]
    [InlineData("case_1,case_2", "case_1_0000,case_2_0000", "_0000", "case_1_0000,case_2_0000", "")]
    [InlineData("case_1_gt,case_2_gt", "case_1,case_2", "_gt", "case_1,case_2", "")]
    [InlineData("case_1,case_2,case_3", "case_1-seg,case_3-seg", "-seg", "case_1-seg,,case_3-seg", "")]
    [InlineData("case_1", "case_1.pred", ".pred", "case_1.pred", "")]
    [InlineData("case_1,case_1_b", "case_1_pred,case_1_b_pred", "_pred", "case_1_pred,case_1_b_pred", "")]
    [InlineData("case_1,case_2", "case_1_pred,case_2_pred,other", "_pred", "case_1_pred,case_2_pred", "other")]
    public void Of_NamesThatBelongTogether_ArePaired(
        string references, string predictions, string? suffix, string paired, string unused)
    {
        var pairs = CasePairs.Of(references.Split(','), predictions.Split(','));

        Assert.Equal(suffix, pairs.Suffix);
        Assert.Equal(paired, string.Join(',', pairs.Predictions.Values));
        Assert.Equal(unused, string.Join(',', pairs.Unused));
    }

    [Theory]
    [InlineData("case_1,case_2", "case_1_pred,case_2_prob")] // two suffixes
    [InlineData("case_1,case_2", "case_1_pred,case_1_prob,case_2_pred,case_2_prob")] // two predictions each
    [InlineData("case_1,case_2", "case_10,case_20")] // other cases
    [InlineData("case_1,case_2", "case_1_pred,other")] // one of many may be chance
    public void Of_NamesThatOnlyLookAlike_AreNot(string references, string predictions)
    {
        var pairs = CasePairs.Of(references.Split(','), predictions.Split(','));

        Assert.Null(pairs.Suffix);
        Assert.All(pairs.Predictions.Values, Assert.Null);
        Assert.Equal(predictions.Split(',').Order(StringComparer.Ordinal), pairs.Unused);
    }

    [Fact]
    public void Of_AnEqualName_TakesNoSuffixForTheOthers()
    {
        var pairs = CasePairs.Of(["a", "b", "c"], ["a", "b_pred", "c_pred"]);

        Assert.Equal(["a", null, null], pairs.Predictions.Values);
        Assert.Equal(["b_pred", "c_pred"], pairs.Unused);
    }

    [Fact]
    public void Alike_NamesThatHoldItWhole_InWhateverCase() => Assert.Equal(
        ["case_1_pred", "Case_1", "pred_case_1"],
        CasePairs.Alike("case_1", ["case_1_pred", "Case_1", "case_10", "case_2", "pred_case_1", "subcase_1"]));
}
