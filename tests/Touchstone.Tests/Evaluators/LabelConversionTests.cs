using System.Runtime.InteropServices;
using Touchstone.Evaluators;

namespace Touchstone.Tests.Evaluators;

/// <summary>The vectorised conversions against one number at a time, over lengths that no vector divides.</summary>
public class LabelConversionTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(512)]
    [InlineData(8)]
    [InlineData(768)]
    [InlineData(16)]
    [InlineData(64)]
    public void Convert_AnyLength_IsWhatOneByOneGives(int type)
    {
        var random = new Random(type);
        for (var length = 0; length < 300; length++)
        {
            byte[] wanted = [.. Enumerable.Range(0, length).Select(_ => (byte)random.Next(256))];
            var labels = new byte[length];

            var wrong = LabelConversion.Convert(Header(type), Stored(type, wanted, null), labels);

            Assert.Equal(-1, wrong);
            Assert.Equal(wanted, labels);
        }
    }

    [Theory]
    [InlineData(4, -1)]
    [InlineData(4, 256)]
    [InlineData(512, 40000)]
    [InlineData(8, -2147483648.0)]
    [InlineData(16, 0.25)]
    [InlineData(16, 256)]
    [InlineData(16, double.NaN)]
    [InlineData(64, 1e300)]
    public void Convert_NoLabelAnywhere_IsFoundWhereItIs(int type, double value)
    {
        const int Length = 203;
        for (var at = 0; at < Length; at++)
        {
            var wrong = LabelConversion.Convert(
                Header(type), Stored(type, new byte[Length], (at, value)), new byte[Length]);

            Assert.Equal(at, wrong);
        }
    }

    private static VolumeHeader Header(int type) => new() { Geometry = Some.Geometry(1, 1, 1), Type = (VoxelType)type };

    private static byte[] Stored(int type, byte[] labels, (int At, double Value)? odd)
    {
        var values = labels.Select((label, i) => odd is { } one && one.At == i ? one.Value : label);
        return (VoxelType)type switch
        {
            VoxelType.Int16 => Bytes(values.Select(value => (short)value)),
            VoxelType.UInt16 => Bytes(values.Select(value => (ushort)value)),
            VoxelType.Int32 => Bytes(values.Select(value => (int)value)),
            VoxelType.UInt32 => Bytes(values.Select(value => (uint)value)),
            VoxelType.Float32 => Bytes(values.Select(value => (float)value)),
            _ => Bytes(values),
        };
    }

    private static byte[] Bytes<T>(IEnumerable<T> values)
        where T : unmanaged => MemoryMarshal.AsBytes<T>(values.ToArray()).ToArray();
}
