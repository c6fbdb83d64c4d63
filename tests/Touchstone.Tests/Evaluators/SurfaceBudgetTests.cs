using Touchstone.Evaluators;
using static Touchstone.Tests.Evaluators.Some;

namespace Touchstone.Tests.Evaluators;

/// <summary>A hostile prediction costs a refusal, not the machine's memory.</summary>
public sealed class SurfaceBudgetTests : IDisposable
{
    private const int Side = 16;

    private readonly Geometry _geometry = Geometry(Side, Side, Side);
    private readonly string _folder = Directory.CreateTempSubdirectory("touchstone-budget-").FullName;

    [Fact]
    public void Score_CheckerboardOverTheRuns_IsRefusedWhileReading() =>
        AssertRefused(Limits(runs: 1000), "more than 1000 runs");

    [Theory]
    [InlineData(Protocol.SurfaceDistance)]
    [InlineData(Protocol.Monai)]
    [InlineData(Protocol.BodyMaps2024)]
    public void Score_StructureOverItsElements_IsRefused(string protocol) =>
        AssertRefused(Limits(structure: 1500), "more than 1500 surface elements", protocol);

    [Fact]
    public void Score_StructuresOverTheElementsTogether_IsRefusedForAnyNumberOfThreads()
    {
        foreach (var threads in new[] { 1, 2, 4 })
        {
            AssertRefused(Limits(all: 6000), "more than 6000 surface elements together", threads: threads);
        }
    }

    [Fact]
    public void Score_ReferenceOverItsElements_IsTheReferencesFault()
    {
        var fault = Refusal(Limits(structure: 1500), Checkerboard(), Solid(), Protocol.SurfaceDistance, threads: 1);

        Assert.Equal(CaseSide.Reference, fault.Side);
    }

    [Fact]
    public void Score_WithinTheLimits_IsTheSameAsWithoutThem()
    {
        var labels = Write(Solid(), Checkerboard());
        var protocol = new Protocol { Name = Protocol.SurfaceDistance };

        var narrow = CaseEvaluator.Score(labels.Truth, labels.Judged, ["organ_1", "organ_2"], protocol, 1, new(4096, 4913, 9826));
        var wide = CaseEvaluator.Score(labels.Truth, labels.Judged, ["organ_1", "organ_2"], protocol);

        Assert.Equal(wide.Structures, narrow.Structures);
    }

    [Fact]
    public void Score_FolderOfMasksOverTheRunsTogether_IsRefused()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "masks")).FullName;
        foreach (var structure in new[] { "organ_1", "organ_2" })
        {
            NiftiWriter.Write(Path.Combine(folder, structure + ".nii.gz"), _geometry, Striped(label: 1));
        }

        var truth = Write(Solid(), Solid()).Truth;
        var fault = Assert.Throws<CaseException>(() => CaseEvaluator.Score(
            truth, new MaskSource.MaskFolder(folder), ["organ_1", "organ_2"],
            new Protocol { Name = Protocol.SurfaceDistance }, 1, Limits(runs: 200)));

        Assert.Equal((VolumeFault.TooLarge, CaseSide.Prediction), (fault.Fault, fault.Side));
        Assert.Contains("more than 200 runs", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static SurfaceLimits Limits(long runs = 1 << 20, long structure = 1 << 20, long all = 1 << 20) =>
        new(runs, structure, all);

    /// <summary>Two labels in turn along every axis, so that each has the whole volume for its surface.</summary>
    private static byte[] Checkerboard() =>
        [.. Enumerable.Range(0, Side * Side * Side).Select(i => (byte)(1 + ((i + (i / Side) + (i / Side / Side)) % 2)))];

    private static byte[] Striped(byte label) =>
        [.. Enumerable.Range(0, Side * Side * Side).Select(i => i / Side % 2 == 0 ? label : (byte)0)];

    private static byte[] Solid() => Cuboids(Geometry(Side, Side, Side), new Cuboid(2, 2, 2, 9, 9, 9));

    private void AssertRefused(
        SurfaceLimits limits, string reason, string protocol = Protocol.SurfaceDistance, int threads = 1)
    {
        var fault = Refusal(limits, Solid(), Checkerboard(), protocol, threads);

        Assert.Equal((VolumeFault.TooLarge, CaseSide.Prediction), (fault.Fault, fault.Side));
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    private CaseException Refusal(
        SurfaceLimits limits, byte[] reference, byte[] prediction, string protocol, int threads)
    {
        var (truth, judged) = Write(reference, prediction);
        return Assert.Throws<CaseException>(() => CaseEvaluator.Score(
            truth, judged, ["organ_1", "organ_2"], new Protocol { Name = protocol }, threads, limits));
    }

    private (MaskSource Truth, MaskSource Judged) Write(byte[] reference, byte[] prediction)
    {
        var (truth, judged) = (Path.Combine(_folder, "reference.nii.gz"), Path.Combine(_folder, "prediction.nii.gz"));
        NiftiWriter.Write(truth, _geometry, reference);
        NiftiWriter.Write(judged, _geometry, prediction);
        return (new MaskSource.LabelFile(truth, Labels(2)), new MaskSource.LabelFile(judged, Labels(2)));
    }
}
