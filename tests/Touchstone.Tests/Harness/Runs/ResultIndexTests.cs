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
    public void OpenCurrent_FileGone_IsForgotten()
    {
        Assert.Equal(5, Count());
        File.Delete(PathOf(_results[0]));

        Assert.Equal(4, Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void OpenCurrent_FileChanged_IsRefusedUntilSomebodySaysReindex(int schema)
    {
        var path = PathOf(_results[1]);
        File.WriteAllBytes(path, ResultJson.Write(_results[1] with { Schema = schema }));
        Assert.Equal(5, Count());
        var nsd = _results[1].Scores[0].Nsd / 2;
        File.WriteAllBytes(path, ResultJson.Write(
            _results[1] with { Schema = schema, Scores = [_results[1].Scores[0] with { Nsd = nsd }, .. _results[1].Scores.Skip(1)] }));

        foreach (var time in Enumerable.Range(0, 2)) // the second time too: a refusal leaves the store as it was
        {
            var fault = Assert.Throws<InvalidDataException>(() => ResultIndex.OpenCurrent(_workspace));
            Assert.Contains($"{path} was changed", fault.Message, StringComparison.Ordinal);
            Assert.Contains("touchstone reindex", fault.Message, StringComparison.Ordinal);
        }

        ResultIndex.Rebuild(_workspace);
        using var store = ResultIndex.OpenCurrent(_workspace);
        Assert.Contains(store.ReadChallenge("abdomen"), result => result.Scores[0].Nsd == nsd);
    }

    [Fact]
    public void OpenCurrent_FileCopiedBackWithAnotherTime_IsTheSameResult()
    {
        Assert.Equal(5, Count());
        File.SetLastWriteTimeUtc(PathOf(_results[1]), DateTime.UtcNow.AddDays(1));

        Assert.Equal(5, Count());
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
