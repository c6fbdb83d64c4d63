using Touchstone.Harness.Runs;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;
using Touchstone.Tests.Harness.Boards;

namespace Touchstone.Tests.Harness.Runs;

public sealed class RescoreTests : IDisposable
{
    private readonly PhasedWorkspace _ours = new();

    public void Dispose() => _ours.Dispose();

    [Fact]
    public void Rescore_MasksCorrected_ScoresTheKeptPredictionsAndKeepsBothVersions()
    {
        var entry = _ours.Enter("Beta", "test", from: 3);
        var path = _ours.Workspace.ResultPath(entry.Id, "easy", "easy1");
        var (before, old) = (File.ReadAllBytes(path), ResultFile.Read(path));
        _ours.WriteMask("easy", 1, from: 3);
        _ours.WriteManifest(easy: 2);

        var said = _ours.Touchstone("rescore", "--dataset", "easy").Succeeded().Output;

        Assert.Equal(
            "Reference version 2 of easy: 1 result scored again, 1 taken over because of unchanged masks, 0 current already, "
            + "0 failed.\n",
            said);
        Assert.Equal(before, File.ReadAllBytes(path));
        var fresh = Current(entry, "easy1");
        Assert.True(old.Scores[0].Dsc < 1);
        Assert.Equal((1.0, 2, 1), (fresh.Scores[0].Dsc, fresh.Reference!.Version, Current(entry, "hard1", "hard").Reference!.Version));
        Assert.NotNull(fresh.RescoredAt);
        Assert.Equal(
            ResultJson.Write(old),
            ResultJson.Write(fresh with
            {
                Scores = old.Scores,
                Reference = old.Reference,
                RescoredAt = null,
                Provenance = old.Provenance,
            }));
        Assert.Equal(old.Scores[0].Dsc, Current(entry, "easy2").Scores[0].Dsc);
    }

    [Fact]
    public void Rescore_ResultWithoutChecksum_ItsNewScoresHaveOne()
    {
        var entry = _ours.Enter("Beta", "test", from: 3);
        foreach (var path in ResultFile.FindAll(_ours.Workspace).ToList())
        {
            File.WriteAllBytes(path, ResultJson.Write(ResultFile.Read(path) with { Schema = 1 }));
        }

        _ours.WriteMask("easy", 1, from: 3);
        _ours.WriteManifest(easy: 2);

        _ours.Touchstone("rescore", "--dataset", "easy").Succeeded();

        Assert.True(Current(entry, "easy1").HasChecksum); // scored again
        Assert.True(Current(entry, "easy2").HasChecksum); // taken over
        Assert.False(Current(entry, "hard1", "hard").HasChecksum);
    }

    [Fact]
    public void Rescore_FailedCase_StaysFailed()
    {
        var entry = _ours.Enter("Beta", "test", ending: Ending.Crashed);
        _ours.WriteMask("easy", 1, from: 3);
        _ours.WriteManifest(easy: 2);

        _ours.Touchstone("rescore", "--dataset", "easy", "--case", "easy1").Succeeded();

        var fresh = Current(entry, "easy1");
        Assert.Equal((Ending.Crashed, null, 2), (fresh.Ending, fresh.Scores[0].Dsc, fresh.Reference!.Version));
        Assert.Equal(1, Current(entry, "easy2").Reference!.Version);
    }

    [Fact]
    public void Rescore_Twice_TheFirstWins()
    {
        var entry = _ours.Enter("Beta", "test");
        _ours.WriteManifest(easy: 2);
        _ours.Touchstone("rescore", "--dataset", "easy").Succeeded();
        var first = File.ReadAllBytes(Rescored(entry, "easy1", 2));

        var again = _ours.Touchstone("rescore", "--dataset", "easy").Succeeded();

        Assert.Contains("2 current already", again.Output, StringComparison.Ordinal);
        Assert.Equal(first, File.ReadAllBytes(Rescored(entry, "easy1", 2)));
        Assert.False(ResultFile.WriteRescored(_ours.Workspace, Current(entry, "easy1") with { EndingDetail = "Other." }));
        Assert.Equal(first, File.ReadAllBytes(Rescored(entry, "easy1", 2)));
    }

