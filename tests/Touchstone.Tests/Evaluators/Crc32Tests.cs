using System.Text;
using Touchstone.Evaluators;

namespace Touchstone.Tests.Evaluators;

/// <summary>The checksum of gzip, held to its definition: the remainder of a division, one bit after the other.</summary>
public sealed class Crc32Tests
{
    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xCBF43926u)]
    public void Value_OfKnownText_IsAsPublished(string text, uint expected)
    {
        var checksum = new Crc32();

        checksum.Append(Encoding.ASCII.GetBytes(text));

        Assert.Equal(expected, checksum.Value);
    }

    /// <summary>Stretches of zeros of every size between stretches of anything, in pieces of any length.</summary>
    [Theory]
    [InlineData(1, 5_000, 100)]
    [InlineData(2, 5_000, 1_000)]
    [InlineData(3, 300_000, 1_000)]
    [InlineData(4, 300_000, 100_000)]
    [InlineData(5, 3_000_000, 2_000_000)]
    public void Value_OfDataWithZeros_IsTheRemainder(int seed, int length, int longest)
    {
        var random = new Random(seed);
        var bytes = new byte[length];
        for (var at = random.Next(longest); at < length; at += random.Next(longest))
        {
            var stretch = bytes.AsSpan(at, Math.Min(random.Next(300), length - at));
            random.NextBytes(stretch);
            at += stretch.Length;
        }

        var checksum = new Crc32();
        for (var at = 0; at < length;)
        {
            var piece = bytes.AsSpan(at, Math.Min(random.Next(longest), length - at));
            checksum.Append(piece);
            at += piece.Length;
        }

        Assert.Equal(Remainder(bytes), checksum.Value);
    }

    [Fact]
    public void Value_OfZerosAlone_DependsOnTheirNumber()
    {
        foreach (var length in (int[])[1, 63, 64, 65, 127, 128, 1 << 16, (1 << 18) - 1, 1 << 20])
        {
            var checksum = new Crc32();
            checksum.Append(new byte[length]);
            Assert.Equal(Remainder(new byte[length]), checksum.Value);
        }
    }

    private static uint Remainder(byte[] bytes)
    {
        var remainder = uint.MaxValue;
        foreach (var value in bytes)
        {
            remainder ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                remainder = (remainder & 1) == 0 ? remainder >> 1 : (remainder >> 1) ^ 0xEDB88320;
            }
        }

        return ~remainder;
    }
}
