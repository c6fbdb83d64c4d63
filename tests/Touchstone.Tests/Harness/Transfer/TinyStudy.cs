using System.Text;
using System.Text.Json;
using Touchstone.Evaluators;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Engine;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Transfer;
using Touchstone.Leaderboard.Transfer;
using Touchstone.Tests.Harness.EndToEnd;

namespace Touchstone.Tests.Harness.Transfer;

/// <summary>
/// A study that the executable can run: tiny cases, and a training container of a few lines of shell that "learns" by
/// copying a mask: without an initial model that of the liver only, with one all of them.
/// </summary>
internal sealed class TinyStudy : IDisposable
{
    private const string Train = """
        set -e
        sleep 0.05
        mode=$(grep '"mode"' inputs/job.json | cut -d'"' -f4)
        case=$(ls inputs/training | head -n 1)
        [ "$(wc -l < inputs/job.json)" -gt 9 ]
        mkdir -p outputs/model/deep
        {
          echo step,seconds,loss,learning_rate,validation_dsc
          echo 0,0,1.5,0.001,0.25
          echo 10,0.01,0.5,0.001,0.75
        } > outputs/log.csv
        cat inputs/job.json > outputs/model/deep/weights.bin
        [ -e inputs/initial ] && cat inputs/initial/deep/weights.bin >> outputs/model/deep/weights.bin
        case $mode in
          crash) echo no good; exit 1 ;;
          nothing) rm -r outputs/log.csv outputs/model; exit 0 ;;
          flood) dd if=/dev/zero of=outputs/model/big bs=1M count=64 2> /dev/null; exit 0 ;;
          symlink) ln -s /etc/passwd outputs/model/link; exit 0 ;;
          pipe) mkfifo outputs/test; exit 0 ;;
          sleep) sleep 100 ;;
          memory) tail /dev/zero ;;
        esac
        [ -e inputs/test ] || exit 0
        for one in inputs/test/*; do
          to=outputs/test/$(basename $one)/segmentations
          mkdir -p $to
          cp -f inputs/training/$case/segmentations/liver.nii.gz $to/
          [ -e inputs/initial ] && cp inputs/training/$case/segmentations/spleen.nii.gz $to/
          [ $mode = wrong-grid ] && cp -f masks/other.nii.gz $to/liver.nii.gz
          [ $mode = odd-names ] && : > outputs/evil && : > "$to/two words.nii.gz"
          [ ! -e $one/segmentations ]
        done
        exit 0
        """;

    private readonly TemporaryFolder _folder = new();

    /// <summary>Makes it.</summary>
    /// <param name="text">The study file; <c>IMAGE</c> in it is the archive.</param>
    /// <param name="cases">Cases of each dataset.</param>
    public TinyStudy(string text, int cases = 4)
    {
        var manifest = new StringBuilder("version: 1\ndatasets:\n");
        foreach (var dataset in new[] { "source", "target", "test" })
        {
            WriteCases(dataset, cases);
            manifest.Append(DatasetText(dataset, cases));
        }

        _folder.Write("datasets.manifest", manifest.ToString());
        File.WriteAllBytes(_folder.File("train.tar"), Image().Build());
        StudyPath = _folder.Write("tiny.yaml", text.Replace("IMAGE", "train.tar", StringComparison.Ordinal));
    }

    /// <summary>What a manifest says of one of its datasets.</summary>
    /// <param name="dataset">Its name; that of the private one is "test".</param>
    /// <param name="cases">How many it has.</param>
    public static string DatasetText(string dataset, int cases) => $$"""
          - id: {{dataset}}
            title: {{dataset}}
            purpose: demonstration
            access: {{(dataset == "test" ? "private" : "public")}}
            volumes: { original: {{cases}}, accessible: {{cases}} }
            structures: 2
            hospitals: 1
            distribution: iid
            source: made by a test
            files: { root: {{dataset}}, case-list: {{dataset}}.csv }

        """;

    public string StudyPath { get; }

    public string ManifestPath => _folder.File("datasets.manifest");

    public string Root => _folder.File("workspace", "studies", "tiny");

    /// <summary>A path in the folder of everything.</summary>
    public string PathOf(string name) => _folder.File(name);

    /// <summary>Rewrites the study file.</summary>
    public void Change(string from, string to) =>
        File.WriteAllText(StudyPath, File.ReadAllText(StudyPath).Replace(from, to, StringComparison.Ordinal));

