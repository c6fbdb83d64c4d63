using System.Buffers;
using System.Security.Cryptography;
using Touchstone.Harness.Engine;

namespace Touchstone.Harness.Images;

/// <summary>What one file of an archive turns out to be when it is read as a layer.</summary>
/// <param name="DiffId">Digest of the unpacked layer; null when it is none.</param>
/// <param name="HasSpecialFiles">Whether it holds pipes or devices, all of them at places where they may be.</param>
/// <param name="Bytes">What the unpacked layer takes on a disk of whole blocks: many small files take more than they hold.</param>
/// <param name="Fault">Why it is no acceptable layer; null when it is one.</param>
internal sealed record LayerInspection(string? DiffId, bool HasSpecialFiles, long Bytes, string? Fault)
{
    private const long BlockBytes = 4096;

    /// <summary>
    /// Unpacks a layer to nowhere: measures and hashes it, and looks for what would unpack to more than it is.
    /// </summary>
    /// <param name="file">The layer, plain or compressed with gzip.</param>
    /// <param name="length">Bytes of it, those of <paramref name="start"/> included.</param>
    /// <param name="start">The first bytes of it, which the stream no longer holds.</param>
    /// <param name="budget">What reading may cost, together with what was read before.</param>
    /// <param name="token">Stops reading.</param>
    /// <exception cref="Touchstone.Submissions.SubmissionException">It unpacks to more than the cap.</exception>
    public static async Task<LayerInspection> ReadAsync(
        Stream file, long length, ReadOnlyMemory<byte> start, ReadingBudget budget, CancellationToken token)
    {
        await using var whole = new PrefixedStream(start, file, length);
        var isGzip = start.Span is [0x1f, 0x8b, ..];
        await using var layer = isGzip ? new BoundedGzip(whole, budget) : (Stream)whole;
        await using var measured = new MeasuringStream(layer, budget);
        try
        {
            var (hasSpecialFiles, onDisk) = await ScanAsync(measured, budget, token);
            if (isGzip && !whole.SawEnd)
            {
                throw new InvalidDataException(
                    "Something follows its compressed data, zeros perhaps, and no engine unpacks that. Save the image again.");
            }

            return new LayerInspection($"sha256:{measured.FinishHash()}", hasSpecialFiles, Math.Max(measured.BytesRead, onDisk), null);
        }
        catch (InvalidDataException fault)
        {
            var other = measured.BytesRead == 0 || isGzip ? null : ForeignFile.Explain(start.Span);
            return new LayerInspection(null, false, measured.BytesRead, other is null ? fault.Message : $"It {other}");
        }
    }

    private static async Task<(bool HasSpecialFiles, long OnDisk)> ScanAsync(MeasuringStream layer, ReadingBudget budget, CancellationToken token)
    {
        var scanner = new TarScanner(layer);
        var special = new SpecialFiles();
        var onDisk = 0L;
        while (await scanner.NextAsync(token) is { } item)
        {
            budget.CountEntry();
            onDisk += item.Kind is TarItemKind.File or TarItemKind.Folder
                ? Math.Max(BlockBytes, (item.Length + BlockBytes - 1) / BlockBytes * BlockBytes) : 0;
            special.Look(item);
        }

        // What follows the end mark counts for the digest. It must be zeros: another reader might go on there.
        var buffer = ArrayPool<byte>.Shared.Rent(64 << 10);
        try
        {
            while (await layer.ReadAsync(buffer, token) is > 0 and var read)
            {
                if (buffer.AsSpan(0, read).ContainsAnyExcept((byte)0))
                {
                    throw new InvalidDataException("A layer goes on behind its end mark.");
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return (special.HasFound, onDisk);
    }

    /// <summary>Counts, caps and hashes what is read through it.</summary>
    private sealed class MeasuringStream(Stream inner, ReadingBudget budget) : ForwardStream
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public long BytesRead { get; private set; }

        public string FinishHash() => Convert.ToHexStringLower(_hash.GetHashAndReset());

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            BytesRead += read;
            _hash.AppendData(buffer.Span[..read]);
            budget.CountLayer(read);
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            _hash.Dispose();
            base.Dispose(disposing);
        }
    }

    /// <summary>
    /// Bytes that were read ahead, then the rest, the last byte of all alone: a decompressor that reads a whole buffer ahead
    /// cannot take it unless it needs it.
    /// </summary>
    private sealed class PrefixedStream(ReadOnlyMemory<byte> start, Stream rest, long length) : ForwardStream
    {
        private ReadOnlyMemory<byte> _start = start;
        private long _left = length;

        /// <summary>True once a read found nothing more. Gzip is asked for another member only when none of its bytes are left.</summary>
        public bool SawEnd { get; private set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var wanted = buffer[..(int)Math.Min(buffer.Length, Math.Max(_left - 1, 1))];
            var count = Math.Min(wanted.Length, _start.Length);
            if (count > 0)
            {
                _start[..count].CopyTo(wanted);
                _start = _start[count..];
            }
            else
            {
                count = await rest.ReadAsync(wanted, cancellationToken);
            }

            _left -= count;
            SawEnd |= count == 0 && buffer.Length > 0;
            return count;
        }
    }
}
