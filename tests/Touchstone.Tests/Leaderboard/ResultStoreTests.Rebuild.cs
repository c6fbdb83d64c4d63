using Touchstone.Leaderboard.Store;

namespace Touchstone.Tests.Leaderboard;

/// <content>Rebuilding a store from results.</content>
public sealed partial class ResultStoreTests
{
    [Fact]
    public void Rebuild_SameResultsInAnyOrder_GivesTheSameBytes()
    {
        var results = Some.Results(Some.Contest());

        ResultStore.Rebuild(Path("a.db"), Unfiled(results));
        ResultStore.Rebuild(Path("b.db"), Unfiled(results.Reverse().Concat(results.Take(5))));

        Assert.Equal(File.ReadAllBytes(Path("a.db")), File.ReadAllBytes(Path("b.db")));
    }

    [Fact]
    public void Rebuild_OverAnOldStore_HasWhatAddingGives()
    {
        var contest = Some.Contest();
        var results = Some.Results(contest);
        using (var old = ResultStore.Open(Path("a.db")))
        {
            old.Add(results[0] with { EndingDetail = "stale" });
        }

        ResultStore.Rebuild(Path("a.db"), Unfiled(results));

        using var added = ResultStore.Open(Path("b.db"));
        foreach (var result in results)
        {
            added.Add(result);
        }

        using var rebuilt = ResultStore.Open(Path("a.db"));
        Assert.Equal(Texts(added.Read(contest)), Texts(rebuilt.Read(contest)));
        Assert.False(rebuilt.Add(results[0]));
    }

    [Fact]
    public void Rebuild_ConflictingResults_ThrowsAndKeepsTheOldStore()
    {
        var contest = Some.Contest();
        var results = Some.Results(contest);
        ResultStore.Rebuild(Path("a.db"), Unfiled(results));

        Assert.Throws<InvalidOperationException>(() =>
            ResultStore.Rebuild(Path("a.db"), Unfiled([results[0], results[0] with { EndingDetail = "another" }])));

        using var store = ResultStore.Open(Path("a.db"));
        Assert.Equal(results.Count, store.Read(contest).Count);
    }
}
