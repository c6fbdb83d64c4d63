using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Touchstone.Tests.Layout;

public sealed partial class LayoutTests
{
    private static readonly string[] Promised =
    [
        ".ci", ".editorconfig", ".gitattributes", ".gitignore", "Directory.Build.props", "Directory.Packages.props", "LICENSE",
        "README.md", "Touchstone.sln", "datasets.manifest", "evaluators", "harness", "leaderboard", "submissions", "tests",
    ];

    // What tools and the product itself write, none of it tracked; ".git" is a file in a linked work tree.
    private static readonly string[] Untracked = [".artifacts", ".git", ".vs", ".vscode", ".idea", "phantom-study", "touchstone-demo", "workspace"];

    [Fact]
    public void TopLevel_HoldsWhatIsPromised_AndNothingElse()
    {
        var found = Directory.GetFileSystemEntries(Repository.Root).Select(Path.GetFileName).Except(Untracked)
            .Order(StringComparer.Ordinal);

        Assert.Equal(Promised.Order(StringComparer.Ordinal), found);
    }

    [Theory]
    [InlineData("evaluators/Touchstone.Evaluators.csproj", "")]
    [InlineData("submissions/Touchstone.Submissions.csproj", "")]
    [InlineData("leaderboard/Touchstone.Leaderboard.csproj", "Evaluators")]
    [InlineData("harness/Touchstone.Harness.csproj", "Evaluators Leaderboard Submissions")]
    [InlineData("submissions/baselines/Touchstone.Baselines.csproj", "Evaluators")]
    public void References_PointOutOfTheHarnessInward(string project, string expected)
    {
        var references = XDocument.Load(Repository.File(project)).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)["Touchstone.".Length..])
            .Order(StringComparer.Ordinal);

        Assert.Equal(expected, string.Join(' ', references));
    }

    [Fact]
    public void TheBaselinesWorker_IsReferencedByItsTestsOnly()
    {
        var referring = Directory.GetFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Where(path => XDocument.Load(path).Descendants("ProjectReference").Any(reference =>
                reference.Attribute("Include")!.Value.EndsWith("Touchstone.Baselines.csproj", StringComparison.Ordinal)))
            .Select(path => Path.GetRelativePath(Repository.Root, path));

        Assert.Equal(["tests/Touchstone.Baselines.Tests/Touchstone.Baselines.Tests.csproj"], referring);
    }

    /// <summary>Whoever opens a pipe waits for ever, so what lies there already is opened by those who have looked at what it is.</summary>
    [Fact]
    public void FilesThatAreThere_AreOpenedByThoseWhoLookWhatTheyAre()
    {
        string[] ofTheKernel = ["CgroupMeter.cs", "MachineDescription.cs"];
        string[] mayBeAPipeOfTheShell = ["RemoteSubmission.cs"];
        string[] madeJustNow = ["EditionFolder.cs", "ModelFiles.cs"];
        string[] locksForReadingAndWriting = ["CheckFolder.cs", "MachineLock.cs", "SiteFolder.cs"]; // which waits for nobody
        string[] known = [.. ofTheKernel, .. mayBeAPipeOfTheShell, .. madeJustNow, .. locksForReadingAndWriting];
        string[] folders = ["harness", "leaderboard"];
        var careless = folders.SelectMany(folder => Directory.GetFiles(Repository.File(folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !known.Contains(Path.GetFileName(path)))
            .Where(path => File.ReadAllText(path) is var text && Opening.IsMatch(text) && !text.Contains("RegularFile", StringComparison.Ordinal))
            .Select(path => Path.GetRelativePath(Repository.Root, path));

        Assert.Empty(careless);
    }

    [GeneratedRegex(@"[^\w]File\.(OpenRead|OpenText|ReadLines|ReadAll(Bytes|Text|Lines))|FileMode\.(Open|OpenOrCreate|Append|Truncate)\b")]
    private static partial Regex Opening { get; }

    [Fact]
    public void SourceFiles_AreShortEnoughToRead()
    {
        var tooLong = Directory.GetFiles(Repository.Root, "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/.artifacts/", StringComparison.Ordinal))
            .Select(path => (Path: Path.GetRelativePath(Repository.Root, path), Lines: File.ReadLines(path).Count()))
            .Where(file => file.Lines > 300);

        Assert.Empty(tooLong);
    }
}
