using System.Security.Cryptography;
using Touchstone.Harness.Images;
using Touchstone.Harness.Server.Problems;
using Touchstone.Harness.Server.Uploads;
using Touchstone.Tests.Harness.Intake;

namespace Touchstone.Tests.Harness.Server;

/// <summary>Room that uploads take of the disk before they write.</summary>
public sealed class UploadRoomTests : IDisposable
{
    // Without a place to watch there is as much as a number can say.
    private const long All = long.MaxValue >> 30 << 30;

    private readonly Registry _registry = new();
    private readonly TemporaryFolder _folder = new();
    private readonly UploadRoom _room = new(new DiskWatch(0, []));

    public void Dispose()
    {
        _registry.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Take_MoreThanIsLeft_IsRefused()
    {
        _room.Take(All - 10);

        Assert.Throws<IntakeClosedException>(() => _room.Take(11));
        _room.Take(10);
        Assert.Throws<IntakeClosedException>(() => _room.Check(1));
    }

    [Fact]
    public async Task Write_BytesThatDoNotSumUp_TakeNoRoom_AndOthersDo()
    {
        var (_, identity, _) = _registry.Team();
        var upload = _registry.Store.AddUpload(identity, "demo", "image.tar", 3000);
        await using var piece = new UploadPiece(upload, _folder.File("a.part"), _registry.Store, _room);
        var wrong = new UploadChecksum(HashAlgorithmName.SHA256, new byte[32]);

        await Assert.ThrowsAsync<ProblemException>(() => piece.WriteAsync(
            new MemoryStream(new byte[2000]), isBounded: true, wrong, new RunningHash(), CancellationToken.None));
        _room.Check(All);

        await piece.WriteAsync(new MemoryStream(new byte[1000]), isBounded: true, checksum: null, new RunningHash(), CancellationToken.None);
        _room.Check(All - 1000);
        Assert.Throws<IntakeClosedException>(() => _room.Check(All - 999));
    }
}
