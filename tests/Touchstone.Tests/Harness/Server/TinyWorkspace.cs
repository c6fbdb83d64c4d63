using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;

namespace Touchstone.Tests.Harness.Server;

/// <summary>A workspace with the challenge <c>tiny</c>, and a manifest with its one dataset, in a folder of its own.</summary>
internal sealed class TinyWorkspace : IDisposable
{
    /// <summary>Rules of the challenge <c>tiny</c>.</summary>
    public const string Rules = """
        title: Tiny
        description: Two structures on one case.
        labels: bodymaps-2024
        structures: [spleen, liver]
        team-size: 3
        phases:
          debug:
            datasets: [phantom]
            logs: open
          test:
            datasets: [phantom]
            quota:
              valid: { day: 2 }
            embargo: until 2026-12-01T00:00Z
          past:
            datasets: [phantom]
            closes: 2026-01-01T00:00Z
        limits:
          wall-seconds: 20
          grace-seconds: 0.5
          memory-mb: 48
          cpus: 1
          processes: 64
          output-mb: 4
          temporary-mb: 8
          shared-memory-mb: 8
          image-mb: 16
        """;

    private readonly TemporaryFolder _folder = new();

    /// <summary>Lays it out.</summary>
    /// <param name="workspace">Where the workspace is; null for a folder beside the manifest.</param>
    /// <param name="rules">The text of the challenge file.</param>
    public TinyWorkspace(string? workspace = null, string rules = Rules)
    {
        Directory.CreateDirectory(Path.Combine(DatasetPath, "case1"));
        _folder.Write("cases.csv", "case\ncase1\n");
        ManifestPath = _folder.Write("datasets.manifest", """
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
            """);
        WorkspacePath = workspace ?? _folder.File("workspace");
        Directory.CreateDirectory(Path.Combine(WorkspacePath, "challenges"));
        File.WriteAllText(Path.Combine(WorkspacePath, "challenges", "tiny.yaml"), rules);
        Workspace = Workspace.Open(WorkspacePath);
    }

    public string WorkspacePath { get; }

    public string ManifestPath { get; }

    public string DatasetPath => _folder.File("phantom");

    public Workspace Workspace { get; }

    /// <summary>Options of every command on it.</summary>
    public string[] Options => ["--workspace", WorkspacePath, "--manifest", ManifestPath];

    /// <summary>A path beside it.</summary>
    public string Beside(string name) => _folder.File(name);

    /// <summary>Puts a case's files where the dataset has them.</summary>
    public void Fill(DatasetCase item)
    {
        Directory.Delete(Path.Combine(DatasetPath, "case1"));
        Directory.Move(Path.GetDirectoryName(item.CtPath)!, Path.Combine(DatasetPath, "case1"));
    }

    public void Dispose() => _folder.Dispose();
}
