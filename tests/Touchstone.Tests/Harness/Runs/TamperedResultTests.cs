using System.Diagnostics;
using System.Text.RegularExpressions;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Results;
using Touchstone.Tests.Harness.Boards;

namespace Touchstone.Tests.Harness.Runs;

/// <summary>Results that were damaged, copied or changed since they were written: no board is made of them, and the file is named.</summary>
public sealed class TamperedResultTests : IDisposable
{
    private readonly PhasedWorkspace _ours = new();
    private readonly string _alpha;
    private readonly string _beta;

    public TamperedResultTests() => (_alpha, _beta) = (_ours.Enter("Alpha", "test").Id, _ours.Enter("Beta", "test", from: 3).Id);

    public void Dispose() => _ours.Dispose();

    [Fact]
    public void Result_AsWritten_CarriesTheChecksumOfItsOtherLines()
    {
        var lines = File.ReadAllText(PathOf(_beta)).Split('\n').ToList();
        var checksum = lines[1];
        lines.RemoveAt(1);

        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
            System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines))));

        Assert.Equal($"  \"sha256\": \"{hash}\",", checksum);
    }

    [Theory]
    [InlineData("dsc", "checksum does not fit")]
    [InlineData("run", "checksum does not fit")]
    [InlineData("none", "checksum is gone")]
    [InlineData("cut", "cannot be used")]
    public void Rank_BytesOfAResultChanged_NamesFileAndChecksum(string change, string reason)
    {
        var path = PathOf(_beta);
        var text = File.ReadAllText(path);
        File.WriteAllText(path, change switch
        {
            "dsc" => Regex.Replace(text, "\"dsc\": 0\\.\\d", "\"dsc\": 0.1"),
            "run" => text.Replace("\"runSeconds\": 12.5", "\"runSeconds\": 12.4", StringComparison.Ordinal),
            "none" => Regex.Replace(text, "  \"sha256\": \"[0-9a-f]{64}\",\n", "", RegexOptions.None, TimeSpan.FromSeconds(5)),
            _ => text[..^200],
        });

        Refused(path, reason);
    }

    [Theory]
    [InlineData("dsc", "give 0.")]
    [InlineData("range", "between 0 and 1")]
    [InlineData("twice", "two scores of liver")]
    [InlineData("other", "spleen, which is no structure of challenge ours")]
    [InlineData("missing", "has no score of liver")]
    [InlineData("voxels", "both masks")]
    [InlineData("ending", "without a valid prediction")]
    [InlineData("tolerance", "surface-distance at 2 mm, challenge ours scores by surface-distance at 1 mm")]
    [InlineData("protocol", "monai")]
    [InlineData("team", "submission.json")]
    [InlineData("ghost", "which is not where it lies")]
    [InlineData("seconds", "runSeconds")]
    public void Rank_WhatAResultSaysContradictsItself_NamesFileAndReason(string change, string reason)
    {
        var path = PathOf(_beta);
        var result = ResultFile.Read(path);
        var liver = result.Scores[0];
        result = change switch
        {
            "dsc" => result with { Scores = [liver with { Dsc = 0.96 }] },
            "range" => result with { Scores = [liver with { Nsd = 1.5 }] },
            "twice" => result with { Scores = [liver, liver] },
            "other" => result with { Scores = [liver, liver with { Structure = "spleen" }] },
            "missing" => result with { Scores = [] },
            "voxels" => result with { Scores = [liver with { BothVoxels = liver.ReferenceVoxels + 1 }] },
            "ending" => result with { Ending = Ending.Crashed },
            "tolerance" => result with { ToleranceMm = 2 },
            "protocol" => result with { Protocol = "monai" },
            "team" => result with { Entry = result.Entry with { Team = "Somebody" } },
            "ghost" => result with { Entry = result.Entry with { Id = "ghost" } },
            _ => result with { Timing = result.Timing with { RunSeconds = -1 } },
        };
        File.WriteAllBytes(path, ResultJson.Write(result));

        Refused(path, reason);
    }

    [Fact]
    public void Rank_ResultCopiedFromAnotherCaseOrEntry_IsRefused()
    {
        var (path, bytes) = (PathOf(_beta), File.ReadAllBytes(PathOf(_beta)));
        File.Copy(PathOf(_beta, "easy2"), path, overwrite: true);
        Refused(path, $"It is the result of {_beta}/easy/easy2");

        File.Copy(PathOf(_alpha), path, overwrite: true);
        Refused(path, $"It is the result of {_alpha}/easy/easy1");

        File.WriteAllBytes(path, bytes);
        _ours.Touchstone("rank", "--challenge", "ours").Succeeded();
    }

    [Fact]
    public void Rank_EntryWithoutACommand_IsRefusedByName()
    {
        var path = _ours.Workspace.SubmissionPath(_beta);
        var text = System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(path), "\"command\": \\[[^]]*\\]", "\"command\": null");
        Assert.Contains("null", text, StringComparison.Ordinal);
        File.WriteAllText(path, text);

        var run = _ours.Touchstone("rank", "--challenge", "ours");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"{path} is no entry", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Rank_EntryThatNobodyAccepted_RanksNoGhost()
    {
        Rank();
        var folder = Path.GetDirectoryName(_ours.Workspace.SubmissionPath(_beta))!;
        Directory.Move(folder, folder + "-away");

        var refused = _ours.Touchstone("rank", "--challenge", "ours");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains($"There is no entry {_beta}", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Rank_ResultWithoutChecksum_IsReadAndSaidToBe()
    {
        foreach (var path in ResultFile.FindAll(_ours.Workspace).ToList())
        {
            File.WriteAllBytes(path, ResultJson.Write(ResultFile.Read(path) with { Schema = 1 }));
        }

        var run = _ours.Touchstone("rank", "--challenge", "ours").Succeeded();

        Assert.DoesNotContain("sha256\": ", File.ReadAllText(PathOf(_beta))[..20], StringComparison.Ordinal);
        Assert.Contains("8 of the results are without checksum", run.Error, StringComparison.Ordinal);
        File.WriteAllText(PathOf(_beta), Regex.Replace(File.ReadAllText(PathOf(_beta)), "\"dsc\": 0\\.\\d", "\"dsc\": 0.1"));
        Refused(PathOf(_beta), "give 0.");
    }

    [Theory]
    [InlineData("fifo", "is a FIFO")]
    [InlineData("folder", "is a folder")]
    [InlineData("device", "is a device")]
    public void Rank_NoFileInTheResultsPlace_IsNamedAndNotWaitedFor(string kind, string reason)
    {
        var path = PathOf(_beta);
        File.Delete(path);
        switch (kind)
        {
            case "fifo":
                Process.Start("mkfifo", path).WaitForExit();
                break;
            case "folder":
                Directory.CreateDirectory(path);
                break;
            default:
                File.CreateSymbolicLink(path, "/dev/zero");
                break;
        }

        Refused(path, reason);
    }

    [Fact]
    public void Rank_DamagedStore_SaysReindexWhichMendsIt()
    {
        Rank();
        var store = _ours.Workspace.StorePath;
        File.Delete(store + "-wal");
        var bytes = File.ReadAllBytes(store);
        Array.Fill(bytes, (byte)0x5A, 100, bytes.Length - 100);
        File.WriteAllBytes(store, bytes);

        Refused(store, "touchstone reindex");
        File.WriteAllText(store, "no database at all, but long enough to look like one".PadRight(200));
        Refused(store, "touchstone reindex");

        CommandRunOf("reindex").Succeeded();
        Rank();
    }

    [Fact]
    public void Rank_StoreOfAnOlderBuild_IsFilledAnew()
    {
        Rank();
        using (var connection = Touchstone.Leaderboard.Store.Sqlite.Open(_ours.Workspace.StorePath))
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "DROP TABLE output; UPDATE result SET schema = 7; PRAGMA user_version = 5;";
            command.ExecuteNonQuery();
        }

        Rank();
    }

    [Theory]
    [InlineData("lost", "workspace.key is lost")]
    [InlineData("short", "has 5 bytes instead of 32")]
    public void Rank_KeyLostOrDamaged_IsSaidAndNoneIsMade(string change, string reason)
    {
        var key = _ours.File("workspace", "workspace.key");
        File.Delete(key);
        if (change == "short")
        {
            File.WriteAllText(key, "short");
        }

        var run = CommandRunOf("rank", "--challenge", "ours", "--manifest", _ours.File("datasets.manifest"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.Equal(change == "short", File.Exists(key));
    }

    private EndToEnd.CommandRun CommandRunOf(params string[] arguments) =>
        EndToEnd.CommandRun.Here([.. arguments, "--workspace", _ours.File("workspace")]);

    private void Rank() => _ours.Touchstone("rank", "--challenge", "ours").Succeeded();

    /// <summary>Neither a ranking nor a site is made, within what a person waits for.</summary>
    private void Refused(string path, string reason)
    {
        string[][] commands = [["rank", "--challenge", "ours"], ["publish", "--include-embargoed", "--output", _ours.File("site")]];
        foreach (var command in commands)
        {
            var run = _ours.Touchstone(command);
            Assert.True(run.ExitCode == 1, $"Exit code {run.ExitCode}.\n{run.All}");
            Assert.Contains(path, run.Error, StringComparison.Ordinal);
            Assert.Contains(reason, run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", run.All, StringComparison.Ordinal);
        }
    }

    private string PathOf(string entry, string caseId = "easy1") => _ours.Workspace.ResultPath(entry, "easy", caseId);
}
