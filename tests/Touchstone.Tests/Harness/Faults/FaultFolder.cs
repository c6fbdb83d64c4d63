using Touchstone.Tests.Harness.EndToEnd;

namespace Touchstone.Tests.Harness.Faults;

/// <summary>A copy of one folder of <c>tests/faults</c>, in which the built executable runs as a user would run it there.</summary>
internal sealed class FaultFolder : IDisposable
{
    private readonly TemporaryFolder _copy = new();

    /// <param name="name">Folder below <c>tests/faults</c>, such as <c>B09-not-a-mask</c>.</param>
    public FaultFolder(string name)
    {
        var source = Repository.File("tests", "faults", name);
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = _copy.File(Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            System.IO.File.Copy(file, target);
        }
    }

    /// <summary>Absolute path of a file or folder of the copy.</summary>
    public string File(params string[] parts) => _copy.File(parts);

    /// <summary>
    /// Runs <c>touchstone</c> in the copy. Whatever the arguments, an end by an unhandled exception fails the test.
    /// </summary>
    public CommandRun Touchstone(params string[] arguments)
    {
        var run = CommandRun.In(_copy.Path, CommandRun.Executable, arguments);
        Assert.True(run.ExitCode is 0 or 1 or 2, $"Exit code {run.ExitCode}.\n{run.All}");
        Assert.DoesNotContain("Unhandled exception", run.All, StringComparison.Ordinal);
        Assert.DoesNotContain("   at Touchstone.", run.All, StringComparison.Ordinal);
        return run;
    }

    public void Dispose() => _copy.Dispose();
}
