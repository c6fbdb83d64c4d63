using System.Security.Cryptography;
using Touchstone.Evaluators;
using Touchstone.Leaderboard.Results;
using Touchstone.Tests.Evaluators;
using Touchstone.Tests.Harness.Boards;

namespace Touchstone.Tests.Harness.Fuzz;

/// <summary>Small folders in which every command has something to read.</summary>
internal static class Grounds
{
    /// <summary>When it is in them.</summary>
    public static readonly DateTimeOffset Now = PhasedWorkspace.Now;

    /// <summary>
    /// A workspace with entries, results, decisions, releases, stores, tokens, an import and a published site, beside its
    /// manifest, datasets, an image, a backup and changed rules.
    /// </summary>
    /// <param name="touchstone">Runs a command line, which must succeed.</param>
    public static async Task<Ground> WorkspaceAsync(Func<string[], Task> touchstone)
    {
        var folder = new PhasedWorkspace("    embargo: until 2040-01-01T00:00Z");
        FixKey(folder.File("workspace"));
        folder.Enter("Alpha", "test");
        var beta = folder.Enter("Beta", "test", from: 3);
        folder.Enter("Gamma", "test", ending: Ending.Crashed);
        folder.Enter("Delta", "debug", isBaseline: true);
        File.WriteAllText(folder.File("token"), "tsp_000000000000_0123456789abcdef\n");
        File.WriteAllBytes(folder.File("image.tar"), SmallImage.Build());
        File.WriteAllText(folder.File("easy.sha256"), Checksums(folder.File("easy")));
        var manifest = File.ReadAllText(folder.File("datasets.manifest"));
        File.WriteAllText(folder.File("datasets.manifest"), manifest.Replace(
            "case-list: easy.csv }", "case-list: easy.csv, checksums: easy.sha256 }", StringComparison.Ordinal));
        string[] options = folder.Options;
        await touchstone(["disqualify", beta.Id, "--reason", "It was not theirs.", .. options[..2]]);
        await touchstone(["withdraw", beta.Id, .. options[..2]]);
        await touchstone(["token", "create", "--admin", "--name", "Ada", .. options[..2]]);
        await touchstone(["token", "invite", "--note", "a team", .. options[..2]]);
        await touchstone(["release", "--challenge", "ours", "--phase", "test", .. options[..2]]);
        await touchstone(["rank", "--challenge", "ours", "--phase", "test", .. options]);
        await touchstone(["publish", "--output", folder.File("site"), "--include-embargoed", .. options]);
        folder.WriteMask("hard", 1, from: 3);
        File.WriteAllText(folder.File("datasets.manifest"), File.ReadAllText(folder.File("datasets.manifest"))
            .Replace("ood\n    reference-version: 1", "ood\n    reference-version: 2", StringComparison.Ordinal));
        await touchstone(["rescore", "--dataset", "hard", .. options]);
        await touchstone(["backup", folder.File("backup"), "--without-images", .. options]);
        Directory.CreateDirectory(folder.File("changed"));
        File.WriteAllText(folder.File("changed/ours.yaml"), File.ReadAllText(folder.File("workspace/challenges/ours.yaml"))
            .Replace("title: ", "title: Truly ", StringComparison.Ordinal));
        return new Ground(folder.File(), folder);
    }

