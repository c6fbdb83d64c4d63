using Touchstone.Evaluators;

namespace Touchstone.Tests.Evaluators;

public sealed class LabelMixUpTests
{
    private static readonly LabelMap Atlas = LabelMaps.AbdomenAtlas11;

    [Fact]
    public void Of_EverythingInItsPlace_IsNothing() =>
        Assert.Null(LabelMixUp.Of(Overlaps(("liver", 5), ("spleen", 8), ("lung_left", 21)), LabelMaps.All));

    [Fact]
    public void Of_TwoExchanged_AreBothMisplaced_AndNothingElseIs()
    {
        var mixUp = LabelMixUp.Of(Overlaps(("liver", 5), ("lung_left", 22), ("lung_right", 21)), LabelMaps.All)!;

        Assert.Empty(mixUp.Numberings);
        Assert.Equal(
            [("lung_left", "lung_right", 0.0, 1.0), ("lung_right", "lung_left", 0.0, 1.0)],
            mixUp.Misplaced.Select(one => (one.Structure, one.Part.Structure, one.DscAsCalled, one.DscOtherwise)));
        Assert.Equal((1.0 / 3, 1.0), (mixUp.DscAsCalled, mixUp.DscOtherwise));
    }

    [Fact]
    public void Of_ThreeInACircle_FindsAllOfThem()
    {
        var mixUp = LabelMixUp.Of(Overlaps(("aorta", 5), ("liver", 8), ("spleen", 1)), LabelMaps.All)!;

        Assert.Empty(mixUp.Numberings);
        Assert.Equal(["liver", "spleen", "aorta"], mixUp.Misplaced.Select(one => one.Part.Structure));
    }

    [Fact]
    public void Of_AnotherNumbering_IsNamed()
    {
        var mixUp = LabelMixUp.Of(
            Overlaps(("liver", 5), ("spleen", 1), ("stomach", 6), ("aorta", 52), ("postcava", 63)), LabelMaps.All)!;

        Assert.Equal(["totalsegmentator"], mixUp.Numberings);
        Assert.Equal((0.2, 1.0), (mixUp.DscAsCalled, mixUp.DscOtherwise));
        Assert.Null(mixUp.Misplaced.Single(one => one.Structure == "aorta").Part.Structure);
    }

    [Fact]
    public void Of_AnotherNumberingThatFitsLessThanAnExchange_IsNot()
    {
        // kidney_right and kidney_left exchanged, and everything else in place: no numbering explains that.
        var mixUp = LabelMixUp.Of(Overlaps(("kidney_left", 4), ("kidney_right", 3), ("aorta", 1), ("spleen", 8)), LabelMaps.All)!;

        Assert.Empty(mixUp.Numberings);
        Assert.Equal(2, mixUp.Misplaced.Count);
    }

    [Fact]
    public void Of_ShiftedByOne_IsAPermutation()
    {
        var mixUp = LabelMixUp.Of(Overlaps(("aorta", 2), ("gall_bladder", 3), ("kidney_left", 4), ("kidney_right", 5)), LabelMaps.All)!;

        Assert.Empty(mixUp.Numberings);
        Assert.Equal(["gall_bladder", "kidney_left", "kidney_right", "liver"], mixUp.Misplaced.Select(one => one.Part.Structure));
        Assert.Equal(1, mixUp.DscOtherwise);
    }

    [Fact]
    public void Of_StructureThatIsSimplyMissed_IsNothing()
    {
        var missed = Overlaps(("liver", 5), ("spleen", 8)) with { Both = [[100, 0], [0, 0]] };

        Assert.Null(LabelMixUp.Of(missed, LabelMaps.All));
    }

    [Fact]
    public void Of_PartThatFitsAsItIsCalled_IsNotGivenAway()
    {
        // A spleen that covers half of the missed stomach too is a spleen.
        var overlaps = new OverlapMatrix
        {
            Reference = [("spleen", 100), ("stomach", 100)],
            Prediction = [new PredictedPart("spleen", 8, 150)],
            Both = [[100], [50]],
        };

        Assert.Null(LabelMixUp.Of(overlaps, LabelMaps.All));
    }

    [Fact]
    public void Find_CaseWithExchangedLabels_ReadsItAgain()
    {
        using var folder = new TemporaryFolder();
        var geometry = Some.Geometry(12, 6, 4);
        var truth = Some.Cuboids(geometry, new Some.Cuboid(0, 0, 0, 3, 5, 3));
        var other = Some.Cuboids(geometry, new Some.Cuboid(6, 0, 0, 11, 5, 3));
        NiftiWriter.Write(folder.File("a.nii.gz"), geometry, Both(1, 2));
        NiftiWriter.Write(folder.File("b.nii.gz"), geometry, Both(2, 9));
        var (a, b) = (Labelled("a.nii.gz"), Labelled("b.nii.gz"));

        var score = CaseEvaluator.Score(a, b, ["organ_1", "organ_2"], new Protocol { Name = Protocol.SurfaceDistance });
        var mixUp = LabelMixUp.Find(a, b, score.Structures)!;

        Assert.Equal([new OtherLabel(9, null, 0, 144)], score.OtherLabels);
        Assert.Equal(144, score.UnknownLabelVoxels);
        Assert.Equal(
            [("organ_1", "organ_2", (byte?)2), ("organ_2", null, 9)],
            mixUp.Misplaced.Select(one => (one.Structure, one.Part.Structure, one.Part.Label)));
        Assert.Null(LabelMixUp.Find(a, a, CaseEvaluator.Score(a, a, ["organ_1"], new Protocol { Name = Protocol.Monai }).Structures));

        byte[] Both(byte one, byte two) => [.. truth.Zip(other, (x, y) => (byte)(x > 0 ? one : y > 0 ? two : 0))];
        MaskSource Labelled(string name) => new MaskSource.LabelFile(folder.File(name), Some.Labels(2));
    }

    /// <summary>Structures of a hundred voxels, each wholly under one label.</summary>
    private static OverlapMatrix Overlaps(params (string Structure, byte Label)[] pairs) => new()
    {
        Reference = [.. pairs.Select(pair => (pair.Structure, 100L))],
        Prediction = [.. pairs.Select(pair => new PredictedPart(Atlas.Structures.GetValueOrDefault(pair.Label), pair.Label, 100))],
        Both = [.. pairs.Select((_, s) => (long[])[.. pairs.Select((_, p) => s == p ? 100L : 0)])],
    };
}
