using Touchstone.Harness.Runs;

namespace Touchstone.Tests.Harness.Runs;

public sealed class LeftoversTests
{
    [Fact]
    public void Remove_AfterAKilledProcess_KeepsWhatIsFinishedAlone()
    {
        using var folder = new TemporaryFolder();
        var workspace = Workspace.Open(folder.Path);
        var finished = Write(workspace, "done", "result.json", "container.log", "prediction/case_1.nii.gz");
        Write(workspace, "done", $".result.json.{Guid.NewGuid():N}");
        Write(workspace, "broken-off", "container.log", "prediction/case_2.nii.gz", $".result.json.{Guid.NewGuid():N}");

        Leftovers.Remove(workspace);

        var left = Directory.GetFiles(workspace.RunsPath, "*", SearchOption.AllDirectories);
        Assert.Equal(finished.Order(StringComparer.Ordinal), left.Order(StringComparer.Ordinal));
        Assert.False(Directory.Exists(workspace.CasePath("s", "d", "broken-off")));
    }

    [Fact]
    public void Remove_NothingHasRunYet_IsNoError()
    {
        using var folder = new TemporaryFolder();

        Leftovers.Remove(Workspace.Open(folder.Path));

        Assert.True(File.Exists(folder.File("workspace.key")));
    }

    private static string[] Write(Workspace workspace, string caseId, params string[] names) =>
    [
        .. names.Select(name =>
        {
            var path = Path.Combine(workspace.CasePath("s", "d", caseId), name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, name);
            return path;
        }),
    ];
}
