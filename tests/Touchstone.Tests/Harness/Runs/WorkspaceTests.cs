using System.Collections.Concurrent;
using System.Runtime.Versioning;
using Touchstone.Harness.Runs;
using Touchstone.Submissions;

namespace Touchstone.Tests.Harness.Runs;

public sealed class WorkspaceTests
{
    [Fact]
    public void Pseudonym_SameWorkspace_IsAlwaysTheSame()
    {
        using var folder = new TemporaryFolder();

        var first = Workspace.Open(folder.Path).Pseudonym("d", "BDMAP_00000001");

        Assert.Equal(first, Workspace.Open(folder.Path).Pseudonym("d", "BDMAP_00000001"));
        Assert.Matches("^case_[0-9a-f]{16}$", first);
        Assert.Equal(first[..13], Workspace.Open(folder.Path).ShortPseudonym("d", "BDMAP_00000001"));
    }

    [Fact]
    public void Pseudonym_OtherWorkspaceDatasetOrCase_IsAnother()
    {
        using var one = new TemporaryFolder();
        using var two = new TemporaryFolder();
        var workspace = Workspace.Open(one.Path);

        string[] names =
        [
            workspace.Pseudonym("d", "c"), workspace.Pseudonym("d", "e"), workspace.Pseudonym("f", "c"), Workspace.Open(two.Path).Pseudonym("d", "c"),
        ];

        Assert.Equal(4, names.Distinct().Count());
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void Open_NewWorkspace_KeepsItsKeyToItself()
    {
        using var folder = new TemporaryFolder();

        Workspace.Open(folder.Path);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.File("workspace.key")));
    }

    [Fact]
    public void Open_KeyDamaged_SaysWhatItIsFor()
    {
        using var folder = new TemporaryFolder();
        folder.Write("workspace.key", "short");

        var fault = Assert.Throws<InvalidDataException>(() => Workspace.Open(folder.Path));

        Assert.Contains("workspace.key", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData(".hidden")]
    [InlineData("a\0b")]
    public void CasePath_IdThatIsNoName_Throws(string id)
    {
        using var folder = new TemporaryFolder();
        var workspace = Workspace.Open(folder.Path);

        Assert.Throws<ArgumentException>(() => workspace.CasePath(id, "d", "c"));
        Assert.Throws<ArgumentException>(() => workspace.CasePath("s", id, "c"));
        Assert.Throws<ArgumentException>(() => workspace.CasePath("s", "d", id));
    }

    [Fact]
    public void Submission_WrittenAndRead_IsTheSame()
    {
        using var folder = new TemporaryFolder();
        var workspace = Workspace.Open(folder.Path);
        var written = Entry("s1");

        Assert.True(SubmissionFile.Write(workspace, written));
        Assert.False(SubmissionFile.Write(workspace, written with { Team = "other" }));

        var read = SubmissionFile.Find(workspace, "s1")!;
        Assert.Equal(written.Command, read.Command);
        Assert.Equal(written with { Command = read.Command }, read);
        Assert.Null(SubmissionFile.Find(workspace, "s2"));
    }

    [Fact]
    public void Submissions_ReadAll_ComeInTheOrderOfArrival()
    {
        using var folder = new TemporaryFolder();
        var workspace = Workspace.Open(folder.Path);
        SubmissionFile.Write(workspace, Entry("later") with { ReceivedAt = DateTimeOffset.UnixEpoch.AddDays(1) });
        SubmissionFile.Write(workspace, Entry("sooner"));

        Assert.Equal(["sooner", "later"], SubmissionFile.ReadAll(workspace).Select(submission => submission.Id));
    }

    // Many rounds: writers that look whether the name is free and then take it both succeed in one of a hundred.
    [Fact]
    public void WriteOnce_ByManyAtOnce_TheFirstWinsAndNothingElseStays()
    {
        using var folder = new TemporaryFolder();
        const int Writers = 8;
        using var together = new Barrier(Writers);
        var winners = new ConcurrentQueue<(int Round, byte Writer)>();

        var threads = Enumerable.Range(0, Writers).Select(writer => new Thread(() =>
        {
            for (var round = 0; round < 200; round++)
            {
                together.SignalAndWait();
                if (DurableFile.WriteOnce(folder.File($"f{round}"), [.. Enumerable.Repeat((byte)writer, 1000)]))
                {
                    winners.Enqueue((round, (byte)writer));
                }
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.Equal(Enumerable.Range(0, 200), winners.Select(winner => winner.Round).Order());
        Assert.All(winners, winner => Assert.Equal(
            [.. Enumerable.Repeat(winner.Writer, 1000)],
            File.ReadAllBytes(folder.File($"f{winner.Round}"))));
        Assert.Equal(200, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void Result_Damaged_IsNamed()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("result.json", "{}");

        var fault = Assert.Throws<InvalidDataException>(() => ResultFile.Read(path));

        Assert.Contains(path, fault.Message, StringComparison.Ordinal);
    }

    private static Submission Entry(string id) => new()
    {
        Id = id,
        Team = "Équipe \"A\"",
        Name = "n",
        Challenge = "c",
        Image = ImageDigest.Parse($"sha256:{new string('1', 64)}"),
        Source = "team.tar",
        Layout = SubmissionLayout.Folder,
        Command = ["/bin/sh", "-c", "a b"],
        IsBaseline = true,
        ReceivedAt = DateTimeOffset.UnixEpoch,
    };
}
