using Touchstone.Harness.Intake;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Store;
using Touchstone.Tests.Harness.Boards;
using Touchstone.Tests.Harness.EndToEnd;

namespace Touchstone.Tests.Harness.Runs;

public sealed class VerifyTests : IDisposable
{
    private readonly PhasedWorkspace _ours = new();
    private readonly string _beta;

    public VerifyTests()
    {
        _ours.Enter("Alpha", "test");
        _beta = _ours.Enter("Beta", "test", from: 3).Id;
    }

    public void Dispose() => _ours.Dispose();

    [Fact]
    public void Verify_SoundWorkspace_SaysThatTheBoardsFollow()
    {
        var none = _ours.Touchstone("verify").Succeeded();
        _ours.Touchstone("rank", "--challenge", "ours").Succeeded();
        var run = _ours.Touchstone("verify").Succeeded();
        var named = CommandRun.Here("verify", _ours.Workspace.Root, "--manifest", _ours.File("none.manifest")).Succeeded();

        Assert.Contains("There is no store yet", none.Output, StringComparison.Ordinal);
        Assert.Contains("looked at 8 files of results", run.Output, StringComparison.Ordinal);
        Assert.Contains("8 kept predictions", run.Output, StringComparison.Ordinal);
        Assert.Contains("The boards follow from the files", run.Output, StringComparison.Ordinal);
        Assert.Contains("The store holds what the files say", named.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_PredictionsChangedOrLost_AreNamed()
    {
        var folder = Path.Combine(_ours.Workspace.CasePath(_beta, "easy", "easy1"), "prediction");
        var changed = Directory.GetFiles(folder).Single();
        File.AppendAllText(changed, "x");
        var lost = Directory.GetFiles(Path.Combine(_ours.Workspace.CasePath(_beta, "easy", "easy2"), "prediction")).Single();
        File.Delete(lost);

        var run = _ours.Touchstone("verify");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"{changed} is not the prediction", run.Output, StringComparison.Ordinal);
        Assert.Contains($"{lost} is lost", run.Output, StringComparison.Ordinal);
        Assert.Contains("Wrong: 2.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_RepeatsAndAccountsThatAreDamaged_AreNamed()
    {
        var repeat = Path.Combine(_ours.Workspace.CasePath(_beta, "easy", "easy1"), "repeats", "2.json");
        Directory.CreateDirectory(Path.GetDirectoryName(repeat)!);
        File.WriteAllText(repeat, "{");
        using (IntakeStore.Open(_ours.Workspace.IntakePath, TimeProvider.System))
        {
        }

        Assert.DoesNotContain("intake.sqlite is damaged", _ours.Touchstone("verify").Output, StringComparison.Ordinal);
        using (var file = File.OpenWrite(_ours.Workspace.IntakePath))
        {
            file.Position = 4096;
            file.Write(new byte[4096]);
        }

        var run = _ours.Touchstone("verify");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"{repeat} is no repeat", run.Output, StringComparison.Ordinal);
        Assert.Contains("intake.sqlite is damaged", run.Output, StringComparison.Ordinal);
        Assert.Contains("Restore it from a backup", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_ResultUnderAnotherNameThanTheKeysGives_IsRemarked()
    {
        var path = _ours.Workspace.ResultPath(_beta, "easy", "easy1");
        var result = ResultFile.Read(path);
        Assert.DoesNotContain("another name", _ours.Touchstone("verify").Output, StringComparison.Ordinal);
        File.Delete(path);
        ResultFile.Write(_ours.Workspace, result with { Case = result.Case with { Pseudonym = "case_0000000000000000" } });

        var run = _ours.Touchstone("verify");

        Assert.Contains("of results give their case another name than workspace.key gives it", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE score SET dsc = 0.999 WHERE entry_id LIKE 'beta%'")]
    [InlineData("UPDATE result SET ending = 'Crashed' WHERE entry_id LIKE 'beta%'")]
    [InlineData("DELETE FROM score WHERE entry_id LIKE 'beta%'")]
    public void Verify_StoreSaysSomethingElse_BoardsDoNotFollowUntilReindex(string sql)
    {
        _ours.Touchstone("rank", "--challenge", "ours").Succeeded();
        using (var connection = Sqlite.Open(_ours.Workspace.StorePath))
        using (var command = connection.CreateCommand())
        {
            command.CommandText = sql;
            Assert.True(command.ExecuteNonQuery() > 0);
        }

        var run = _ours.Touchstone("verify");
        CommandRun.Here("reindex", "--workspace", _ours.Workspace.Root).Succeeded();

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("touchstone reindex", run.Output, StringComparison.Ordinal);
        Assert.Contains("The boards do not follow", run.Output, StringComparison.Ordinal);
        _ours.Touchstone("verify").Succeeded();
    }

    [Fact]
    public void Verify_FileWithoutChecksumChanged_IsNamedAndNeverTakenForTheTruth()
    {
        var path = _ours.Workspace.ResultPath(_beta, "easy", "easy1");
        var result = ResultFile.Read(path) with { Schema = 1 };
        File.WriteAllBytes(path, ResultJson.Write(result));
        _ours.Touchstone("rank", "--challenge", "ours").Succeeded();
        File.WriteAllBytes(path, ResultJson.Write(result with { Scores = [result.Scores[0] with { Nsd = result.Scores[0].Nsd / 2 }] }));

        foreach (var time in Enumerable.Range(0, 2))
        {
            var rank = _ours.Touchstone("rank", "--challenge", "ours");
            var verify = _ours.Touchstone("verify");

            Assert.Equal((1, 1), (rank.ExitCode, verify.ExitCode));
            Assert.Contains($"{path} was changed", rank.Error, StringComparison.Ordinal);
            Assert.Contains($"{path} was changed", verify.Output, StringComparison.Ordinal);
            Assert.Contains("Wrong: 1.", verify.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Verify_FileLostOrDamaged_IsOneFault()
    {
        _ours.Touchstone("rank", "--challenge", "ours").Succeeded();
        var lost = _ours.Workspace.ResultPath(_beta, "easy", "easy1");
        File.Delete(lost);
        var damaged = _ours.Workspace.ResultPath(_beta, "easy", "easy2");
        File.WriteAllText(damaged, "{");

        var run = _ours.Touchstone("verify");

        Assert.Contains($"{lost} is gone", run.Output, StringComparison.Ordinal);
        Assert.Contains($"{damaged} cannot be used", run.Output, StringComparison.Ordinal);
        Assert.Contains("Wrong: 2.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_FileChangedBehindTheBackOfTheStore_IsFoundAllTheSame()
    {
        _ours.Touchstone("rank", "--challenge", "ours").Succeeded();
        var path = _ours.Workspace.ResultPath(_beta, "easy", "easy1");
        var (time, bytes) = (File.GetLastWriteTimeUtc(path), File.ReadAllBytes(path));
        bytes[^30] ^= 1;
        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, time);

        var run = _ours.Touchstone("verify");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(path, run.Output, StringComparison.Ordinal);
        Assert.Contains("Wrong: ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_ResultsOfAnOlderBuild_AreMarkedAndNotWrong()
    {
        var path = _ours.Workspace.ResultPath(_beta, "easy", "easy1");
        File.WriteAllBytes(path, ResultJson.Write(ResultFile.Read(path) with { Schema = 1 }));

        Assert.Contains("1 file without checksum", _ours.Touchstone("verify").Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_NoWorkspace_IsSaid()
    {
        var run = CommandRun.Here("verify", _ours.File("easy"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("is no workspace", run.Error, StringComparison.Ordinal);
    }
}
