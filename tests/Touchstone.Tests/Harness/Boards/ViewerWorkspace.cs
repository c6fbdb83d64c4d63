using System.IO.Compression;
using System.Security.Cryptography;
using Touchstone.Evaluators;
using Touchstone.Harness.Boards;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Site;
using Touchstone.Leaderboard.Viewer;
using Touchstone.Submissions;
using Touchstone.Tests.Leaderboard;

namespace Touchstone.Tests.Harness.Boards;

/// <summary>
/// A workspace with results and kept predictions of two entries on an open and on a secret dataset. Every CT voxel of the
/// open one has 40 HU, of the secret one 776 HU, which no other volume holds.
/// </summary>
internal sealed class ViewerWorkspace : IDisposable
{
    /// <summary>What 776 HU is in a preview.</summary>
    public const byte SecretByte = 225;

    private const string Rules = """
        title: Tiny
        description: Two structures on tiny cases.
        labels: bodymaps-2024
        structures: [spleen, liver]
        datasets: [open, secret]
        """;

    private static readonly Geometry Geometry = new(
        new Grid(40, 36, 30, new Spacing(2, 2, 3)), Affine.Scaling(new Spacing(2, 2, 3), (-40, -36, -45)));

    private readonly TemporaryFolder _folder = new();

    public ViewerWorkspace(bool secretWantsViewer = false, bool openWantsViewer = true)
    {
        Workspace = Workspace.Open(_folder.File("workspace"));
        Directory.CreateDirectory(_folder.File("workspace", "challenges"));
        _folder.Write("workspace/challenges/tiny.yaml", Rules);
        Challenge = ChallengeRules.Read(Workspace, "tiny");
        File.WriteAllText(ManifestPath, ManifestText(openWantsViewer));
        var read = Manifest.Read(ManifestPath);
        Manifest = read with
        {
            // Past the reader, which refuses it.
            Datasets = [.. read.Datasets.Select(one => one.Id == "secret" ? one with { HasViewer = secretWantsViewer } : one)],
        };
        foreach (var dataset in Manifest.Datasets)
        {
            File.WriteAllText(
                _folder.File($"{dataset.Id}.csv"), $"case\n{NameOf(dataset.Id, 1)}\n{NameOf(dataset.Id, 2)}\n");
            foreach (var item in CaseList.Read(dataset))
            {
                WriteCase(item, dataset.IsPublic ? (short)40 : (short)776);
            }
        }
    }

    public Workspace Workspace { get; }

    public Manifest Manifest { get; }

    public Challenge Challenge { get; }

    public string ManifestPath => _folder.File("datasets.manifest");

    /// <summary>What was told to the operator.</summary>
    public List<string> Told { get; } = [];

    public static string NameOf(string dataset, int number) => $"{dataset.ToUpperInvariant()}_CASE_{number}";

    /// <summary>A path in the folder of everything.</summary>
    public string InFolder(params string[] parts) => _folder.File(parts);

    /// <summary>The manifest's text, in which the secret dataset wants no viewer.</summary>
    public static string ManifestText(bool openWantsViewer = true, string secret = "") => $$"""
        version: 1
        datasets:
        {{Dataset("open", "access: public", openWantsViewer ? "viewer: yes" : "viewer: no")}}
        {{Dataset("secret", "access: private", secret)}}
        """;

    /// <summary>The board of everything, with the cases that may be shown.</summary>
    public (Board Board, CasePreviews Previews) MakeBoard(int cases = CasePreviews.DefaultCases)
    {
        var contest = ContestBuilder.Build(Challenge, Manifest, Workspace);
        var board = new Board(contest, [.. ResultFile.ReadAll(Workspace)], new RankingOptions { Resamples = 50 });
        var previews = new CasePreviews(Workspace, Manifest, Told.Add);
        return (previews.AddTo(board, Challenge, cases), previews);
    }

