using System.Text.Json;
using Touchstone.Tests.Harness.EndToEnd;
using Touchstone.Tests.Leaderboard;

namespace Touchstone.Tests.Harness.Studies;

/// <summary><c>touchstone import</c> as a user runs it.</summary>
public sealed partial class ImportCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [StudyData(StudyWithGolden.MadeUp, "7 methods on 160 cases")]
    [StudyData(StudyWithGolden.Published, "19 methods on 743 cases")]
    public void Import_PublishedStudy_RanksAndPublishesIt(string name, string counts)
    {
        var study = StudyWithGolden.Of(name);
        var import = Import(study.Folder, "--tolerance-mm", "1.5").Succeeded();
        Assert.Contains(counts, import.Output, StringComparison.Ordinal);
        var json = JsonDocument.Parse(Rank("--json", "-").Succeeded().Output).RootElement;
        var dropped = JsonDocument.Parse(Rank("--json", "-", "--drop-missing").Succeeded().Output).RootElement;

        Assert.Equal("as-published", json.GetProperty("protocol").GetString());
        Assert.Equal(1.5, json.GetProperty("toleranceMm").GetDouble());
        AssertMeans(study, dropped);
        Assert.All(json.GetProperty("entries").EnumerateArray(), standing =>
            Assert.Equal("imported", standing.GetProperty("entry").GetProperty("origin").GetString()));
        Assert.Equal(
            ["age", "gender", "institute", "kvp", "manufacturer", "pathology", "pathology_location", "scanner_model", "split", "study_type"],
            json.GetProperty("subgroups").EnumerateArray().Select(table => table.GetProperty("attribute").GetString()!)
                .Distinct().Where(attribute => attribute != "patient")); // a column that only the made-up study has

        Touchstone("publish", "--output", _folder.File("site")).Succeeded();
        Touchstone("publish", "--output", _folder.File("again"), "--from-bundle", _folder.File("site/results.json")).Succeeded();
        Assert.All(Directory.GetFiles(_folder.File("site"), "*", SearchOption.AllDirectories), path => Assert.Equal(
            File.ReadAllBytes(path), File.ReadAllBytes(path.Replace(_folder.File("site"), _folder.File("again"), StringComparison.Ordinal))));
    }

    [Fact]
    public void Import_FolderWhoseNameSteersATerminal_IsShownClean()
    {
        Study(("Evil \u001b[31m \u001b]0;x\u0007 name", "s1,0.5,0.9\n"));

        var output = Import(_folder.File("study")).Succeeded().Output + Rank().Succeeded().Output;

        Assert.Contains("Evil", output, StringComparison.Ordinal);
        Assert.DoesNotContain(output, sign => char.IsControl(sign) && sign is not ('\n' or '\r'));
    }

    [Fact]
    public void Import_Twice_IsHarmless_AndAChangedStudyIsRefused()
    {
        Study(("A", "s1,0.5,0.9\ns2,,0\n"));
        Assert.Contains("1 method on 2 cases of TotalSegmentator, 1 of them new", Import(_folder.File("study")).Succeeded().Output, StringComparison.Ordinal);

        Assert.Contains("0 of them new", Import(_folder.File("study")).Succeeded().Output, StringComparison.Ordinal);
        Study(("A", "s1,0.6,0.9\ns2,,0\n"));
        var changed = Import(_folder.File("study"));

        Assert.Equal(1, changed.ExitCode);
        Assert.Contains("Other scores of A on totalsegmentator are there already", changed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_BlankCellAndMissingCase_AreNotTheSame()
    {
        Study(("A", "s1,0.5,0.9\ns2,,0.4\n"), ("B", "s1,0.5,0.9\n"));
        Import(_folder.File("study")).Succeeded();

        var entries = JsonDocument.Parse(Rank("--json", "-").Succeeded().Output).RootElement.GetProperty("tables")[0].GetProperty("rows");

        // Aorta is annotated in s1 only; liver in both, so B, which lacks s2, has 0 for it there.
        Assert.Equal((0.5 + 0.65) / 2, entries[0].GetProperty("mean").GetDouble(), 12);
        Assert.Equal((0.5 + 0.45) / 2, entries[1].GetProperty("mean").GetDouble(), 12);
    }

    [Theory]
    [InlineData("s1,0.5,1.2\n", "line 2: \"1.2\" is no score")]
    [InlineData("s1,0.5,NaN\n", "line 2: \"NaN\" is no score")]
    [InlineData("s1,0.5\n", "line 2: 2 cells where the header has 3")]
    [InlineData("s1,0.5,0.5\ns1,0.5,0.5\n", "line 3: the case \"s1\" is already listed")]
    [InlineData("../x,0.5,0.5\n", "\"../x\" is no case id")]
    [InlineData("s1,50,50\n", "line 2: \"50\" is no score: a fraction from 0 to 1 is wanted, so divide percentages by 100")]
    [InlineData("s1,0.5,0.5\nMean,0.5,0.5\n", "line 3: \"Mean\" is named like a summary")]
    [InlineData("", "there are no cases below the names of the columns")]
    public void Import_Mistakes_AreNamedWithTheirLineAndNothingIsKept(string rows, string expected)
    {
        Study(("A", rows));

        var run = Import(_folder.File("study"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("workspace/imports")));
    }

    [Theory]
    [InlineData("nowhere", "--dataset", "totalsegmentator")]
    [InlineData("study", "--dataset", "nope")]
    [InlineData("study", "--dataset", "totalsegmentator", "--trained-on", "nope")]
    [InlineData("study", "--dataset", "totalsegmentator", "--metadata", "nowhere.csv")]
    [InlineData("study", "--dataset", "totalsegmentator", "--challenge", "nope")]
    public void Import_WrongUse_SaysSoWithoutAStackTrace(string folder, params string[] options)
    {
        Study(("A", "s1,0.5,0.9\n"));

        var run = Touchstone(["import", _folder.File(folder), .. options]);

        Assert.NotEqual(0, run.ExitCode);
        Assert.NotEmpty(run.Error);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_DscOnly_LeavesNsdUndefinedEverywhere()
    {
        Study(("A", "s1,0.5,0.9\ns2,,0.4\n"), ("B", "s1,0.5,0.9\n"));
        File.Delete(_folder.File("study/A/nsd.csv"));
        File.Delete(_folder.File("study/B/nsd.csv"));

        Assert.Contains("Without nsd.csv, so that NSD is undefined: A, B.", Import(_folder.File("study")).Succeeded().Output, StringComparison.Ordinal);
        var tables = JsonDocument.Parse(Rank("--json", "-").Succeeded().Output).RootElement.GetProperty("tables").EnumerateArray().ToList();
        Touchstone("publish", "--output", _folder.File("site")).Succeeded();

        foreach (var table in tables)
        {
            var isDsc = table.GetProperty("metric").GetString() == "dsc";
            Assert.All(table.GetProperty("rows").EnumerateArray(), row => Assert.Equal(
                isDsc ? JsonValueKind.Number : JsonValueKind.Null, row.GetProperty("mean").ValueKind));
        }

        var lines = File.ReadAllLines(_folder.File("site/data/scores.csv")).Select(line => line.Split(',')).ToList();
        var (nsd, counted) = (Array.IndexOf(lines[0], "nsd"), Array.IndexOf(lines[0], "nsd_counted"));
        Assert.All(lines.Skip(1), line => Assert.Equal(("", ""), (line[nsd], line[counted])));
    }

    [Fact]
    public void Import_MethodOfWhichNothingIsScored_IsNamedAndHasNoRank()
    {
        Study(("A", "s1,,\n"), ("B", "s1,0.1,\n"));

        Assert.Contains(
            "Without any score, and so without a rank: A.", Import(_folder.File("study")).Succeeded().Output, StringComparison.Ordinal);
        var entries = JsonDocument.Parse(Rank("--json", "-").Succeeded().Output).RootElement.GetProperty("entries");

        Assert.Equal("B", entries[0].GetProperty("entry").GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Null, entries[1].GetProperty("rank").ValueKind);
    }

    [Fact]
    public void Import_TrainedOnTheDataset_IsShownAndNotRanked()
    {
        Study(("A", "s1,0.5,0.9\n"));
        Touchstone("import", _folder.File("study"), "--dataset", "totalsegmentator", "--trained-on", "fullbodyatlas-1k").Succeeded();

        var standing = JsonDocument.Parse(Rank("--json", "-").Succeeded().Output).RootElement.GetProperty("entries")[0];

        Assert.Equal(JsonValueKind.Null, standing.GetProperty("rank").ValueKind);
        Assert.Equal("totalsegmentator", standing.GetProperty("contaminatedOn")[0].GetString());
        Assert.Contains("not ranked", string.Join(' ', Rank().Succeeded().Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public void Submit_ContainerToAPublishedStudy_IsRefusedBeforeAnythingIsKept()
    {
        Study(("A", "s1,0.5,0.9\n"));
        Import(_folder.File("study")).Succeeded();

        var image = _folder.Write("image.tar", "not looked at");

        var run = Touchstone("submit", image, "--team", "T", "--name", "N", "--challenge", "published-totalsegmentator");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("takes no containers", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("workspace/submissions")));
    }

    [Fact]
    public void Publish_ChangedBundle_IsRefused()
    {
        Study(("A", "s1,0.5,0.9\n"));
        Import(_folder.File("study")).Succeeded();
        Touchstone("publish", "--output", _folder.File("site")).Succeeded();
        File.AppendAllText(_folder.File("site/results.json"), " ");

        var run = Touchstone("publish", "--output", _folder.File("again"), "--from-bundle", _folder.File("site"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("was changed", run.Error, StringComparison.Ordinal);
    }

    /// <summary>Held to the means and ranks that other programs computed on each method's own cases.</summary>
    private static void AssertMeans(StudyWithGolden study, JsonElement dropped)
    {
        var names = dropped.GetProperty("entries").EnumerateArray().Select(one => one.GetProperty("entry"))
            .ToDictionary(entry => entry.GetProperty("id").GetString()!, entry => entry.GetProperty("name").GetString()!);
        var expected = study.Expected.GetProperty("rankings").GetProperty("own_all").GetProperty("dsc")
            .GetProperty("overall").GetProperty("mean_then_rank").EnumerateObject()
            .ToDictionary(model => model.Name.Trim('_'), model => model.Value);
        foreach (var row in dropped.GetProperty("tables")[0].GetProperty("rows").EnumerateArray())
        {
            var reference = expected[names[row.GetProperty("entry").GetString()!]];
            Close.To(reference.GetProperty("value").GetDouble(), row.GetProperty("mean").GetDouble(), 1e-12);
            Assert.Equal(reference.GetProperty("rank").GetInt32(), row.GetProperty("meanThenRank").GetInt32());
        }
    }

    private void Study(params (string Method, string Rows)[] methods)
    {
        foreach (var (method, rows) in methods)
        {
            Directory.CreateDirectory(_folder.File($"study/{method}"));
            _folder.Write($"study/{method}/dsc.csv", "name,aorta,liver\n" + rows);
            _folder.Write($"study/{method}/nsd.csv", "name,aorta,liver\n" + rows);
        }
    }

    private CommandRun Import(string folder, params string[] options) =>
        Touchstone(["import", folder, "--dataset", "totalsegmentator", .. options]);

    private CommandRun Rank(params string[] options) =>
        Touchstone(["rank", "--challenge", "published-totalsegmentator", .. options]);

    private CommandRun Touchstone(params string[] arguments) =>
        CommandRun.Here([.. arguments, "--workspace", _folder.File("workspace")]);
}
