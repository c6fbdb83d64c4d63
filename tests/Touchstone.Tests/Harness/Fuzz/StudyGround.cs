using System.Text;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Transfer;
using Touchstone.Leaderboard.Transfer;
using Touchstone.Tests.Harness.Transfer;
using Touchstone.Tests.Leaderboard.Transfer;

namespace Touchstone.Tests.Harness.Fuzz;

/// <summary>A transfer study that has run: its file, datasets, imported scores, weights, pinned image and results.</summary>
internal static class StudyGround
{
    private const string Study = """
        title: Tiny
        description: Nothing was trained.
        seed: 40
        trials: 1
        limits: { wall-seconds: 20, memory-mb: 64, cpus: 1, processes: 64, output-mb: 16, temporary-mb: 8, shared-memory-mb: 8 }
        metrics: { protocol: surface-distance, tolerance-mm: 2 }
        backbones:
          net: { image: image.tar, settings: { mode: copy, steps: 400, rate: 1e-4 } }
        pretrainings:
          scratch: { kind: scratch }
          supervised: { kind: trained, datasets: [source], structures: [liver, spleen], cases: 2 }
          downloaded: { kind: weights, weights: { net: weights } }
          published: { kind: imported, cases: 500, hours: 10 }
        tasks:
          organs: { structures: [liver, spleen], training: target, validation: 0.25, test: [test], cases: [1, 2] }
        imported:
          - { backbone: net, pretraining: published, task: organs, cases: 2, trials: [published] }

        """;

    /// <summary>Makes it.</summary>
    public static Ground Make()
    {
        var root = Directory.CreateTempSubdirectory("touchstone-fuzz-").FullName;
        var manifest = new StringBuilder("version: 1\ndatasets:\n");
        foreach (var dataset in new[] { "source", "target", "test" })
        {
            manifest.Append(WriteDataset(root, dataset));
        }

        File.WriteAllText(Path.Combine(root, "datasets.manifest"), manifest.ToString());
        File.WriteAllText(Path.Combine(root, "tiny.yaml"), Study);
        File.WriteAllBytes(Path.Combine(root, "image.tar"), SmallImage.Build());
        Directory.CreateDirectory(Path.Combine(root, "weights", "deep"));
        File.WriteAllText(Path.Combine(root, "weights", "deep", "weights.bin"), "w");
        Directory.CreateDirectory(Path.Combine(root, "published"));
        File.WriteAllText(Path.Combine(root, "published", "dsc.csv"), "case,liver,spleen\ntest1,0.9,0.8\ntest2,0.9,\n");
        Grounds.FixKey(Path.Combine(root, "workspace"));
        WriteResults(root);
        return new Ground(root);
    }

    private static string WriteDataset(string root, string dataset)
    {
        for (var number = 1; number <= 4; number++)
        {
            var folder = Path.Combine(root, dataset, $"{dataset}{number}");
            Grounds.Write(Path.Combine(folder, "ct.nii.gz"), EngineFixture.Truth());
            Grounds.Write(Path.Combine(folder, "segmentations", "liver.nii.gz"), EngineFixture.Truth());
        }

        File.WriteAllText(
            Path.Combine(root, $"{dataset}.csv"),
            "case\n" + string.Concat(Enumerable.Range(1, dataset == "test" ? 2 : 4).Select(number => $"{dataset}{number}\n")));
        return TinyStudy.DatasetText(dataset, cases: 4);
    }

    private static void WriteResults(string root)
    {
        var folder = new StudyFolder(Workspace.Open(Path.Combine(root, "workspace")), "tiny");
        Directory.CreateDirectory(Path.GetDirectoryName(folder.ImagePath("net"))!);
        File.WriteAllText(
            folder.ImagePath("net"), $$"""{ "written": "image.tar", "digest": "sha256:{{new string('a', 64)}}", "source": "image.tar" }""");
        var open = OpenStudy.Read(
            Path.Combine(root, "tiny.yaml"), Manifest.Read(Path.Combine(root, "datasets.manifest")),
            Workspace.Open(Path.Combine(root, "workspace")));
        var like = SomeStudy.Results().First(one => one.Test.Count > 0 && one.Log.Count > 0);
        foreach (var job in open.Jobs)
        {
            folder.Write(job.ImportFolder is not null
                ? JobResultMaker.Import(open, job, like.Provenance)
                : like with
                {
                    Study = "tiny",
                    Job = job.Key,
                    Fingerprint = open.FingerprintOf(job),
                    Test = job.Key.Kind == JobKind.Cell ? [.. like.Test.Take(job.Test.Count)] : [],
                    Protocol = job.Task?.Protocol,
                    ToleranceMm = job.Task?.ToleranceMm,
                });
        }
    }
}