    /// <summary>Makes label volumes out of a dataset's folders of masks.</summary>
    public void Combine(string dataset)
    {
        foreach (var folder in Directory.GetDirectories(_folder.File(dataset)))
        {
            Directory.Delete(Path.Combine(folder, "segmentations"), recursive: true);
            NiftiWriter.Write(Path.Combine(folder, "combined_labels.nii.gz"), EngineFixture.Geometry, EngineFixture.Truth());
        }

        File.WriteAllText(ManifestPath, File.ReadAllText(ManifestPath).Replace(
            $"case-list: {dataset}.csv", $"case-list: {dataset}.csv, layout: combined, labels: bodymaps-2024", StringComparison.Ordinal));
    }

    public string[] Options => ["--workspace", _folder.File("workspace"), "--manifest", ManifestPath];

    /// <summary>The study in a workspace of its own.</summary>
    /// <param name="workspace">Name of the workspace's folder.</param>
    public OpenStudy Open(string workspace) =>
        OpenStudy.Read(StudyPath, Manifest.Read(ManifestPath), Workspace.Open(_folder.File(workspace)));

    public CommandRun Run(params string[] options) => CommandRun.Touchstone(["transfer", "run", StudyPath, .. options, .. Options]);

    public CommandRun Report(params string[] options) => CommandRun.Touchstone(["transfer", "report", StudyPath, .. options, .. Options]);

    public JobResult Result(string job) => JobResultJson.Read(File.ReadAllBytes(Path.Combine(Root, "jobs", job, "result.json")));

    /// <summary>The state of every job, as <c>--state --json</c> tells it.</summary>
    public IReadOnlyDictionary<string, string> States()
    {
        using var json = JsonDocument.Parse(Run("--state", "--json").Succeeded().Output);
        return json.RootElement.GetProperty("jobs").EnumerateArray()
            .ToDictionary(job => job.GetProperty("job").GetString()!, job => job.GetProperty("state").GetString()!);
    }

    /// <summary>Takes the image out of the engine.</summary>
    public async Task RemoveImageAsync(DockerEngine engine)
    {
        foreach (var pin in Directory.Exists(Path.Combine(Root, "images")) ? Directory.GetFiles(Path.Combine(Root, "images")) : [])
        {
            using var json = JsonDocument.Parse(await File.ReadAllTextAsync(pin));
            if (await engine.FindImageAsync(json.RootElement.GetProperty("digest").GetString()!) is { } image)
            {
                RemoveTrials(image.Id);
                await engine.RemoveImageAsync(image.Id);
            }
        }
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A process that was killed while it tried the image leaves that container until it is old enough to be nobody's.</summary>
    private static void RemoveTrials(string image)
    {
        var left = CommandRun.Of("docker", "ps", "-aq", "--filter", "label=touchstone.trial", "--filter", $"ancestor={image}").Succeeded().Output;
        foreach (var container in left.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            CommandRun.Of("docker", "rm", "-f", container).Succeeded();
        }
    }

    private void WriteCases(string dataset, int count)
    {
        var geometry = EngineFixture.Geometry;
        for (var number = 1; number <= count; number++)
        {
            var masks = Directory.CreateDirectory(_folder.File(dataset, $"{dataset}{number}", "segmentations")).FullName;
            NiftiWriter.Write(_folder.File(dataset, $"{dataset}{number}", "ct.nii.gz"), geometry, new short[geometry.Grid.VoxelCount]);
            NiftiWriter.Write(Path.Combine(masks, "liver.nii.gz"), geometry, Mask(5));
            NiftiWriter.Write(Path.Combine(masks, "spleen.nii.gz"), geometry, Mask(1));
        }

        _folder.Write($"{dataset}.csv", "case\n" + string.Concat(Enumerable.Range(1, count).Select(number => $"{dataset}{number}\n")));
    }

    private static byte[] Mask(byte label) => [.. EngineFixture.Truth().Select(one => one == label ? (byte)1 : (byte)0)];

    private TestImage Image()
    {
        var other = EngineFixture.Geometry with { Grid = EngineFixture.Geometry.Grid with { Nx = 11 } };
        NiftiWriter.Write(_folder.File("other.nii.gz"), other, new byte[other.Grid.VoxelCount]);
        return new TestImage
        {
            Files = new Dictionary<string, byte[]>
            {
                ["bin/bash"] = "#!/bin/sh\nexec /bin/sh \"$@\"\n"u8.ToArray(),
                ["workspace/train.sh"] = Encoding.ASCII.GetBytes(Train.ReplaceLineEndings("\n")),
                ["workspace/masks/other.nii.gz"] = File.ReadAllBytes(_folder.File("other.nii.gz")),
            },
        };
    }
}
