using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Transfer;
using Touchstone.Submissions;

namespace Touchstone.Baselines.Tests.Training;

/// <summary>What a study trains does not hang on the workspace that it runs in.</summary>
public sealed class StudyWeightsTests
{
    private const string Tiny = """
        {
          "backbone": "UNet", "width": 1, "spacingMm": [12, 12, 12], "window": 16, "steps": 5, "validationInterval": 2,
          "flipProbability": 0.5, "learningRate": 0.01
        }
        """;

    [Fact]
    public void Train_OneJobInTwoWorkspaces_GivesTheSameWeights()
    {
        using var files = new TemporaryFolder();
        using var phantoms = new PhantomJob().Cases("general", PhantomJob.General, Enumerable.Range(1, 6), "liver");
        var study = WriteStudy(files, Path.Combine(phantoms.Folders.Root, "inputs", "general"));

        Assert.Equal(Weights(files, study, "one"), Weights(files, study, "other"));
    }

    private static byte[] Weights(TemporaryFolder files, string study, string workspace)
    {
        var open = OpenStudy.Read(
            study, Manifest.Read(files.File("datasets.manifest")), Workspace.Open(files.File(workspace)));
        var planned = open.Jobs[0];
        using var job = new PhantomJob();
        foreach (var file in TrainingFiles.Of(
            planned, open.Names.Of(planned), [], new SandboxLimits { Cpus = 1 }, needsGpu: false, one => one.CtPath).Inputs)
        {
            var path = Path.Combine(job.Folders.Root, "inputs", file.Name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, file.Path is { } source ? File.ReadAllBytes(source) : file.Content.ToArray());
        }

        job.TrainWith(Tiny);
        return File.ReadAllBytes(Path.Combine(job.Folders.Model, "weights.pth"));
    }

    private static string WriteStudy(TemporaryFolder files, string phantoms)
    {
        files.Write("cases.csv", "case\n" + string.Concat(Directory.GetDirectories(phantoms)
            .Select(Path.GetFileName).Order(StringComparer.Ordinal).Select(name => $"{name}\n")));
        files.Write("datasets.manifest", $$"""
            version: 1
            datasets:
            {{Dataset("general", phantoms)}}
            {{Dataset("target", phantoms)}}
            {{Dataset("test", phantoms)}}
            """);
        return files.Write("weights.yaml", """
            title: Weights
            seed: 7
            trials: 1
            backbones:
              unet: { image: unet.tar }
            pretrainings:
              supervised: { kind: trained, datasets: [general], structures: [liver], cases: 5 }
            tasks:
              organs: { structures: [liver], training: target, test: [test], cases: [1] }
            """);
    }

    private static string Dataset(string id, string root) => $$"""
          - id: {{id}}
            title: {{id}}
            purpose: demonstration
            access: public
            volumes: { original: 6, accessible: 6 }
            distribution: iid
            source: made by a test
            files: { root: {{root}}, case-list: cases.csv }
        """;
}
