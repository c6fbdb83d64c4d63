using System.Buffers.Binary;
using System.IO.Compression;
using Touchstone.Baselines.Inference;
using Touchstone.Baselines.Tests.Networks;
using Touchstone.Baselines.Volumes;
using Touchstone.Evaluators;

namespace Touchstone.Baselines.Tests.Inference;

public sealed class PreparedCtTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Ct => _folder.File("ct.nii.gz");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Read_AnyOrientationAndSpacing_AgreesWithMonai(int index)
    {
        var golden = GoldenInference.Cases("prepared")[index];
        var rows = golden.GetProperty("affine").EnumerateArray()
            .Select(row => row.EnumerateArray().Select(number => number.GetDouble()).ToArray()).ToArray();
        var size = GoldenInference.Three(golden.GetProperty("shape"));
        Write(size, new Affine(Row(rows[0]), Row(rows[1]), Row(rows[2])), Voxels(size));

        var prepared = PreparedCt.Read(Ct, new Preparation());

        Assert.Equal(GoldenInference.Three(golden.GetProperty("spaced")), prepared.Grid.Size);
        Assert.Equal(GoldenInference.Three(golden.GetProperty("start")), prepared.Box.Start);
        var (start, end) = (prepared.Box.Start, GoldenInference.Three(golden.GetProperty("end")));
        Assert.Equal((end.X - start.X, end.Y - start.Y, end.Z - start.Z), prepared.Box.Size);
        GoldenInference.AssertSampled(golden.GetProperty("image"), prepared.Brightness, 2e-5);

        static AffineRow Row(double[] row) => new(row[0], row[1], row[2], row[3]);
    }

    [Fact]
    public void Read_OtherModality_IsRefused()
    {
        Write((8, 8, 8), Affine.Scaling(new(1, 1, 1), default), [.. Enumerable.Range(0, 512).Select(n => (short)n)]);
        Assert.Contains("between 0 and 511", Refusal(), StringComparison.Ordinal);

        Write((8, 8, 8), Affine.Scaling(new(1, 1, 1), default), [.. Enumerable.Repeat((short)-1000, 512)]);
        Assert.Contains("does not look like a CT", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DamagedFile_IsRefused()
    {
        Write((20, 20, 20), Affine.Scaling(new(1, 1, 1), default), Voxels((20, 20, 20)));
        var bytes = File.ReadAllBytes(Ct);

        File.WriteAllBytes(Ct, bytes[..^200]);
        Assert.Contains("end early, or are damaged", Refusal(), StringComparison.Ordinal);

        File.WriteAllText(Ct, "no volume");
        Assert.Throws<VolumeException>(() => PreparedCt.Read(Ct, new Preparation()));
    }

    [Fact]
    public void Read_AxesThatDoNotSpanSpace_AreRefused()
    {
        Write((8, 8, 8), new Affine(new(1, 0, 0, 0), new(0, 1, 0, 0), new(0, 1, 0, 0)), Voxels((8, 8, 8)));

        Assert.Contains("its axes do not span space", Refusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(64)]
    [InlineData(256)]
    [InlineData(512)]
    [InlineData(768)]
    [InlineData(1024)]
    [InlineData(1280)]
    public void ReadSlice_EveryDataType_BothByteOrders_GiveScaledValues(short type)
    {
        foreach (var isBigEndian in new[] { false, true })
        {
            WriteRaw(type, isBigEndian);
            using var ct = CtFile.Open(Ct);
            var slice = new float[2];

            ct.ReadSlice(slice);
            Assert.Equal([3 * 0.5f - 100, 7 * 0.5f - 100], slice);
            ct.ReadSlice(slice);
            Assert.Equal([100 * 0.5f - 100, -100], slice);
        }
    }

    private static short[] Voxels((int X, int Y, int Z) size)
    {
        var voxels = Array.ConvertAll(
            Formula.Numbers("ct", size.X * size.Y * size.Z), number => (short)Math.Round((number * 1200) - 100));
        for (var n = 0; n < voxels.Length; n++)
        {
            var (x, y) = (n % size.X, n / size.X % size.Y);
            voxels[n] = x < 3 || x >= size.X - 2 || y < 2 ? (short)-1000 : voxels[n];
        }

        return voxels;
    }

    private string Refusal() => Assert.Throws<CtException>(() => PreparedCt.Read(Ct, new Preparation())).Message;

    private void Write((int X, int Y, int Z) size, Affine affine, short[] voxels) =>
        NiftiWriter.Write(Ct, new Geometry(new Grid(size.X, size.Y, size.Z, new(1, 1, 1)), affine), voxels);

    /// <summary>A volume of 2×1×2 voxels 3, 7, 100, 0 with slope 0.5 and intercept −100.</summary>
    private void WriteRaw(short type, bool isBigEndian)
    {
        var bytes = type switch { 2 or 256 => 1, 4 or 512 => 2, 8 or 16 or 768 => 4, _ => 8 };
        var file = new byte[352 + (4 * bytes)];
        Integer(0, 348, 4);
        long[] dimensions = [3, 2, 1, 2, 1];
        for (var n = 0; n < dimensions.Length; n++)
        {
            Integer(40 + (2 * n), dimensions[n], 2);
            Real(76 + (4 * n), 1, 4);
        }

        Integer(70, type, 2);
        Integer(72, 8 * bytes, 2);
        Real(108, 352, 4);
        Real(112, 0.5, 4);
        Real(116, -100, 4);
        "n+1\0"u8.CopyTo(file.AsSpan(344));
        long[] voxels = [3, 7, 100, 0];
        for (var n = 0; n < 4; n++)
        {
            (type is 16 or 64 ? (Action<int, double, int>)Real : (at, value, size) => Integer(at, (long)value, size))(
                352 + (n * bytes), voxels[n], bytes);
        }

        using var gzip = new GZipStream(File.Create(Ct), CompressionLevel.Fastest);
        gzip.Write(file);

        void Integer(int at, long value, int size)
        {
            Span<byte> eight = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(eight, value);
            eight[..size].CopyTo(file.AsSpan(at));
            Turn(at, size);
        }

        void Real(int at, double value, int size) => Integer(
            at, size == 4 ? BitConverter.SingleToInt32Bits((float)value) : BitConverter.DoubleToInt64Bits(value), size);

        void Turn(int at, int size)
        {
            if (isBigEndian)
            {
                Array.Reverse(file, at, size);
            }
        }
    }
}
