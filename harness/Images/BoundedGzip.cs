using System.IO.Compression;

namespace Touchstone.Harness.Images;

/// <summary>Decompression of gzip that counts what goes in and what comes out against a budget.</summary>
internal sealed class BoundedGzip : ForwardStream
{
    private readonly Source _source;
    private readonly GZipStream _content;

    /// <summary>Begins at the first byte of the gzip data.</summary>
    /// <param name="compressed">The data; disposed with it.</param>
    /// <param name="budget">What it may cost.</param>
    public BoundedGzip(Stream compressed, ReadingBudget budget)
    {
        _source = new Source(compressed, budget);
        _content = new GZipStream(_source, CompressionMode.Decompress);
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await _content.ReadAsync(buffer, cancellationToken);
        _source.Unpacked += read;
        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>The compressed side, which a decompressor can read for long without giving anything.</summary>
    private sealed class Source(Stream compressed, ReadingBudget budget) : ForwardStream
    {
        private long _taken;

        public long Unpacked { get; set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = await compressed.ReadAsync(buffer, cancellationToken);
            budget.CountCompressed(buffer.Span[..read], _taken, Unpacked);
            _taken += read;
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                compressed.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
