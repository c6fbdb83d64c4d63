using System.Diagnostics;
using Touchstone.Evaluators;

namespace Touchstone.Tests.Evaluators;

/// <summary>
/// Damages valid files in seeded random ways. Whatever comes of it must be a <see cref="VolumeException"/> or a score, soon,
/// and never a score for data whose checksum is wrong. TOUCHSTONE_LONG=1 in the environment makes it 500,000 files.
/// </summary>
public sealed class FuzzTests : IDisposable
{
    private static readonly int Files = Environment.GetEnvironmentVariable("TOUCHSTONE_LONG") == "1" ? 500_000 : 20_000;

    private static readonly double[] Voxels = [.. Enumerable.Range(0, 24).Select(i => i % 5 == 0 ? 2.0 : 0)];

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("nifti-1")]
    [InlineData("nifti-1.gz")]
    [InlineData("nifti-2.gz")]
    [InlineData("two members")]
    [InlineData("metaimage")]
    public void Read_DamagedFile_IsAFaultOrTheTruth(string kind)
    {
        var sound = Sound(kind);
        var path = _folder.File("volume");
        var random = new Random(kind.Length);
        var (accepted, clock) = (0, Stopwatch.StartNew());
        var allocatedBefore = GC.GetTotalAllocatedBytes();
        for (var n = 0; n < Files / 5; n++)
        {
            var damaged = DamagedBytes.Of(sound, random, longestTail: 20);
            File.WriteAllBytes(path, damaged);
            if (TryRead(path) is { } voxels)
            {
                accepted++;
                Assert.True(
                    kind == "nifti-1" || kind == "metaimage" || voxels == 5,
                    $"file {n} of {kind}: {voxels} voxels out of damaged data");
            }
        }

        Assert.InRange(accepted, 1, Files / 5);
        Assert.True(clock.Elapsed < TimeSpan.FromMilliseconds(Math.Max(60_000, Files)), $"It took {clock.Elapsed}.");
        var each = (GC.GetTotalAllocatedBytes() - allocatedBefore) / (Files / 5);
        Assert.True(each < 4 << 20, $"{each} bytes were allocated a file.");
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Sound(string kind)
    {
        var plain = new NiftiBytes { Voxels = Voxels, IsVersion2 = kind == "nifti-2.gz" }.Bytes();
        return kind switch
        {
            "nifti-1" => plain,
            "two members" => [.. NiftiBytes.Gzip(plain[..570]), .. NiftiBytes.Gzip(plain[570..])],
            "metaimage" =>
            [
                .. "ObjectType = Image\nNDims = 3\nDimSize = 4 3 2\nElementSpacing = 1 1 2\nElementType = MET_UCHAR\n"u8,
                .. "ElementDataFile = LOCAL\n"u8, .. Voxels.Select(voxel => (byte)voxel),
            ],
            _ => NiftiBytes.Gzip(plain),
        };
    }

    /// <summary>Voxels of label 2, or null when the file is refused.</summary>
    private static long? TryRead(string path)
    {
        var masks = new Mask?[256];
        var budget = new SurfaceBudget(CaseSide.Prediction, SurfaceLimits.Default);
        var mask = masks[2] = new Mask(budget);
        try
        {
            using var stream = VolumeStream.Open(path);
            MaskReader.ReadLabels(stream, masks, budget);
            return mask.Voxels;
        }
        catch (VolumeException)
        {
            return null;
        }
    }
}
