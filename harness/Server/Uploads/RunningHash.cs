using System.Buffers;
using System.Security.Cryptography;
using Touchstone.Harness.Runs;

namespace Touchstone.Harness.Server.Uploads;

/// <summary>SHA-256 of the first bytes of a file that grows, so that a whole archive need not be read once more.</summary>
internal sealed class RunningHash
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Bytes that it covers.</summary>
    public long Position { get; private set; }

    /// <summary>The hash of a file's first bytes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="length">How many bytes.</param>
    /// <param name="token">Ends it.</param>
    /// <exception cref="EndOfStreamException">The file is shorter.</exception>
    public static async Task<RunningHash> OfAsync(string path, long length, CancellationToken token)
    {
        var made = new RunningHash();
        if (length == 0)
        {
            return made;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(1 << 20);
        try
        {
            RegularFile.Demand(path);
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            while (made.Position < length)
            {
                var most = (int)Math.Min(buffer.Length, length - made.Position);
                var read = await file.ReadAsync(buffer.AsMemory(0, most), token);
                made.Append(read > 0 ? buffer.AsSpan(0, read) : throw new EndOfStreamException("The file is shorter than was acknowledged."));
            }

            return made;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Adds the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        _hash.AppendData(bytes);
        Position += bytes.Length;
    }

    /// <summary>The hash of all that was added, hexadecimal.</summary>
    public string Finish() => Convert.ToHexStringLower(_hash.GetCurrentHash());
}
