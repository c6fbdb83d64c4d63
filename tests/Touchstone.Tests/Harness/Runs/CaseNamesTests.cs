using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;
using Touchstone.Tests.Harness.Boards;
using Touchstone.Tests.Harness.EndToEnd;

namespace Touchstone.Tests.Harness.Runs;

/// <summary>Names of cases that containers and participants see, in new workspaces and in those of earlier builds.</summary>
public sealed class CaseNamesTests
{
    [Fact]
    public void RequireDistinct_TwoCasesOfOneName_NamesBoth()
    {
        var fault = Assert.Throws<InvalidDataException>(
            () => CaseNames.RequireDistinct([("a", "1"), ("a", "2"), ("b", "1")], (dataset, _) => dataset));

        Assert.StartsWith("a/1 and a/2 have the same name a here", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RequireDistinct_OneCaseOfSeveralEntries_IsNoFault() =>
        CaseNames.RequireDistinct([("a", "1"), ("a", "1")], (dataset, id) => dataset + id);

    [Fact]
    public void RequireDistinct_CasesThatShared32Bits_HaveNamesOfTheirOwn()
    {
        using var folder = new TemporaryFolder();
        var workspace = Workspace.Open(folder.Path);
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        var (number, other) = (0, (string?)null);
        while (!known.TryGetValue(workspace.ShortPseudonym("d", $"case{number}"), out other))
        {
            known[workspace.ShortPseudonym("d", $"case{number}")] = $"case{number}";
            number++;
        }

        (string, string)[] cases = [("d", other), ("d", $"case{number}")];

        CaseNames.RequireDistinct(cases, workspace.Pseudonym);
        Assert.Throws<InvalidDataException>(() => CaseNames.RequireDistinct(cases, workspace.ShortPseudonym));
    }

    [Fact]
    public void Results_OfAnEarlierBuild_KeepTheirFilesAndAreShownOnceUnderOneName()
    {
        using var ours = new PhasedWorkspace("    logs: open");
        var submission = ours.Enter("red", "test");
        var planned = PlannedCase.Of(
            submission, ours.Rules("test"), CaseList.Read(ours.Manifest.Find("hard")!));
        foreach (var one in planned)
        {
            MakeOld(ours.Workspace, one);
        }

        var names = planned.Select(one => ours.Workspace.Pseudonym(one.Case.Dataset, one.Case.Id)).Order(StringComparer.Ordinal);
        var content = ours.Content("test");

        Assert.All(planned, one => Assert.True(RunLoop.HasResult(ours.Workspace, one)));
        Assert.All(planned, one => Assert.Equal(
            ours.Workspace.ShortPseudonym(one.Case.Dataset, one.Case.Id), CaseNames.Inside(ours.Workspace, one)));
        Assert.Equal(4, content.Results.Count());
        Assert.Equal(names, content.Contest.Datasets.Single(one => one.Id == "hard").Cases.Select(one => one.Pseudonym));
        var shown = ParticipantReport.OfAll(ours.Workspace, ours.Rules("test"), [.. content.Results]);
        Assert.Equal(4, shown.Select(report => report.Case).Distinct().Count());
        Assert.Superset(
            planned.Select(one => ours.Workspace.ShortPseudonym(one.Case.Dataset, one.Case.Id)).ToHashSet(),
            shown.Select(report => report.Case).ToHashSet());
        Assert.Equal(4, CommandRun.Touchstone(["feedback", submission.Id, .. ours.Options[..2]]).Succeeded().Output.Split("case_").Length - 1);
        var page = ours.Site().Single(file => file.Path.EndsWith($"submission/{submission.Id}.html", StringComparison.Ordinal));
        Assert.All(names, name => Assert.Contains(name, System.Text.Encoding.UTF8.GetString(page.Content.Span), StringComparison.Ordinal));
    }

    [Fact]
    public void Report_TwoShortNamesOfAnEarlierBuildAreTheSame_HasThePresentOnes()
    {
        using var ours = new PhasedWorkspace();
        var submission = ours.Enter("red", "test");
        var results = ours.Content("test").Results.Where(one => one.Entry.Id == submission.Id)
            .Select((one, place) => place < 2 ? one with { Case = one.Case with { Pseudonym = "case_01234567" } } : one).ToList();

        var shown = ParticipantReport.OfAll(ours.Workspace, ours.Rules("test"), results);

        Assert.Equal(
            results.Select((one, place) => place < 2 ? ours.Workspace.Pseudonym(one.Case.Dataset, one.Case.Case) : one.Case.Pseudonym),
            shown.Select(report => report.Case));
    }

    [Fact]
    public void Results_OfAnEarlierBuild_CanBeScoredAgain()
    {
        using var ours = new PhasedWorkspace();
        var submission = ours.Enter("red", "test", from: 3);
        foreach (var one in PlannedCase.Of(submission, ours.Rules("test"), CaseList.Read(ours.Manifest.Find("hard")!)))
        {
            MakeOld(ours.Workspace, one);
        }

        ours.WriteMask("hard", 1, 3);
        ours.WriteManifest(hard: 2);

        Assert.Contains(
            "1 result scored again, 1 taken over", ours.Touchstone("rescore", "--dataset", "hard").Succeeded().Output,
            StringComparison.Ordinal);
    }

    /// <summary>Gives a result and its prediction the names of builds with pseudonyms of 32 bits.</summary>
    private static void MakeOld(Workspace workspace, PlannedCase planned)
    {
        var (dataset, id) = (planned.Case.Dataset, planned.Case.Id);
        var path = workspace.ResultPath(planned.Submission.Id, dataset, id);
        var result = ResultFile.Read(path);
        var (name, old) = (workspace.Pseudonym(dataset, id), workspace.ShortPseudonym(dataset, id));
        var predictions = Path.Combine(Path.GetDirectoryName(path)!, "prediction");
        File.Move(Path.Combine(predictions, $"{name}.nii.gz"), Path.Combine(predictions, $"{old}.nii.gz"));
        File.Delete(path);
        ResultFile.Write(workspace, result with
        {
            Case = result.Case with { Pseudonym = old },
            Outputs = [.. result.Outputs.Select(file => file with { Path = $"{old}.nii.gz" })],
        });
    }
}
