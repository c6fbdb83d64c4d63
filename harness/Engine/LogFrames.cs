using System.Buffers.Binary;

namespace Touchstone.Harness.Engine;

/// <summary>
/// Reads the engine's log stream: frames of an eight-byte header (stream number, three zeros, length in big-endian
/// order) and that many bytes of text.
/// </summary>
internal static class LogFrames
{
    /// <summary>More than the log driver keeps; a log beyond it is cut off, whatever the engine sends.</summary>
    private const long MostBytesRead = 8L << 20;

    /// <summary>The last bytes of the text.</summary>
    /// <param name="stream">The frames.</param>
    /// <param name="capBytes">How many bytes at most.</param>
    /// <param name="token">Stops reading.</param>
    public static async Task<byte[]> ReadTailAsync(Stream stream, int capBytes, CancellationToken token)
    {
        var header = new byte[8];
        var buffer = new byte[16 << 10];
        var tail = new byte[capBytes];
        long total = 0;
        while (total < MostBytesRead && await stream.ReadAtLeastAsync(header, header.Length, false, token) == header.Length)
        {
            long left = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4));
            while (left > 0 && total < MostBytesRead)
            {
                var read = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), token);
                if (read == 0)
                {
                    break;
                }

                Append(tail, buffer.AsSpan(0, read), total);
                total += read;
                left -= read;
            }
        }

        return InOrder(tail, total);
    }

    private static void Append(Span<byte> ring, ReadOnlySpan<byte> text, long total)
    {
        var at = total;
        if (text.Length > ring.Length)
        {
            at += text.Length - ring.Length;
            text = text[^ring.Length..];
        }

        var start = (int)(at % ring.Length);
        var first = Math.Min(text.Length, ring.Length - start);
        text[..first].CopyTo(ring[start..]);
        text[first..].CopyTo(ring);
    }

    private static byte[] InOrder(byte[] ring, long total)
    {
        if (total <= ring.Length)
        {
            return ring[..(int)total];
        }

        var start = (int)(total % ring.Length);
        return [.. ring.AsSpan(start), .. ring.AsSpan(0, start)];
    }
}
