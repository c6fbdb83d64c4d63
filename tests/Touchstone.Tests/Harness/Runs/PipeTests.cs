using Touchstone.Harness.Boards;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Images;
using Touchstone.Harness.Runs;

namespace Touchstone.Tests.Harness.Runs;

/// <summary>A pipe in the place of a file: opening it would wait for ever.</summary>
public sealed class PipeTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_Pipe_IsRefusedAtOnce()
    {
        var pipe = MakePipe("pipe");
        Action[] readers =
        [
            () => ChecksumFile.Read(pipe),
            () => BundleFile.Read(pipe),
            () => ArchiveFiles.Open(pipe, new ReadingBudget(1)).Dispose(),
            () => ImageName.CheckContent(pipe),
            () => RegularFile.DemandWhereThere(pipe),
        ];

        Assert.All(readers, read => Assert.Contains("is a FIFO", Assert.Throws<IOException>(read).Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Mark_PipeInItsPlace_IsAWordThatWasGivenAlready()
    {
        var workspace = Workspace.Open(_folder.File("workspace"));
        Directory.CreateDirectory(workspace.BoardsPath);
        MakePipe("workspace", "boards", ".stale");

        await Task.Run(() => StaleBoards.Mark(workspace)).WaitAsync(Patience);

        Assert.True(StaleBoards.Take(workspace));
        StaleBoards.Mark(workspace);
        StaleBoards.Mark(workspace);
        Assert.True(StaleBoards.Take(workspace));
        Assert.False(StaleBoards.Take(workspace));
    }

    [Fact]
    public async Task WriteOnce_PipeLeftBesideIt_IsNotRead()
    {
        MakePipe("releases", ".now.json.1");

        await Task.Run(() => DurableFile.EndNaming(_folder.File("releases", "now.json"), "{}"u8)).WaitAsync(Patience);

        Assert.False(File.Exists(_folder.File("releases", "now.json")));
    }

    private string MakePipe(params string[] path)
    {
        var pipe = _folder.File(path);
        Directory.CreateDirectory(Path.GetDirectoryName(pipe)!);
        using var made = System.Diagnostics.Process.Start("mkfifo", [pipe]);
        made.WaitForExit();
        return pipe;
    }

    [Theory]
    [InlineData("../elsewhere")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData("a\nb")]
    public void FindSubmission_WhatCanBeNoId_IsNotThere(string id) =>
        Assert.Null(SubmissionFile.Find(Workspace.Open(_folder.File("workspace")), id));
}
