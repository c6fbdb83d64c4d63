using System.Runtime.Versioning;
using Touchstone.Harness.Checks;
using Touchstone.Harness.Commands;
using Touchstone.Tests.Harness.EndToEnd;

namespace Touchstone.Tests.Harness.Checks;

[SupportedOSPlatform("linux")]
public sealed class InitTests
{
    private static readonly HashSet<string> Common =
        [".dockerignore", ".gitignore", "Dockerfile", "README.md", "make-base.sh", "predict.sh"];

    [Theory]
    [InlineData("python-numpy", "predict.py requirements.txt segment.py test_predict.py")]
    [InlineData("python-torch", "make_model.py predict.py segment.py sliding_window.py test_predict.py")]
    [InlineData("csharp", "Contract.cs Nifti.cs Program.cs Segmenter.cs Structures.cs Volume.cs segment.csproj")]
    public void Files_OfATemplate_AreAllThere_AndNameTheEntry(string template, string expected)
    {
        var files = SubmissionTemplate.Files(template, "my-entry", "folder");

        Assert.Equal(Common.Concat(expected.Split(' ')).Order(StringComparer.Ordinal), files.Keys.Order(StringComparer.Ordinal));
        Assert.DoesNotContain("{{", files["README.md"], StringComparison.Ordinal);
        Assert.Contains("touchstone check my-entry.tar --layout folder", files["README.md"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("python-numpy")]
    [InlineData("csharp")]
    public void NextSteps_AreGolden(string template) =>
        Golden.Check($"init-{template}.txt", InitCommand.NextSteps("my-entry", "my-entry", template, "flat"));

    [Fact]
    public void Init_WritesTheFolder_AndNeverWritesOverOne()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("my-entry");

        var first = CommandRun.Touchstone("init", path, "--template", "python-numpy").Succeeded();
        var files = Directory.GetFiles(path);
        File.WriteAllText(Path.Combine(path, "segment.py"), "mine");
        var second = CommandRun.Touchstone("init", path, "--template", "python-numpy");

        Assert.Contains("touchstone check my-entry.tar --layout flat", first.Output, StringComparison.Ordinal);
        Assert.Equal(SubmissionTemplate.Files("python-numpy", "x", "flat").Count, files.Length);
        Assert.True(File.GetUnixFileMode(Path.Combine(path, "make-base.sh")).HasFlag(UnixFileMode.UserExecute));
        Assert.Equal(2, second.ExitCode);
        Assert.Contains("is there already", second.Error, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(path, "segment.py")));
    }

    [Theory]
    [InlineData("My-Entry")]
    [InlineData("my entry")]
    [InlineData("-x")]
    public void Init_NameThatNoImageCanHave_IsWrongUse(string name)
    {
        using var folder = new TemporaryFolder();

        var run = CommandRun.Touchstone("init", "--template", "csharp", "--", folder.File(name));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("cannot name an image", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Submit_ArchiveThatIsNotThere_IsSaidBeforeAnythingIsMade()
    {
        using var folder = new TemporaryFolder();

        var run = CommandRun.Touchstone(
            "submit", "no-such-archive.tar", "--team", "T", "--name", "N", "--workspace", folder.File("workspace"));

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("There is no archive \"no-such-archive.tar\".\n", run.Error);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path)); // and before any engine is asked
    }
}
