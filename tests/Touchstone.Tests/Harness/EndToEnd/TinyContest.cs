using Touchstone.Harness.Runs;

namespace Touchstone.Tests.Harness.EndToEnd;

/// <summary>
/// A workspace that the executable can run: tiny cases under the rules of <c>tiny.yaml</c>, and containers of
/// <c>tests/participants</c> as entries.
/// </summary>
internal sealed class TinyContest(EngineFixture fixture, string folder, string? workspace = null)
{
    private const string Dataset = "phantom";

    private const string Rules = """
        title: Tiny
        description: Two structures on tiny cases.
        labels: bodymaps-2024
        structures: [spleen, liver]
        datasets: [phantom]
        limits:
          wall-seconds: 20
          grace-seconds: 0.5
          memory-mb: 48
          cpus: 1
          processes: 64
          output-mb: 4
          temporary-mb: 8
          shared-memory-mb: 8

        """;

    public string WorkspacePath => workspace ?? Path.Combine(folder, "workspace");

    public string ManifestPath => Path.Combine(folder, "datasets.manifest");

    /// <summary>Opens the workspace, made at its first use.</summary>
    public Workspace Workspace => Workspace.Open(WorkspacePath);

    /// <summary>Options that every command on this contest needs.</summary>
    public string[] Options => ["--workspace", WorkspacePath, "--manifest", ManifestPath];

    /// <summary>Makes the contest.</summary>
    /// <param name="participants">Names of entries; their ids are the same.</param>
    /// <param name="cases">Number of cases, <c>case1</c> and on.</param>
    /// <param name="rules">Changes the text of the challenge file.</param>
    public TinyContest Make(IEnumerable<string> participants, int cases, Func<string, string>? rules = null)
    {
        string[] ids = [.. Enumerable.Range(1, cases).Select(number => $"case{number}")];
        foreach (var id in ids)
        {
            var item = fixture.NewCase(id);
            var target = Path.Combine(folder, Dataset, id);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            Directory.Move(Path.GetDirectoryName(item.CtPath)!, target);
        }

        File.WriteAllText(Path.Combine(folder, "cases.csv"), $"case\n{string.Join('\n', ids)}\n");
        File.WriteAllText(ManifestPath, $$"""
            version: 1
            datasets:
              - id: {{Dataset}}
                title: Phantom
                purpose: demonstration
                access: public
                volumes: { original: {{cases}}, accessible: {{cases}} }
                structures: 2
                hospitals: 1
                distribution: iid
                source: made by a test
                files: { root: {{Dataset}}, case-list: cases.csv }

            """);
        var challenges = Directory.CreateDirectory(Path.Combine(WorkspacePath, "challenges")).FullName;
        File.WriteAllText(Path.Combine(challenges, "tiny.yaml"), rules is null ? Rules : rules(Rules));
        foreach (var name in participants)
        {
            SubmissionFile.Write(Workspace, fixture.Submission(Participant.Named(name)) with { Challenge = "tiny" });
        }

        return this;
    }

    /// <summary>Runs the executable on this contest.</summary>
    /// <param name="arguments">Command and options of its own.</param>
    public CommandRun Touchstone(params string[] arguments) => CommandRun.Touchstone([.. arguments, .. Options]);
}
