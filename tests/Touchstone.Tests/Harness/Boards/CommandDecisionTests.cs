using Touchstone.Harness.Runs;
using Touchstone.Tests.Harness.EndToEnd;

namespace Touchstone.Tests.Harness.Boards;

/// <summary>Decisions by command line reach a live board, and what is refused is not recorded.</summary>
public sealed class CommandDecisionTests
{
    [Fact]
    public void EveryDecision_ByCommandLine_SaysThatTheBoardsAreStale()
    {
        using var ours = new PhasedWorkspace("    embargo: until 2030-01-01T00:00Z");
        var id = ours.Enter("Beta", "test").Id;
        ours.WriteManifest(hard: 2);
        foreach (var (file, score) in new[] { ("dsc", "0.9"), ("nsd", "0.8") })
        {
            Directory.CreateDirectory(ours.File("study", "method"));
            File.WriteAllText(ours.File("study", "method", $"{file}.csv"), $"case,liver\nhard1,{score}\nhard2,{score}\n");
        }

        string[][] commands =
        [
            ["disqualify", id, "--reason", "Trained on it."], ["disqualify", id, "--undo"], ["withdraw", id], ["withdraw", id, "--undo"],
            ["release", "--challenge", "ours", "--phase", "test"], ["rescore", "--dataset", "hard"],
            ["import", ours.File("study"), "--dataset", "hard"],
        ];

        Assert.All(commands, command =>
        {
            StaleBoards.Take(ours.Workspace);
            string[] options = command[0] is "rescore" or "import" ? ours.Options : ours.Options[..2];
            CommandRun.Touchstone([.. command, .. options]).Succeeded();
            Assert.True(StaleBoards.Take(ours.Workspace));
        });
    }

    [Fact]
    public void Submit_ChangedChallengeFile_IsRefusedBeforeAnythingIsRecorded()
    {
        using var ours = new PhasedWorkspace();
        var kept = File.ReadAllText(ours.File("workspace", "challenges", "ours.yaml"));
        File.WriteAllText(ours.File("ours.yaml"), kept.Replace("title: Ours", "title: Changed", StringComparison.Ordinal));
        File.WriteAllText(ours.File("image.tar"), "never looked at");

        var run = ours.Touchstone("submit", ours.File("image.tar"), "--team", "T", "--name", "N", "--challenge", ours.File("ours.yaml"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("There are other rules under the name \"ours\" already", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Accepted", run.Output + run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(ours.File("workspace", "submissions")));
        Assert.Equal(kept, File.ReadAllText(ours.File("workspace", "challenges", "ours.yaml")));
    }

    [Fact]
    public void Import_UnknownChallenge_RecordsNoCases()
    {
        using var ours = new PhasedWorkspace();
        Directory.CreateDirectory(ours.File("study", "method"));
        File.WriteAllText(ours.File("study", "method", "dsc.csv"), "case,liver\nhard1,0.9\n");
        File.WriteAllText(ours.File("study", "method", "nsd.csv"), "case,liver\nhard1,0.9\n");
        File.Delete(ours.File("hard.csv"));

        var run = ours.Touchstone("import", ours.File("study"), "--dataset", "hard", "--challenge", "nowhere");

        Assert.Equal(2, run.ExitCode);
        Assert.False(Directory.Exists(ours.File("workspace", "imports")));
    }
}
