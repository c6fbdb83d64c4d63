using System.Diagnostics;
using System.Formats.Tar;
using Touchstone.Harness.Images;
using Touchstone.Submissions;

namespace Touchstone.Tests.Harness.Images;

/// <summary>What a hostile archive is made for does not happen, and it costs seconds. No engine is asked.</summary>
public sealed class HostileArchiveTests : IDisposable
{
    private const long Cap = 256 << 20;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(HostileArchives.Names), MemberType = typeof(HostileArchives))]
    public async Task Inspect_HostileArchive_IsRefusedSoonAndInCleanWords(string name)
    {
        var (archive, words) = HostileArchives.Build(name);
        var begin = Stopwatch.GetTimestamp();

        var fault = await Assert.ThrowsAsync<SubmissionException>(() => InspectAsync(archive));

        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(fault.Message, sign => char.IsControl(sign) || sign is '\u202e');
        Assert.True(Stopwatch.GetElapsedTime(begin) < Soon, $"It took {Stopwatch.GetElapsedTime(begin)}.");
    }

    [Fact]
    public async Task Inspect_NamesOfLabelsAndVolumesThatDifferInCase_AreData() => await InspectAsync(new TestImage
    {
        Volumes = ["/data", "/Data"],
        Configuration = text => text.Replace("\"config\":{", "\"config\":{\"Labels\":{\"version\":\"1\",\"Version\":\"2\"},", StringComparison.Ordinal),
    }.Build());

    [Fact]
    public async Task Inspect_DevicesAndPipesOfHonestBases_AreNoOffence() => await InspectAsync(HostileArchives.Over(
        new PaxTarEntry(TarEntryType.Directory, "dev/"),
        new PaxTarEntry(TarEntryType.CharacterDevice, "./dev/null") { DeviceMajor = 1, DeviceMinor = 3 },
        new PaxTarEntry(TarEntryType.BlockDevice, "dev/loop0") { DeviceMajor = 7 },
        HostileArchives.Pipe("dev/initctl"),
        HostileArchives.Pipe("run/initctl")));

    [Fact]
    public async Task Inspect_ToldToStop_StopsAtOnce()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => InspectAsync(TestImage.Gzip(new TestImage().Build()), stop.Token));
    }

    private async Task<ImageArchive> InspectAsync(byte[] archive, CancellationToken token = default)
    {
        var path = _folder.File("team.tar");
        await File.WriteAllBytesAsync(path, archive, CancellationToken.None);
        return await ImageArchive.InspectAsync(path, Cap, "team.tar", token);
    }
}
