using System.Diagnostics;
using System.Formats.Tar;
using Touchstone.Harness.Images;
using Touchstone.Submissions;

namespace Touchstone.Tests.Harness.Images;

/// <summary>
/// What an engine refuses, or must not open, is found while the image is taken in: a rejection with its reason, and not a failure
/// of the machine. Nothing of it stays.
/// </summary>
[Trait("Category", "Engine")]
[Collection(TimedWithTheEngine.Name)]
public sealed class HostileImageTests(EngineFixture fixture)
{
    private const long Cap = 64L << 20;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(45);

    [Theory]
    [MemberData(nameof(HostileImages.Names), MemberType = typeof(HostileImages))]
    public Task Accept_HostileImage_IsRejectedWithTheReason(string name) => RejectAsync(fixture, name);

    [Fact]
    public async Task Accept_LinksOfHonestImages_AreNoOffence()
    {
        var image = HostileImages.With(
            HostileImages.Link("etc/passwd", "../opt/passwd"), TestImage.File("opt/passwd", "root:x:0:0::/:/bin/sh\n"u8.ToArray()),
            HostileImages.Link("etc/mtab", "/proc/mounts"), HostileImages.Link("etc/resolv.conf", "../run/systemd/resolve/stub-resolv.conf"),
            HostileImages.Link("workspace", "/app"), new PaxTarEntry(TarEntryType.Directory, "app/"),
            new PaxTarEntry(TarEntryType.Directory, "dev/"), HostileArchives.Pipe("dev/initctl"), HostileArchives.Pipe("run/initctl"),
            HostileImages.Link("bin/bash", "busybox"));
        var lower = HostileArchives.Tar(HostileImages.Link("etc/passwd", "/dev/zero"));

        var accepted = await AcceptAsync(fixture, (image with { MoreLayers = [lower, .. image.MoreLayers] }).Build());

        await fixture.Engine.RemoveImageAsync(accepted.Digest.Value);
    }

    [Theory]
    [InlineData("srv/pipe")]
    [InlineData("etc/passwd")]
    public async Task Accept_ReferenceToAnImageWithAPipe_IsRejectedBeforeAContainerStarts(string path)
    {
        var image = HostileImages.With(HostileArchives.Pipe(path)) with { RepoTags = ["touchstone/test-pipe:1"] };
        await fixture.Engine.LoadImageAsync(async (stream, token) => await stream.WriteAsync(image.Build(), token));
        try
        {
            var fault = await Assert.ThrowsAsync<SubmissionException>(
                () => new ImageIntake(fixture.Engine).AcceptAsync("touchstone/test-pipe:1", Cap));

            Assert.Contains($"/{path}", fault.Message, StringComparison.Ordinal);
            Assert.NotNull(await fixture.Engine.FindImageAsync("touchstone/test-pipe:1")); // it was there before
        }
        finally
        {
            await fixture.Engine.RemoveImageAsync("touchstone/test-pipe:1");
        }
    }

    [Fact]
    public async Task Accept_ReferenceWithMoreFilesThanTheCap_IsRejected()
    {
        var image = new TestImage { RepoTags = ["touchstone/test-large:1"] };
        await fixture.Engine.LoadImageAsync(async (stream, token) => await stream.WriteAsync(image.Build(), token));

        var fault = await Assert.ThrowsAsync<SubmissionException>(
            () => new ImageIntake(fixture.Engine).AcceptAsync("touchstone/test-large:1", 1000));

        Assert.Equal(SubmissionFault.ImageTooLarge, fault.Fault);
        await fixture.Engine.RemoveImageAsync("touchstone/test-large:1");
    }

    [Fact]
    public async Task Accept_StoppedWhileItIsTried_LeavesNothing()
    {
        var archive = new TestImage { Files = new Dictionary<string, byte[]> { ["id"] = Guid.NewGuid().ToByteArray() } }.Build();
        var path = fixture.NewPath("team.tar");
        await File.WriteAllBytesAsync(path, archive);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ImageIntake(fixture.Engine).AcceptAsync(path, Cap, stop.Token));

        await AssertNothingLeftAsync(fixture, path);
    }

    /// <summary>The same on any engine.</summary>
    internal static async Task RejectAsync(EngineFixture fixture, string name)
    {
        var (image, words) = HostileImages.Named(name);
        var path = fixture.NewPath("team.tar");
        await File.WriteAllBytesAsync(path, image.Build());
        var begin = Stopwatch.GetTimestamp();

        var roomy = new DiskWatch(0, []);
        var fault = await Assert.ThrowsAsync<SubmissionException>(() => new ImageIntake(fixture.Engine, roomy).AcceptAsync(path, Cap));

        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("/var/lib", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(fault.Message, char.IsControl);
        Assert.True(Stopwatch.GetElapsedTime(begin) < Soon, $"It took {Stopwatch.GetElapsedTime(begin)}.");
        await AssertNothingLeftAsync(fixture, path);
    }

    private static async Task AssertNothingLeftAsync(EngineFixture fixture, string path)
    {
        var image = $"sha256:{ConfigOf(path)}";
        Assert.DoesNotContain(await fixture.Engine.ListContainersAsync("touchstone.trial=yes"), container => container.ImageID == image);
        Assert.Null(await fixture.Engine.FindImageAsync(image));
    }

    private static string ConfigOf(string path)
    {
        using var tar = new TarReader(File.OpenRead(path));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.Name.Length == 69)
            {
                return entry.Name[..64];
            }
        }

        throw new InvalidOperationException("The archive lacks a configuration.");
    }

    private static async Task<AcceptedImage> AcceptAsync(EngineFixture fixture, byte[] archive)
    {
        var path = fixture.NewPath("team.tar");
        await File.WriteAllBytesAsync(path, archive);
        return await new ImageIntake(fixture.Engine).AcceptAsync(path, Cap);
    }
}
