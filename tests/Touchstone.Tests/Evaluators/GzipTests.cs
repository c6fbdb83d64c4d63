using Touchstone.Evaluators;

namespace Touchstone.Tests.Evaluators;

/// <summary>
/// Gzip of every shape that RFC 1952 allows is read alike, whoever takes the checksum, and nothing may be wrong with it.
/// </summary>
public sealed class GzipTests : IDisposable
{
    private static readonly double[] Labels = [.. Enumerable.Range(0, 24).Select(i => i % 5 == 0 ? 2.0 : i % 7 == 0 ? 1 : 0)];

    private static readonly byte[] Plain = new NiftiBytes { Voxels = Labels }.Bytes();

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(0, new byte[0])]
    [InlineData(0x08, new byte[] { (byte)'a', (byte)'.', (byte)'n', (byte)'i', (byte)'i', 0 })]
    [InlineData(0x10, new byte[] { (byte)'c', (byte)'t', 0 })]
    [InlineData(0x18, new byte[] { (byte)'a', 0, (byte)'c', (byte)'t', 0 })]
    [InlineData(0x04, new byte[] { 6, 0, (byte)'B', (byte)'C', 2, 0, 1, 2 })]
    [InlineData(0x01, new byte[0])]
    public void Read_AnyHeader_GivesTheVoxelsAndHoldsTheChecksum(byte flags, byte[] more)
    {
        var gzip = NiftiBytes.Gzip(Plain);
        gzip[3] = flags;
        byte[] sound = [.. gzip[..10], .. more, .. gzip[10..]];
        var broken = sound.ToArray();
        broken[^6] ^= 0x10;

        Assert.Equal(Plain[^24..], Read(sound));
        IsDamaged(broken);
        IsDamaged([.. sound, 0]);
        IsDamaged(sound[..^1]);
    }

    /// <summary>A name that never ends, flags that mean nothing, a method that is none.</summary>
    [Theory]
    [InlineData(3, 0x08)]
    [InlineData(3, 0x20)]
    [InlineData(2, 7)]
    public void Read_HeaderThatIsNone_IsDamaged(int at, byte value)
    {
        var gzip = NiftiBytes.Gzip(Plain);
        gzip[at] = value;

        IsDamaged(gzip);
    }

    [Fact]
    public void Read_NameThatEndsInTheTrailer_IsDamaged() =>
        IsDamaged([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3, .. Enumerable.Repeat((byte)'a', 40), 0, 1, 2]);

    [Theory]
    [InlineData(1)]
    [InlineData(352)]
    [InlineData(370)]
    public void Read_SeveralMembers_AreOneFile(int firstBytes)
    {
        var (first, second) = (NiftiBytes.Gzip(Plain[..firstBytes]), NiftiBytes.Gzip(Plain[firstBytes..]));
        var broken = first.ToArray();
        broken[^6] ^= 0x10;

        Assert.Equal(Plain[^24..], Read([.. first, .. second, .. NiftiBytes.EmptyMember]));
        Assert.Equal(Plain[^24..], Read([.. NiftiBytes.EmptyMember, .. first, .. second]));
        IsDamaged([.. broken, .. second]);
        IsDamaged([.. first, .. second[..^1]]);
        IsDamaged([.. first, 0, .. second]);
    }

    /// <summary>The voxels are right, so nobody is sent to look at them.</summary>
    [Theory]
    [InlineData(1, 0, "1 zero byte follows the end")]
    [InlineData(512, 0, "512 zero bytes follow the end")]
    [InlineData(300_000, 0, "300000 zero bytes follow the end")]
    [InlineData(16, 7, "16 bytes follow the end")]
    public void Read_SomethingBehindTheGzipData_IsSaidWithItsSize(int count, byte value, string words)
    {
        byte[] behind = [.. Enumerable.Repeat(value, count)];
        words = Crc32.IsFast ? words : value == 0 && count > 1 ? "Zeros follow the end" : "Bytes follow the end"; // there the runtime reads, and does not tell where

        Assert.StartsWith(words + " of its compressed data", MessageOf([.. NiftiBytes.Gzip(Plain), .. behind]), StringComparison.Ordinal);
    }

    /// <summary>Where the last of several members ends is not known, so no number is given.</summary>
    [Theory]
    [InlineData(0, "Zeros follow")]
    [InlineData(7, "Bytes follow")]
    public void Read_SomethingBehindSeveralMembers_IsSaid(byte value, string words)
    {
        byte[] members = [.. NiftiBytes.Gzip(Plain[..100]), .. NiftiBytes.Gzip(Plain[100..])];

        Assert.StartsWith(words, MessageOf([.. members, .. Enumerable.Repeat(value, 512)]), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_VoxelsBehindTheLast_IsSaidOfTheVoxels() =>
        Assert.Equal("The file goes on after its last voxel.", MessageOf(NiftiBytes.Gzip([.. Plain, 0])));

    public void Dispose() => _folder.Dispose();

    private string MessageOf(byte[] file) => Assert.Throws<VolumeException>(() => Read(file)).Message;

    private void IsDamaged(byte[] file) =>
        Assert.Equal(VolumeFault.Damaged, Assert.Throws<VolumeException>(() => Read(file)).Fault);

    private byte[] Read(byte[] file)
    {
        File.WriteAllBytes(_folder.File("volume.nii.gz"), file);
        using var stream = VolumeStream.Open(_folder.File("volume.nii.gz"));
        var voxels = new byte[Labels.Length];
        stream.Read(voxels);
        stream.RequireEnd();
        return voxels;
    }
}