    [Fact]
    public void Rescore_MasksChangedUnderTheSameVersion_IsRefused()
    {
        _ours.Enter("Beta", "test");
        _ours.WriteMask("easy", 1, from: 3);

        var run = _ours.Touchstone("rescore", "--dataset", "easy");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("raise \"reference-version\" of easy", run.Error, StringComparison.Ordinal);
        Assert.EndsWith(" 1 failed.\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Rescore_PredictionTouched_IsRefused()
    {
        var entry = _ours.Enter("Beta", "test");
        var folder = Path.Combine(_ours.Workspace.CasePath(entry.Id, "easy", "easy1"), "prediction");
        File.AppendAllText(Directory.GetFiles(folder)[0], "x");
        _ours.WriteMask("easy", 1, from: 3);
        _ours.WriteManifest(easy: 2);

        var run = _ours.Touchstone("rescore", "--dataset", "easy");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("is not the prediction that the run left", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Rescored(entry, "easy1", 2)));
    }

    [Fact]
    public void Board_OneEntryStillOnOldMasks_IsCountedAndShownAsStale()
    {
        var old = _ours.Enter("Alpha", "test");
        _ours.WriteMask("easy", 1, from: 3);
        _ours.WriteManifest(easy: 2);
        var fresh = _ours.Enter("Beta", "test");

        var board = _ours.Content("test").ToBoard();

        int Stale(Submission one) => board.Standings.Entries.First(standing => standing.Entry.Id == one.Id)
            .Coverage.First(coverage => coverage.Scope == Scope.All).Stale;
        Assert.Equal((2, 0), (Stale(old), Stale(fresh)));
        var site = _ours.Site();
        string Page(string path) => site.First(file => file.Path == path).Text;
        Assert.Contains("2 stale", Page("index.html"), StringComparison.Ordinal);
        Assert.Contains("reference 1, stale", Page($"submission/{old.Id}.html"), StringComparison.Ordinal);
        Assert.DoesNotContain("stale", Page($"submission/{fresh.Id}.html"), StringComparison.Ordinal);
        Assert.Contains("version 2", Page("dataset/easy.html"), StringComparison.Ordinal);
        Assert.Contains("STALE: 2 results of Alpha", _ours.Touchstone("rank", "--challenge", "ours").Output, StringComparison.Ordinal);

        _ours.Touchstone("rescore", "--dataset", "easy").Succeeded();
        Assert.DoesNotContain("stale", _ours.Site().First(file => file.Path == "index.html").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Board_TwoMasksUnderOneVersion_IsRefused()
    {
        _ours.Enter("Alpha", "test");
        _ours.WriteMask("easy", 1, from: 3);
        _ours.Enter("Beta", "test");

        var fault = Assert.Throws<InvalidDataException>(() => _ours.Content("test"));

        Assert.Contains("easy/easy1", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reindex_AfterRescoring_GivesTheSameBytesAndTheNewestScores()
    {
        var entry = _ours.Enter("Beta", "test", from: 3);
        ResultIndex.OpenCurrent(_ours.Workspace).Dispose();
        _ours.WriteMask("easy", 1, from: 3);
        _ours.WriteManifest(easy: 2);
        _ours.Touchstone("rescore", "--dataset", "easy").Succeeded();
        var current = Standings();

        ResultIndex.Rebuild(_ours.Workspace);
        var first = File.ReadAllBytes(_ours.Workspace.StorePath);
        ResultIndex.Rebuild(_ours.Workspace);

        Assert.Equal(first, File.ReadAllBytes(_ours.Workspace.StorePath));
        Assert.Equal(current, Standings());
        Assert.Equal(1.0, _ours.Content("test").Results.First(one => one.Case.Case == "easy1").Scores[0].Dsc);
        Assert.Equal(entry.Id, _ours.Content("test").Results.First().Entry.Id);
    }

    [Fact]
    public void Site_HiddenDataset_DoesNotTellTheHashOfItsMasks()
    {
        var entry = _ours.Enter("Beta", "test");
        var hash = Current(entry, "easy1").Reference!.Sha256;

        Assert.DoesNotContain(_ours.Site(), file => file.Text.Contains(hash, StringComparison.Ordinal));
    }

    private byte[] Standings() => RankJson.Write(_ours.Content("test").ToBoard().Standings);

    private string Rescored(Submission entry, string one, int version) =>
        Path.Combine(_ours.Workspace.CasePath(entry.Id, "easy", one), "rescored", $"{version}.json");

    private CaseResult Current(Submission entry, string one, string dataset = "easy") => ResultFile.FindCurrent(_ours.Workspace)
        .Select(ResultFile.Read)
        .Single(result => result.Entry.Id == entry.Id && result.Case.Dataset == dataset && result.Case.Case == one);
}
