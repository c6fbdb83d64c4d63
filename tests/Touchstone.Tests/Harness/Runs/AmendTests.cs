using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Server;
using Touchstone.Submissions;
using Touchstone.Tests.Harness.EndToEnd;

namespace Touchstone.Tests.Harness.Runs;

/// <summary>Rules that live: what may change, what may not, and who learns of it.</summary>
public sealed class AmendTests : IDisposable
{
    private const string Rules = """
        title: Elswhere
        description: Two structures.
        labels: { liver: 1, tumour: 2 }
        phases:
          warm-up: { datasets: [here], logs: open }
          final:
            datasets: [here]
            closes: 2027-04-01T00:00Z
            quota: { valid: { phase: 2 } }
            embargo: until-released
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly Workspace _workspace;

    public AmendTests()
    {
        _folder.Write("elsewhere.yaml", Rules);
        _folder.Write("here.csv", "case\none\n");
        _folder.Write("datasets.manifest", $$"""
            version: 1
            datasets:
              - id: here
                title: Here
                purpose: demonstration
                access: private
                volumes: { original: 1, accessible: 1 }
                distribution: ood
                source: made up
                files: { root: {{_folder.Path}}, case-list: here.csv }
            """);
        _workspace = Workspace.Open(_folder.File("ws"));
        ChallengeRules.Enter(_workspace, _folder.File("elsewhere.yaml"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Amend_WordsDatesAndQuotas_HoldAtOnceAndAreShownWithTheirReason()
    {
        var open = OpenChallenges.Find(_workspace, Manifest.Read(_folder.File("datasets.manifest")), ["elsewhere"]);
        Assert.Equal("Elswhere", open.Get("elsewhere").Title);

        var said = Amend("The registry was down for a week.",
            ("Elswhere", "Elsewhere"), ("2027-04-01T00:00Z", "2027-04-08T00:00Z"), ("{ phase: 2 }", "{ phase: 3 }")).Succeeded().Output;

        Assert.Contains("title: Elswhere → Elsewhere", said, StringComparison.Ordinal);
        Assert.Contains("closes of phase final: 2027-04-01 00:00 UTC → 2027-04-08 00:00 UTC", said, StringComparison.Ordinal);
        Assert.Contains("quota of valid entries of phase final: 2 in all → 3 in all", said, StringComparison.Ordinal);
        var now = open.Get("elsewhere");
        Assert.Equal(("Elsewhere", 3), (now.Title, now.In("final").Phase.Quota.Valid.PerPhase));
        Assert.Equal(Rules, File.ReadAllText(_folder.File("ws", "challenges", "elsewhere.yaml")));
        var shown = Run("show", "elsewhere", "--workspace", _folder.File("ws")).Succeeded().Output;
        Assert.Contains("The registry was down for a week.", shown, StringComparison.Ordinal);
        Assert.Contains("closes                 2027-04-08 00:00 UTC", shown, StringComparison.Ordinal);

        // The amended file is the challenge from now on, the first one is not.
        Assert.Equal(now.Sha256, ChallengeRules.Find(_workspace, _folder.File("elsewhere.yaml")).Sha256);
        _folder.Write("elsewhere.yaml", Rules);
        Assert.Contains(
            "There are other rules", Assert.Throws<SubmissionException>(() => ChallengeRules.Find(_workspace, _folder.File("elsewhere.yaml"))).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("liver: 1", "liver: 3", "structures: liver (1), tumour (2) → liver (3), tumour (2)")]
    [InlineData("phases:", "structures: [liver]\nphases:", "structures: liver (1), tumour (2) → liver (1)")]
    [InlineData("phases:", "metrics: { tolerance-mm: 2 }\nphases:", "metrics: surface-distance, NSD at 1 mm → surface-distance, NSD at 2 mm")]
    [InlineData("phases:", "ranking: { weights: { tumour: 2 } }\nphases:", "weights: 1 each → tumour 2")]
    [InlineData("phases:", "ranking: { scheme: flare }\nphases:", "ranking: mean-then-rank → flare")]
    [InlineData("phases:", "timing: { cold: yes }\nphases:", "timing: a fresh container for every case")]
    [InlineData("phases:", "limits: { wall-seconds: 700 }\nphases:", "time of phase warm-up: 600 s a case → 700 s a case")]
    [InlineData("phases:", "limits: { memory-mb: 1000 }\nphases:", "memory of phase final")]
    [InlineData("phases:", "root: allowed\nphases:", "root: refused → allowed")]
    [InlineData("logs: open", "logs: private", "logs of phase warm-up: open → private")]
    [InlineData("datasets: [here], logs", "datasets: [here, there], logs", "datasets of phase warm-up: here → here, there")]
    [InlineData("  warm-up: { datasets: [here], logs: open }\n", "", "datasets of phase warm-up: here (gone)")]
    [InlineData("{ liver: 1, tumour: 2 }", "{ liver: 1, tumour: { label: 2, hard: yes } }", "hard: none → tumour yes")]
    public void Amend_WhatMadeResults_IsRefusedWithTheWayAndNothingChanges(string from, string to, string words)
    {
        var run = Amend("Because.", (from, to), ("Elswhere", "Elsewhere"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
        Assert.Contains("Put them into a phase of a new name", run.Error, StringComparison.Ordinal);
        Assert.Equal("Elswhere", ChallengeRules.Read(_workspace, "elsewhere").Title);
        Assert.Equal(0, AmendmentFile.Newest(_workspace.Root, "elsewhere"));
    }

    [Fact]
    public void Amend_AFurtherPhase_IsTheWayToOtherRules()
    {
        Amend("A second round.", ("phases:", "phases:\n  again: { datasets: [here], limits: { wall-seconds: 60 } }")).Succeeded();
        Amend("Captions.", ("tumour: 2", "tumour: { label: 2, caption: HCC, colour: \"#aa0000\" }")).Succeeded();

        var rules = ChallengeRules.Read(_workspace, "elsewhere");
        Assert.Equal(["again", "warm-up", "final"], rules.Phases.Select(phase => phase.Name));
        Assert.Equal("HCC", rules.Facts["tumour"].Caption);
        Assert.Equal([1, 2], AmendmentFile.ReadAll(_workspace.Root, "elsewhere").Select(one => one.Number));
    }

    [Theory]
    [InlineData("", "Say why")]
    [InlineData("two\nlines\u202e", "reason, which everybody reads,")]
    public void Amend_ReasonThatNobodyCanRead_IsRefused(string reason, string words)
    {
        var run = Amend(reason, ("Elswhere", "Elsewhere"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Amend_NothingThatDiffers_SaysSo() =>
        Assert.Contains("Nothing in the file differs from the rules of elsewhere.", Amend("Because.").Error, StringComparison.Ordinal);

    [Fact]
    public void Amend_AnotherName_IsNoChallenge()
    {
        _folder.Write("other.yaml", Rules);

        var run = Run("amend", _folder.File("other.yaml"), "--reason", "x", "--workspace", _folder.File("ws"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("There is no challenge \"other\"", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AmendmentThatWasTouched_IsNamed()
    {
        Amend("Because.", ("Elswhere", "Elsewhere")).Succeeded();
        var path = _folder.File("ws", "challenges", "elsewhere.amendments", "1.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("phase: 2", "phase: 9", StringComparison.Ordinal));

        var run = CommandRun.Here("verify", "--workspace", _folder.File("ws"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("1.json is no amendment: Its text is not the one that was written.", run.All, StringComparison.Ordinal);
    }

    [Fact]
    public void New_Draft_NeedsNothingButNames()
    {
        var path = _folder.File("ours-2027.yaml");
        Run("new", path).Succeeded();

        Assert.Contains("ours-2027 can be entered: 2 structures, 2 phases.", Run("check", path).Succeeded().Output, StringComparison.Ordinal);
        Assert.Equal(2, Run("new", path).ExitCode);
        Assert.Equal(2, Run("new", _folder.File("Ours 2027.yaml")).ExitCode);
    }

    [Fact]
    public void Diff_OfTwo_TellsWhatCanBeAmended()
    {
        _folder.Write("other.yaml", Rules.Replace("Elswhere", "Elsewhere", StringComparison.Ordinal).Replace("liver: 1", "liver: 3", StringComparison.Ordinal));

        var run = Run("diff", _folder.File("elsewhere.yaml"), _folder.File("other.yaml"), "--workspace", _folder.File("ws"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("  title: Elswhere → Elsewhere", run.Output, StringComparison.Ordinal);
        Assert.Contains("* structures: liver (1)", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, Run("diff", "elsewhere", _folder.File("elsewhere.yaml"), "--workspace", _folder.File("ws")).ExitCode);
    }

    private CommandRun Amend(string reason, params (string From, string To)[] changes)
    {
        var kept = ChallengeRules.ReadWithText(_folder.File("elsewhere.yaml")).Text;
        foreach (var (from, to) in changes)
        {
            Assert.Contains(from, kept, StringComparison.Ordinal);
            kept = kept.Replace(from, to, StringComparison.Ordinal);
        }

        _folder.Write("elsewhere.yaml", kept);
        return Run("amend", _folder.File("elsewhere.yaml"), "--reason", reason, "--workspace", _folder.File("ws"));
    }

    private static CommandRun Run(params string[] arguments) => CommandRun.Here(["challenge", .. arguments]);
}
