using Touchstone.Evaluators;

namespace Touchstone.Tests.Evaluators;

public sealed class MaskFolderTests : IDisposable
{
    private static readonly Protocol SurfaceDistance = new() { Name = "surface-distance" };

    private static readonly Geometry Small =
        new(new Grid(8, 6, 4, new Spacing(1, 1, 2)), Affine.Scaling(new Spacing(1, 1, 2), (0, 0, 0)));

    private readonly string _folder = Directory.CreateTempSubdirectory("touchstone-masks-").FullName;

    [ExtraFact(Extra.RealCts)]
    public void Score_RealReferenceAgainstItself_IsPerfectWherePresentAndUndefinedWhereAbsent()
    {
        var masks = new MaskSource.MaskFolder(Repository.Shared("data", "real-ct", "TS_00000002", "segmentations"));

        var score = CaseEvaluator.Score(masks, masks, [.. LabelMaps.AbdomenAtlas11.Structures.Values], SurfaceDistance);

        Assert.Equal(22, score.Structures.Count);
        Assert.Equal(9, score.Structures.Count(structure => structure.ReferenceVoxels > 0));
        Assert.All(score.Structures, structure =>
        {
            Assert.Equal(structure.ReferenceVoxels > 0 ? 1 : null, structure.Dsc);
            Assert.Equal(structure.ReferenceVoxels > 0 ? 1 : null, structure.Nsd);
            Assert.Equal(structure.ReferenceVoxels > 0 ? 0 : null, structure.HdMm);
        });
    }

    [Fact]
    public void Score_PredictionWithoutAFile_FoundNothing()
    {
        var reference = Folder("reference", ("liver", 1), ("spleen", 0));
        var prediction = Folder("prediction");

        var score = CaseEvaluator.Score(reference, prediction, ["spleen", "liver", "aorta"], SurfaceDistance);

        Assert.Equal(["spleen", "liver"], score.Structures.Select(structure => structure.Structure));
        Assert.Equal([null, 0.0], score.Structures.Select(structure => structure.Dsc));
        Assert.Equal(6, score.Structures[1].ReferenceVoxels);
        Assert.Null(score.Structures[1].HdMm);
    }

    [Fact]
    public void Score_NamesThatDifferInCaseOnly_AreRefused()
    {
        var reference = Folder("reference", ("vertebra_L1", 1), ("vertebra_l1", 1));

        var fault = Assert.Throws<CaseException>(() => CaseEvaluator.Score(reference, reference, ["vertebra_L1"], SurfaceDistance));

        Assert.Contains("\"vertebra_L1\" and \"vertebra_l1\" differ in case only", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_SynonymsAndOtherNonZeroValues_AreTheSameStructure()
    {
        var reference = Folder("reference", ("gall_bladder", 1), ("postcava", 1));
        var prediction = Folder("prediction", ("gallbladder", 255), ("inferior_vena_cava", 7));

        var score = CaseEvaluator.Score(reference, prediction, ["gallbladder", "postcava"], SurfaceDistance);

        Assert.Equal(["gall_bladder", "postcava"], score.Structures.Select(structure => structure.Structure));
        Assert.All(score.Structures, structure => Assert.Equal(1, structure.Nsd));
    }

    [Fact]
    public void Score_TwoSpellingsOfOneStructure_IsRejected()
    {
        var reference = Folder("reference", ("postcava", 1));
        var prediction = Folder("prediction", ("postcava", 1), ("inferior_vena_cava", 1));

        var fault = Assert.Throws<CaseException>(
            () => CaseEvaluator.Score(reference, prediction, ["postcava"], SurfaceDistance));

        Assert.Equal((VolumeFault.Unreadable, CaseSide.Prediction), (fault.Fault, fault.Side));
    }

    [Fact]
    public void Score_ReferenceFolderAbsent_BlamesTheReference()
    {
        var fault = Assert.Throws<CaseException>(() => CaseEvaluator.Score(
            new MaskSource.MaskFolder(Path.Combine(_folder, "none")), Folder("prediction"), ["liver"], SurfaceDistance));

        Assert.Equal((VolumeFault.Missing, CaseSide.Reference), (fault.Fault, fault.Side));
    }

    [Fact]
    public void Inventory_Reference_HasVolumesAndNoMetrics()
    {
        var reference = Folder("reference", ("liver", 1), ("spleen", 0));

        var inventory = CaseEvaluator.Inventory(reference, ["liver", "spleen"]);

        Assert.Equal([6L, 0L], inventory.Structures.Select(structure => structure.ReferenceVoxels));
        Assert.Equal(0.012, inventory.Structures[0].ReferenceMl, 12);
        Assert.All(inventory.Structures, structure => Assert.Null(structure.Dsc));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Masks with the same 6 voxels set to the value given; 0 leaves a mask empty.</summary>
    private MaskSource.MaskFolder Folder(string name, params (string Structure, byte Value)[] masks)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        foreach (var (structure, value) in masks)
        {
            var voxels = new byte[Small.Grid.VoxelCount];
            voxels.AsSpan(60, 6).Fill(value);
            NiftiWriter.Write(Path.Combine(folder, structure + ".nii.gz"), Small, voxels);
        }

        return new MaskSource.MaskFolder(folder);
    }
}
