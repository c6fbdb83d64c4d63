using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Touchstone.Evaluators;

/// <summary>
/// The checksum of gzip (RFC 1952), for data that are mostly zeros: whatever the number of zeros, they cost a few multiplications.
/// </summary>
/// <remarks>
/// Bytes are the coefficients of a polynomial over GF(2), and the checksum is its remainder. Sixteen bytes are folded into those that lie
/// a distance further on by multiplying them with what that distance leaves as remainder: V. Gopal et al., Fast CRC Computation for
/// Generic Polynomials Using PCLMULQDQ Instruction, Intel 2009. Over zeros there is nothing to fold into, and one distance does for all.
/// </remarks>
internal sealed class Crc32
{
    private const uint Polynomial = 0xEDB88320;

    private const int BlockBytes = 64;

    private static readonly uint[] OfByte = [.. Enumerable.Range(0, 256).Select(value => TimesX((uint)value, steps: 8))];

    /// <summary>Multipliers that fold over 1, 2, 4, … blocks.</summary>
    private static readonly Vector128<ulong>[] OverBlocks = [.. Enumerable.Range(0, 26).Select(power => Multipliers(8L * BlockBytes << power))];

    private uint _remainder = uint.MaxValue;

    /// <summary>Whether this processor can multiply polynomials; without, every byte is looked up in a table.</summary>
    public static bool IsFast => Pclmulqdq.IsSupported;

    /// <summary>The checksum of all bytes so far.</summary>
    public uint Value => ~_remainder;

    /// <summary>Takes in more bytes.</summary>
    /// <param name="bytes">Those that follow.</param>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (IsFast && bytes.Length >= BlockBytes)
        {
            bytes = AppendBlocks(bytes);
        }

        _remainder = Remainder(_remainder, bytes);
    }

    /// <summary>Takes in whole blocks, one at least.</summary>
    /// <returns>The bytes that are left.</returns>
    private ReadOnlySpan<byte> AppendBlocks(ReadOnlySpan<byte> bytes)
    {
        var blocks = MemoryMarshal.Cast<byte, Block>(bytes);
        var sum = blocks[0];
        sum.A ^= Vector128.CreateScalar(_remainder).AsUInt64();
        for (var i = 1; i < blocks.Length; i++)
        {
            if (blocks[i].IsZero)
            {
                var zeros = 1 + BlocksOfZeros(blocks[(i + 1)..]);
                for (var (power, left) = (0, zeros); left != 0; power++, left >>= 1)
                {
                    if ((left & 1) != 0)
                    {
                        sum.Fold(OverBlocks[power]);
                    }
                }

                i += zeros - 1;
                continue;
            }

            sum.Fold(OverBlocks[0]);
            sum.Add(blocks[i]);
        }

        _remainder = Remainder(sum);
        return bytes[(blocks.Length * BlockBytes)..];
    }

    private static int BlocksOfZeros(ReadOnlySpan<Block> blocks)
    {
        var zeros = MemoryMarshal.AsBytes(blocks).IndexOfAnyExcept((byte)0);
        return zeros < 0 ? blocks.Length : zeros / BlockBytes;
    }

    private static uint Remainder(Block block) => Remainder(0, MemoryMarshal.AsBytes(new ReadOnlySpan<Block>(in block)));

    private static uint Remainder(uint before, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            before = OfByte[(byte)(before ^ value)] ^ (before >> 8);
        }

        return before;
    }

    /// <summary>
    /// What the two halves of sixteen bytes are multiplied with to lie a number of bits further on. Bits are stored in reverse, which
    /// costs a bit for every product; the earlier half lies 64 bits before the other.
    /// </summary>
    private static Vector128<ulong> Multipliers(long bits) =>
        Vector128.Create((ulong)PowerOfX(bits + 32) << 1, (ulong)PowerOfX(bits - 32) << 1);

    private static uint PowerOfX(long exponent)
    {
        var (power, square) = (0x80000000, 0x40000000U);
        for (; exponent != 0; exponent >>= 1, square = Product(square, square))
        {
            power = (exponent & 1) != 0 ? Product(power, square) : power;
        }

        return power;
    }

    /// <summary>Product of two remainders; the highest bit is the coefficient of 1.</summary>
    private static uint Product(uint a, uint b)
    {
        uint product = 0;
        for (; a != 0; a <<= 1, b = TimesX(b, steps: 1))
        {
            product ^= (a >> 31) * b;
        }

        return product;
    }

    private static uint TimesX(uint remainder, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            remainder = (remainder >> 1) ^ ((remainder & 1) * Polynomial);
        }

        return remainder;
    }

    /// <summary>Sixty-four bytes, or as many coefficients of what they leave.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Block
    {
        public Vector128<ulong> A;
        public Vector128<ulong> B;
        public Vector128<ulong> C;
        public Vector128<ulong> D;

        public readonly bool IsZero => (A | B | C | D) == Vector128<ulong>.Zero;

        public void Fold(Vector128<ulong> multipliers)
        {
            A = Fold(A, multipliers);
            B = Fold(B, multipliers);
            C = Fold(C, multipliers);
            D = Fold(D, multipliers);
        }

        public void Add(in Block other)
        {
            A ^= other.A;
            B ^= other.B;
            C ^= other.C;
            D ^= other.D;
        }

        private static Vector128<ulong> Fold(Vector128<ulong> coefficients, Vector128<ulong> multipliers) =>
            Pclmulqdq.CarrylessMultiply(coefficients, multipliers, 0x00) ^ Pclmulqdq.CarrylessMultiply(coefficients, multipliers, 0x11);
    }
}