    /// <summary>The whole site, with a stand-in for the library.</summary>
    public IReadOnlyList<SiteFile> MakeSite(int cases = CasePreviews.DefaultCases)
    {
        var (board, previews) = MakeBoard(cases);
        return StaticSite.Build(
            [board], new BuildInfo(Some.Now, "test"), gallery: new Gallery { Library = "//"u8.ToArray(), Volumes = previews.Volumes });
    }

    /// <summary>Voxels of a volume of the site.</summary>
    public static byte[] Voxels(SiteFile file)
    {
        using var content = new GZipStream(
            new MemoryStream(Convert.FromBase64String(file.Text.Split('"')[1])), CompressionMode.Decompress);
        using var all = new MemoryStream();
        content.CopyTo(all);
        return all.ToArray()[352..];
    }

    public void Dispose() => _folder.Dispose();

    private static string Dataset(string id, string access, string viewer) => $"""
          - id: {id}
            title: The {id} dataset
            purpose: demonstration
            {access}
            {(viewer.Length > 0 ? viewer : "# nothing about a viewer")}
            volumes: [original: 2, accessible: 2]
            license: CC BY 4.0
            distribution: iid
            source: made by a test
            files: [root: {id}, case-list: {id}.csv]
        """.Replace("[", "{ ", StringComparison.Ordinal).Replace("]", " }", StringComparison.Ordinal);

    private void WriteCase(DatasetCase item, short hounsfield)
    {
        Directory.CreateDirectory(item.SegmentationsPath);
        NiftiWriter.Write(item.CtPath, Geometry, Enumerable.Repeat(hounsfield, Geometry.Grid.VoxelCount).ToArray());
        NiftiWriter.Write(Path.Combine(item.SegmentationsPath, "spleen.nii.gz"), Geometry, Box(4, 14, 1));
        NiftiWriter.Write(Path.Combine(item.SegmentationsPath, "liver.nii.gz"), Geometry, Box(24, 36, 1));
        var ct = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(item.CtPath)));
        foreach (var (entry, spleen) in new[] { ("good", 0.9), ("poor", 0.0) })
        {
            var pseudonym = Workspace.Pseudonym(item.Dataset, item.Id);
            var folder = Directory.CreateDirectory(
                Path.Combine(Workspace.CasePath(entry, item.Dataset, item.Id), "prediction")).FullName;
            var path = Path.Combine(folder, $"{pseudonym}.nii.gz");

            // Numbered as in bodymaps-2024: spleen 1, liver 5. The poor entry finds no spleen.
            var labels = Box(24, 36, 5);
            if (spleen > 0)
            {
                Box(4, 14, 1).Index().Where(voxel => voxel.Item > 0).ToList().ForEach(voxel => labels[voxel.Index] = 1);
            }

            NiftiWriter.Write(path, Geometry, labels);
            var key = new CaseKey { Dataset = item.Dataset, Case = item.Id, Pseudonym = pseudonym, CtSha256 = ct };
            ResultFile.Write(Workspace, Some.Counted(Result(entry, item, path) with
            {
                Case = key,
                Scores = [Some.Score("spleen", spleen), Some.Score("liver", 1)],
            }));
        }
    }

    private static CaseResult Result(string entry, DatasetCase item, string path)
    {
        var dataset = Some.Dataset(item.Dataset, item.Dataset, isPublic: true, isInDistribution: true, cases: 0);
        return Some.Result(
            Some.Entry(entry) with { Challenge = "tiny" }, dataset, Some.Case(item.Dataset, 1), Ending.Completed, []) with
        {
            Outputs =
            [
                new OutputFile(
                    Path.GetFileName(path), new FileInfo(path).Length,
                    Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))),
            ],
        };
    }

    private static byte[] Box(int fromX, int toX, byte label)
    {
        var (nx, ny, _, _) = Geometry.Grid;
        var labels = new byte[Geometry.Grid.VoxelCount];
        for (var i = 0; i < labels.Length; i++)
        {
            var (x, y, z) = (i % nx, i / nx % ny, i / (nx * ny));
            labels[i] = x >= fromX && x < toX && y is >= 10 and < 26 && z is >= 8 and < 22 ? label : (byte)0;
        }

        return labels;
    }
}