    /// <summary>References and predictions of every arrangement that <c>evaluate</c> reads.</summary>
    public static Ground Evaluation()
    {
        var root = Directory.CreateTempSubdirectory("touchstone-fuzz-").FullName;
        byte[] liver = [.. EngineFixture.Truth().Select(label => label == 5 ? (byte)1 : (byte)0)];
        foreach (var side in new[] { "reference", "prediction" })
        {
            foreach (var one in new[] { "case1", "case2" })
            {
                Write(Path.Combine(root, side, "volumes", $"{one}.nii.gz"), EngineFixture.Truth());
            }

            Write(Path.Combine(root, side, "masks", "liver.nii.gz"), liver);
            Write(Path.Combine(root, side, "masks", "spleen.nii.gz"), [.. EngineFixture.Truth().Select(label => label == 1 ? (byte)1 : (byte)0)]);
            Write(Path.Combine(root, side, "cases", "case1", "liver.nii.gz"), liver);
            Directory.CreateDirectory(Path.Combine(root, side, "meta"));
            File.WriteAllBytes(Path.Combine(root, side, "meta", "liver.mha"),
            [
                .. "ObjectType = Image\nNDims = 3\nTransformMatrix = 1 0 0 0 1 0 0 0 1\nOffset = 0 0 0\nDimSize = 4 3 2\n"u8,
                .. "ElementSpacing = 1 1 2\nElementType = MET_UCHAR\nElementDataFile = LOCAL\n"u8,
                .. Enumerable.Range(0, 24).Select(i => (byte)(i % 5 == 0 ? 1 : 0)),
            ]);
            File.WriteAllBytes(Path.Combine(root, side, "plain.nii"), new NiftiBytes
            {
                Voxels = [.. Enumerable.Range(0, 24).Select(i => i % 5 == 0 ? 1.0 : 0)],
                DataOffset = 352,
            }.Bytes());
        }

        File.WriteAllText(Path.Combine(root, "labels.txt"), "1 spleen\n5 liver\n");
        File.WriteAllText(Path.Combine(root, "dataset.json"), """
            {
              "name": "Tiny",
              "channel_names": { "0": "CT" },
              "labels": { "background": 0, "spleen": 1, "liver": 5 },
              "numTraining": 1,
              "file_ending": ".nii.gz"
            }
            """);
        return new Ground(root);
    }

    /// <summary>A published study's scores, and a workspace that has imported them.</summary>
    /// <param name="touchstone">Runs a command line, which must succeed.</param>
    public static async Task<Ground> StudyAsync(Func<string[], Task> touchstone)
    {
        var root = Directory.CreateTempSubdirectory("touchstone-fuzz-").FullName;
        File.WriteAllText(Path.Combine(root, "datasets.manifest"), """
            version: 1
            datasets:
              - id: elsewhere
                title: Elsewhere
                purpose: external-validation
                access: public
                volumes: { original: 3, accessible: 3 }
                structures: 2
                hospitals: 1
                countries: [DE]
                distribution: ood
                source: made by a test
            """);
        foreach (var (method, shift) in new[] { ("A", 0), ("B", 3) })
        {
            var folder = Directory.CreateDirectory(Path.Combine(root, "study", method)).FullName;
            foreach (var (metric, less) in new[] { ("dsc", 0), ("nsd", 5) })
            {
                File.WriteAllText(
                    Path.Combine(folder, $"{metric}.csv"),
                    $"name,aorta,liver\ns1,0.{80 - shift - less},0.9{shift}\ns2,,0.{70 + shift}\ns3,0.5,{shift % 2}\n");
            }
        }

        File.WriteAllText(Path.Combine(root, "study", "meta.csv"), "case,sex,age\ns1,F,60\ns2,M,\ns3,F,71\n");
        FixKey(Path.Combine(root, "workspace"));
        string[] options = ["--workspace", Path.Combine(root, "workspace"), "--manifest", Path.Combine(root, "datasets.manifest")];
        await touchstone(["import", Path.Combine(root, "study"), "--dataset", "elsewhere", .. options]);
        await touchstone(["publish", "--output", Path.Combine(root, "site"), .. options]);
        return new Ground(root);
    }

    /// <summary>The same key for the same names in every run: they begin at the same place in every file.</summary>
    internal static void FixKey(string workspace)
    {
        Directory.CreateDirectory(workspace);
        File.WriteAllBytes(Path.Combine(workspace, "workspace.key"), [.. Enumerable.Range(1, 32).Select(i => (byte)i)]);
    }

    internal static void Write(string path, byte[] labels)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        NiftiWriter.Write(path, EngineFixture.Geometry, labels);
    }

    private static string Checksums(string folder) => string.Concat(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file =>
            $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))}  {Path.GetRelativePath(folder, file)}\n"));
}
