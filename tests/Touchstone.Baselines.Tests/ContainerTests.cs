using Touchstone.Baselines.Tests.Inference;
using Touchstone.Baselines.Tests.Networks;
using Touchstone.Evaluators;
using Touchstone.Tests.Harness.EndToEnd;

namespace Touchstone.Baselines.Tests;

/// <summary>A baseline's container, built without network, on the path that every entry takes.</summary>
[Trait("Category", "Engine")]
public sealed class ContainerTests : IDisposable
{
    private const string Challenge = """
        title: Tiny
        description: Two structures on a tiny case.
        labels: abdomenatlas-1.1
        structures: [spleen, liver]
        datasets: [phantom]
        limits: { wall-seconds: 120, memory-mb: 2048, cpus: 1, processes: 64, output-mb: 8, temporary-mb: 8, shared-memory-mb: 8 }
        """;

    private const string Manifest = """
        version: 1
        datasets:
          - id: phantom
            title: Phantom
            purpose: demonstration
            access: public
            volumes: { original: 1, accessible: 1 }
            structures: 2
            hospitals: 1
            distribution: iid
            source: made by a test
            files: { root: phantom, case-list: cases.csv }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        foreach (var image in CommandRun.Of("docker", "image", "ls", "-q", "--filter", "label=touchstone.baseline=image").Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            CommandRun.Of("docker", "rmi", image);
        }

        _folder.Dispose();
    }

    [Fact]
    public void Baseline_BuiltSubmittedAndRun_StandsOnTheBoard()
    {
        WriteContest();
        Directory.CreateDirectory(_folder.File("model"));
        foreach (var file in new[] { TinyModel.Write(_folder, TinyModel.Softmax), _folder.File("weights.pth") })
        {
            File.Copy(file, _folder.File("model", Path.GetFileName(file)));
        }

        CommandRun.Of(
            Repository.File("submissions", "baselines", "container", "build.sh"),
            "--output", _folder.File("tiny.tar"), _folder.File("model")).Succeeded();
        Touchstone(
            "submit", _folder.File("tiny.tar"), "--team", "In-house", "--name", "Tiny U-Net", "--baseline",
            "--challenge", _folder.File("tiny.yaml"));
        var run = Touchstone("run", "--all");
        var board = Touchstone("rank", "--challenge", "tiny");

        Assert.Contains("completed", run.Output + run.Error, StringComparison.Ordinal);
        Assert.Contains("Tiny U-Net (baseline)", board.Output, StringComparison.Ordinal);
        Assert.Contains("1/1", board.Output, StringComparison.Ordinal);
    }

    private void WriteContest()
    {
        var grid = new Grid(24, 20, 18, new(1.5, 1.5, 2));
        var geometry = new Geometry(grid, Affine.Scaling(grid.SpacingMm, default));
        var folder = _folder.File("phantom", "case1");
        Directory.CreateDirectory(Path.Combine(folder, "segmentations"));
        NiftiWriter.Write(
            Path.Combine(folder, "ct.nii.gz"), geometry,
            Array.ConvertAll(Formula.Numbers("ct", grid.VoxelCount), number => (short)Math.Round((number * 1200) - 100)));
        foreach (var structure in new[] { "liver", "spleen" })
        {
            NiftiWriter.Write(
                Path.Combine(folder, "segmentations", structure + ".nii.gz"), geometry,
                Array.ConvertAll(Formula.Numbers(structure, grid.VoxelCount), number => number > 0.2 ? (byte)1 : (byte)0));
        }

        _folder.Write("cases.csv", "case\ncase1\n");
        _folder.Write("datasets.manifest", Manifest + "\n");
        _folder.Write("tiny.yaml", Challenge + "\n");
    }

    private CommandRun Touchstone(params string[] arguments) => CommandRun.Touchstone(
        [.. arguments, "--workspace", _folder.File("workspace"), "--manifest", _folder.File("datasets.manifest")]).Succeeded();
}
