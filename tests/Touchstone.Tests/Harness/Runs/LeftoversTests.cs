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

    /// <summary>Somebody's own files, to which a link leads from every place that cleaning looks at.</summary>
    [Theory]
    [InlineData("runs/s", "")]
    [InlineData("runs/s/d", "d")]
    [InlineData("runs/s/d/c", "d/c")]
    [InlineData("runs/s/d/broken-off/prediction", "d/c")]
    [InlineData("runs/s/d/done/prediction", "d")]
    [InlineData("runs/s/d/done/repeats", "")]
    public void Remove_LinkBelowRuns_TouchesNothingThatItLeadsTo(string link, string target)
    {
        using var folder = new TemporaryFolder();
        using var elsewhere = new TemporaryFolder();
        var workspace = Workspace.Open(folder.Path);
        var theirs = new[] { "d/c/thesis.txt", $"d/c/.result.json.{Guid.NewGuid():N}", $".notes.{Guid.NewGuid():N}" };
        foreach (var name in theirs)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(elsewhere.File(name))!);
            File.WriteAllText(elsewhere.File(name), "theirs");
        }

        if (link.Contains("/done/", StringComparison.Ordinal))
        {
            Write(workspace, "done", "result.json");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(folder.File(link))!);
        Directory.CreateSymbolicLink(folder.File(link), elsewhere.File(target));

        var fault = Record.Exception(() => Leftovers.Remove(workspace));

        Assert.All(theirs, name => Assert.Equal("theirs", File.ReadAllText(elsewhere.File(name))));
        Assert.True(fault is null || (fault is IOException && fault.Message.Contains(folder.File(link), StringComparison.Ordinal)), $"{fault}");
    }

    [Fact]
    public void Remove_LinkAmongTheSubmissions_IsToldWithWhatToDo()
    {
        using var folder = new TemporaryFolder();
        using var elsewhere = new TemporaryFolder();
        var workspace = Workspace.Open(folder.Path);
        Directory.CreateDirectory(workspace.RunsPath);
        Directory.CreateSymbolicLink(Path.Combine(workspace.RunsPath, "s"), elsewhere.Path);

        var fault = Assert.Throws<IOException>(() => Leftovers.Remove(workspace));

        Assert.Contains("is a link", fault.Message, StringComparison.Ordinal);
        Assert.Contains("mount it there", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("runs/s")]
    [InlineData("runs/s/d")]
    [InlineData("runs/s/d/c")]
    public void CasePath_ThroughALink_IsRefused(string link)
    {
        using var folder = new TemporaryFolder();
        using var elsewhere = new TemporaryFolder();
        var workspace = Workspace.Open(folder.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(folder.File(link))!);
        Directory.CreateSymbolicLink(folder.File(link), elsewhere.Path);

        Assert.Contains(link, Assert.Throws<IOException>(() => workspace.CasePath("s", "d", "c")).Message, StringComparison.Ordinal);
        Assert.Contains(link, Assert.Throws<IOException>(() => ResultFile.FindAll(workspace).ToList()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CasePath_RunsOnAnotherDisk_MayBeReachedByALinkOfItsOwn()
    {
        using var folder = new TemporaryFolder();
        using var elsewhere = new TemporaryFolder();
        var workspace = Workspace.Open(folder.Path);
        Directory.CreateSymbolicLink(workspace.RunsPath, elsewhere.Path);

        Assert.Equal(Path.Combine(workspace.RunsPath, "s", "d", "c"), workspace.CasePath("s", "d", "c"));
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
