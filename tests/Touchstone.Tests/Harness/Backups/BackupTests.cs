using Touchstone.Harness.Intake;
using Touchstone.Harness.Runs;
using Touchstone.Tests.Harness.Boards;
using Touchstone.Tests.Harness.EndToEnd;

namespace Touchstone.Tests.Harness.Backups;

/// <summary>A workspace on another machine is the same workspace.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly PhasedWorkspace _ours = new();

    public void Dispose() => _ours.Dispose();

    [Fact]
    public void Restore_OnAnEmptyMachine_RanksAndVerifiesAsBefore()
    {
        Fill();
        var before = Ranked("workspace", "datasets.manifest");

        Backup().Succeeded();
        Restore().Succeeded();

        Assert.Equal(before, Ranked("new", Path.Combine("there", "our.manifest")));
        var verified = CommandRun.Here(
            "verify", "--workspace", _ours.File("new"), "--manifest", _ours.File("there", "our.manifest")).Succeeded().Output;
        Assert.Contains("Nothing is wrong.", verified, StringComparison.Ordinal);
        Assert.Equal(_ours.Workspace.Pseudonym("easy", "easy1"), Workspace.OpenAsItIs(_ours.File("new")).Pseudonym("easy", "easy1"));
        using var intake = IntakeStore.Open(_ours.File("new", "intake.sqlite"), TimeProvider.System);
        Assert.Equal(["Team A"], intake.Teams().Select(team => team.Name));
        Assert.Equal("700", CommandRun.Of("stat", "-c", "%a", _ours.File("backup")).Output.Trim());
    }

    [Fact]
    public void Backup_Twice_AndOfWhatIsMadeAgain()
    {
        Fill();
        Directory.CreateDirectory(_ours.File("workspace", "boards", "x"));
        File.WriteAllText(_ours.File("workspace", "boards", "x", "page.html"), "");
        Directory.CreateDirectory(_ours.File("workspace", "inputs"));
        File.WriteAllText(_ours.File("workspace", "inputs", "ct.nii.gz"), "");

        Backup().Succeeded();
        var again = Backup();

        Assert.Equal(2, again.ExitCode);
        Assert.Contains("is there already, and nothing is written over", again.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_ours.File("backup", "workspace", "boards")));
        Assert.False(Directory.Exists(_ours.File("backup", "workspace", "inputs")));
        Assert.False(File.Exists(_ours.File("backup", "workspace", "store.sqlite")));
    }

    [Theory]
    [InlineData("lacks")]
    [InlineData("changed")]
    [InlineData("unfinished")]
    public void Restore_OfHalfABackup_SaysWhatLacksAndWritesNothing(string how)
    {
        Fill();
        Backup().Succeeded();
        var result = Directory.GetFiles(_ours.File("backup", "workspace", "runs"), "result.json", SearchOption.AllDirectories)[0];
        switch (how)
        {
            case "lacks":
                File.Delete(result);
                break;
            case "changed":
                File.AppendAllText(result, " ");
                break;
            default:
                File.Delete(_ours.File("backup", "backup.json"));
                break;
        }

        var run = Restore();

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            how == "lacks" ? $"{Path.GetRelativePath(_ours.File("backup"), result)} lacks"
                : how == "changed" ? "result.json is not what was written" : "it has no backup.json, which is written last",
            run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_ours.File("new")));
        Assert.False(Directory.Exists(_ours.File("there")));
    }

    [Fact]
    public void Backup_IntoTheWorkspace_IsRefused()
    {
        Fill();

        var run = _ours.Touchstone("backup", _ours.File("workspace", "copy"), "--without-images");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("lies in the workspace itself", run.Error, StringComparison.Ordinal);
    }

    private void Fill()
    {
        _ours.Enter("Alpha", "test", from: 3);
        _ours.Enter("Beta", "test");
        using var intake = IntakeStore.Open(_ours.Workspace.IntakePath, TimeProvider.System);
        intake.Register(intake.Invite("A", TimeSpan.FromDays(1), "tests").Secret, "Team A", ["One"], () => []);
    }

    private CommandRun Backup() => _ours.Touchstone("backup", _ours.File("backup"), "--without-images");

    private CommandRun Restore() => CommandRun.Here(
        "restore", _ours.File("backup"), "--without-images", "--workspace", _ours.File("new"), "--manifest", _ours.File("there", "our.manifest"));

    private string Ranked(string workspace, string manifest)
    {
        var json = _ours.File("standings.json");
        CommandRun.Here(
            "rank", "--challenge", "ours", "--phase", "test", "--json", json, "--workspace", _ours.File(workspace), "--manifest", _ours.File(manifest)).Succeeded();
        return File.ReadAllText(json);
    }
}
