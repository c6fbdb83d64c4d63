using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Tests.Harness.Runs;

public sealed class ResultIndexTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Workspace _workspace;
    private readonly IReadOnlyList<CaseResult> _results;

    public ResultIndexTests()
    {
        _workspace = Workspace.Open(_folder.Path);
        _results = [.. Leaderboard.Some.Results(Leaderboard.Some.Contest()).Select(Leaderboard.Some.Counted)];
        SomeWorkspace.Accept(_workspace, Leaderboard.Some.Contest(), _results.Select(result => result.Entry));
        foreach (var result in _results.Take(5))
        {
            ResultFile.Write(_workspace, result);
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OpenCurrent_NewFiles_AreAddedAndKnownOnesAreNotReadAgain()
    {
        Assert.Equal(5, Count());

        // Damaged, but with the size and time that the index knows: nothing may read it.
        var path = PathOf(_results[0]);
        var (time, bytes) = (File.GetLastWriteTimeUtc(path), new byte[new FileInfo(path).Length]);
        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, time);
        ResultFile.Write(_workspace, _results[5]);

        Assert.Equal(6, Count());
        Assert.Throws<InvalidDataException>(() => ResultIndex.Rebuild(_workspace));
    }

    [Fact]
    public void OpenCurrent_FileGoneOrChanged_IsForgottenOrReadAnew()
    {
        Assert.Equal(5, Count());
        File.Delete(PathOf(_results[0]));
        File.WriteAllBytes(PathOf(_results[1]), ResultJson.Write(_results[1] with { EndingDetail = "Scored again." }));

        using var store = ResultIndex.OpenCurrent(_workspace);

        var kept = store.ReadChallenge("abdomen");
        Assert.Equal(4, kept.Count);
        Assert.Single(kept, result => result.EndingDetail == "Scored again.");
    }

    [Fact]
    public void OpenCurrent_ResultAddedDuringTheRun_IsTheSameResultAfterwards()
    {
        using (var store = ResultIndex.OpenCurrent(_workspace))
        {
            ResultFile.Write(_workspace, _results[5]);
            store.Add(_results[5]);
        }

        Assert.Equal(6, Count());
    }

    [Fact]
    public void Rebuild_FromNothing_GivesTheSameBytesEveryTime()
    {
        ImportFile.Write(_workspace, Leaderboard.StudyWithGolden.Of(Leaderboard.StudyWithGolden.MadeUp).CommonCases().Imports[0]);
        Assert.Equal(5 + 160, ResultIndex.Rebuild(_workspace));
        var first = File.ReadAllBytes(_workspace.StorePath);
        File.Delete(_workspace.StorePath);

        ResultIndex.Rebuild(_workspace);

        Assert.Equal(first, File.ReadAllBytes(_workspace.StorePath));
        Assert.Equal(5, Count());
    }

    private int Count()
    {
        using var store = ResultIndex.OpenCurrent(_workspace);
        return store.ReadChallenge("abdomen").Count;
    }

    private string PathOf(CaseResult result) =>
        _workspace.ResultPath(result.Entry.Id, result.Case.Dataset, result.Case.Case);
}
