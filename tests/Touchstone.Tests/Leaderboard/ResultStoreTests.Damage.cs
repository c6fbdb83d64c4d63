using System.Text;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Store;

namespace Touchstone.Tests.Leaderboard;

/// <summary>A file of the store in which something else stands than what was written.</summary>
public sealed partial class ResultStoreTests
{
    [Theory]
    [InlineData("known-entry-11", "known-entry-12", true, "known-entry-12")]
    [InlineData("known-case-11", "known-case-12", false, "a result of known-entry-11 twice")]
    [InlineData("liver-11", "liver-12", true, "a structure twice")]
    public void Read_RowsOfAFileThatWasDamaged_AreNeverTwice(string was, string isNow, bool hasScores, string said)
    {
        var plain = Some.Results(Some.Contest())[0];
        CaseResult Of(string entry, string one) => plain with
        {
            Entry = plain.Entry with { Id = entry },
            Case = plain.Case with { Case = one },
            Outputs = [],
            Scores = hasScores ? [plain.Scores[0] with { Structure = "liver-11" }, plain.Scores[0] with { Structure = "liver-12" }] : [],
        };
        using (var store = ResultStore.Open(Path("a.db")))
        {
            foreach (var result in new[] { Of("known-entry-11", "known-case-11"), Of("known-entry-11", "known-case-12"), Of("known-entry-12", "known-case-11") })
            {
                store.Add(result);
            }
        }

        Overwrite(was, isNow);
        using var damaged = ResultStore.Open(Path("a.db"));

        var fault = Assert.Throws<InvalidDataException>(() => damaged.ReadChallenge(plain.Entry.Challenge));
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
        Assert.Contains("touchstone reindex", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadImports_OfAFileThatWasDamaged_AreThoseThatWereWritten()
    {
        var (contest, imports) = StudyWithGolden.Of(StudyWithGolden.MadeUp).CommonCases();
        using (var store = ResultStore.Open(Path("a.db")))
        {
            store.Add(imports[0] with { ToleranceMm = 4.25 });
        }

        Overwrite("4.25", "5.25");
        using var damaged = ResultStore.Open(Path("a.db"));

        var fault = Assert.Throws<InvalidDataException>(() => damaged.ReadImports(contest));
        Assert.Contains("touchstone reindex", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE score SET nsd = nsd / 2")]
    [InlineData("UPDATE score SET hd95_mm = 1")]
    [InlineData("DELETE FROM score WHERE position = 0")]
    [InlineData("UPDATE result SET run_seconds = run_seconds / 2")]
    [InlineData("UPDATE result SET structure_set = 'other'")]
    [InlineData("UPDATE result SET sha256 = 'other'")]
    [InlineData("UPDATE output SET bytes = bytes + 1")]
    [InlineData("UPDATE entry SET name = 'other'")]
    public void Results_RowsThatAreNotThoseThatWereWritten_AreDamage(string sql)
    {
        var contest = Some.Contest();
        using (var store = ResultStore.Open(Path("a.db")))
        {
            foreach (var result in Some.Results(contest))
            {
                store.Add(result);
            }

            Assert.NotEmpty(store.Results(contest));
        }

        Change(sql);
        using var damaged = ResultStore.Open(Path("a.db"));

        var fault = Assert.Throws<InvalidDataException>(() => damaged.Results(contest).Count());
        Assert.Contains("not the one that was written", fault.Message, StringComparison.Ordinal);
        Assert.Contains("touchstone reindex", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE entry SET challenge = 'other'")]
    [InlineData("UPDATE result SET case_id = 'other' WHERE case_id = (SELECT min(case_id) FROM result)")]
    [InlineData("DELETE FROM result")]
    [InlineData("UPDATE import SET dataset = 'other'")]
    [InlineData("DELETE FROM import")]
    [InlineData("DELETE FROM entry WHERE id = (SELECT entry_id FROM import)")]
    public void DemandAll_RowsThatAreLost_AreDamage(string sql)
    {
        var imports = StudyWithGolden.Of(StudyWithGolden.MadeUp).CommonCases().Imports;
        using (var store = ResultStore.Open(Path("a.db")))
        {
            store.Add(Some.Results(Some.Contest())[0], new SourceFile("runs/1", 10, 1));
            store.Add(imports[0], new SourceFile("imports/1", 30, 3));
            store.DemandAll();
        }

        Change($"PRAGMA foreign_keys = OFF; {sql}");
        using var damaged = ResultStore.Open(Path("a.db"));

        var fault = Assert.Throws<InvalidDataException>(() =>
        {
            damaged.ReadEntries();
            damaged.DemandAll();
        });
        Assert.Contains("touchstone reindex", fault.Message, StringComparison.Ordinal);
    }

    private void Change(string sql)
    {
        using var connection = Sqlite.Open(Path("a.db"));
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.True(command.ExecuteNonQuery() > 0);
    }

    private void Overwrite(string was, string isNow)
    {
        var bytes = Encoding.Latin1.GetString(File.ReadAllBytes(Path("a.db")));
        File.WriteAllBytes(Path("a.db"), Encoding.Latin1.GetBytes(bytes.Replace(was, isNow, StringComparison.Ordinal)));
    }
}
