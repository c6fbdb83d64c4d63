using Touchstone.Harness.Boards;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Images;
using Touchstone.Harness.Runs;

namespace Touchstone.Tests.Harness.Runs;

/// <summary>A pipe in the place of a file: opening it would wait for ever.</summary>
public sealed class PipeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_Pipe_IsRefusedAtOnce()
    {
        var pipe = _folder.File("pipe");
        using (var made = System.Diagnostics.Process.Start("mkfifo", [pipe]))
        {
            made.WaitForExit();
        }

        Action[] readers =
        [
            () => ChecksumFile.Read(pipe),
            () => BundleFile.Read(pipe),
            () => ArchiveFiles.Open(pipe, new ReadingBudget(1)).Dispose(),
        ];

        Assert.All(readers, read => Assert.Contains("is a FIFO", Assert.Throws<IOException>(read).Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("../elsewhere")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData("a\nb")]
    public void FindSubmission_WhatCanBeNoId_IsNotThere(string id) =>
        Assert.Null(SubmissionFile.Find(Workspace.Open(_folder.File("workspace")), id));
}
