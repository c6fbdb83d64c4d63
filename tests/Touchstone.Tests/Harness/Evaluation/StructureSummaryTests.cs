using Touchstone.Evaluators;
using Touchstone.Harness.Evaluation;
using Touchstone.Leaderboard;

namespace Touchstone.Tests.Harness.Evaluation;

public sealed class StructureSummaryTests
{
    [Fact]
    public void Of_MeansOverSomeCases_AreNeverBetterThanWhatWasFound()
    {
        // Found, missed, absent, falsely positive.
        EvaluatedCase[] cases = [Case(Row(10, 10, 1, 0.5)), Case(Row(10, 0, 0, null)), Case(Row(0, 0, null, null)), Case(Row(0, 4, 0, null))];

        var row = Assert.Single(StructureSummary.Of(cases, Protocol.SurfaceDistance, MissingRule.Worst));

        Assert.Equal((4, 2, 1, 1, 1, 0), (row.Annotated, row.Present, row.Missed, row.Absent, row.FalsePositive, row.Failed));
        Assert.Equal(new CountedMean(1.0 / 3, 3), row.Dsc);
        Assert.Equal(new CountedMean(0.5, 1), row.Hd95Mm);
    }

    [Theory]
    [InlineData(Protocol.SurfaceDistance, 0.5, 2)]
    [InlineData(Protocol.Monai, 1.0, 1)]
    public void Of_CaseThatFailedWhereTheStructureIsAbsent_CountsAsOnBoards(string protocol, double mean, int count)
    {
        var failed = new EvaluatedCase(Some, Score: null, "prediction: gone") { Inventory = Case(Row(0, 0, null, null)).Score };

        var row = Assert.Single(StructureSummary.Of([Case(Row(10, 10, 1, 0.5)), failed], protocol, MissingRule.Worst));

        Assert.Equal(new CountedMean(mean, count), row.Dsc);
    }

    [Fact]
    public void Of_NoCaseScored_HasNoRow() =>
        Assert.Empty(StructureSummary.Of([new EvaluatedCase(Some, Score: null, "reference: gone")], Protocol.SurfaceDistance, MissingRule.Worst));

    private static EvaluationCase Some { get; } = new("a", new MaskSource.MaskFolder("r"), new MaskSource.MaskFolder("p"));

    private static EvaluatedCase Case(StructureScore score) => new(
        Some,
        new CaseScore { SpacingMm = new Spacing(1, 1, 1), Structures = [score], UnknownLabelVoxels = 0 },
        Reason: null);

    private static StructureScore Row(long reference, long prediction, double? dsc, double? mm) => new()
    {
        Structure = "liver",
        ReferenceVoxels = reference,
        PredictionVoxels = prediction,
        BothVoxels = 0,
        Dsc = dsc,
        Nsd = dsc,
        HdMm = mm,
        Hd95Mm = mm,
        AssdMm = mm,
        ReferenceMl = reference,
        PredictionMl = prediction,
    };
}
