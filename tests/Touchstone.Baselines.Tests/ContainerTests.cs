using Touchstone.Baselines.Tests.Networks;
using Touchstone.Baselines.Tests.Training;
using Touchstone.Evaluators;
using Touchstone.Tests.Harness.EndToEnd;

namespace Touchstone.Baselines.Tests;

/// <summary>A baseline's container, built without network, on the path that every entry takes.</summary>
[Trait("Category", "Engine")]
public sealed class ContainerTests(BaselineImage image) : IClassFixture<BaselineImage>, IDisposable
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

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Baseline_BuiltSubmittedAndRun_StandsOnTheBoard()
    {
        WriteContest();
        Touchstone(
            "submit", image.Archive, "--team", "In-house", "--name", "Tiny U-Net", "--baseline",
            "--challenge", _folder.File("tiny.yaml"));
        var run = Touchstone("run", "--all");
        var board = Touchstone("rank", "--challenge", "tiny");

        Assert.Contains("completed", run.Output + run.Error, StringComparison.Ordinal);
        Assert.Contains("Tiny U-Net (baseline)", board.Output, StringComparison.Ordinal);
        Assert.Contains("1/1", board.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Baseline_StartedWithTrainSh_DoesItsJobByTheContract()
    {
        using var job = new PhantomJob().Job(["liver", "spleen"], """{ "steps": 2 }""")
            .Cases("training", PhantomJob.General, [1, 2], "liver", "spleen")
            .Cases("validation", PhantomJob.General, [3], "liver", "spleen")
            .Cases("test", PhantomJob.General, [5]);
        var outputs = Directory.CreateDirectory(Path.Combine(job.Folders.Root, "outputs")).FullName;
        CommandRun.Of("chmod", "777", job.Folders.Root, outputs).Succeeded(); // for the container's own user
        var loaded = CommandRun.Of("docker", "load", "-q", "-i", image.Archive).Succeeded().Output.Split(": ")[^1].Trim();

        CommandRun.Of(
            "docker", "run", "--rm", "--network", "none", "--read-only", "--tmpfs", "/tmp:rw,noexec,size=16m", "--user", "64100:64100",
            "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--memory", "2g", "--pids-limit", "128",
            "-v", $"{Path.Combine(job.Folders.Root, "inputs")}:/workspace/inputs:ro", "-v", $"{outputs}:/workspace/outputs",
            loaded, "/bin/bash", "-c", "sh train.sh").Succeeded();

        Assert.True(File.Exists(job.Folders.ModelFile));
        Assert.Equal(3, File.ReadAllLines(job.Folders.Log).Length);
        Assert.True(File.Exists(Path.Combine(job.Folders.TestOutputs, "PHT_00000005", "segmentations", "liver.nii.gz")));
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
