namespace Touchstone.Evaluators;

/// <summary>
/// Passes a file on to a decompressor and notes how far it was asked for, which tells whether bytes follow the compressed
/// data. The last byte is passed on alone: what reads a whole buffer ahead cannot take it unless it needs it.
/// </summary>
/// <param name="inner">The file; read and, in the end, disposed.</param>
internal sealed class EndWitness(FileStream inner) : Stream
{
    /// <summary>
    /// True once a read found nothing more. Gzip is asked for another member only when none of its bytes are left.
    /// </summary>
    public bool SawEnd { get; private set; }

    /// <summary>True once the last byte was passed on. Zlib data that end earlier never ask for it.</summary>
    public bool GaveLast => inner.Position == inner.Length;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var beforeLast = inner.Length - 1 - inner.Position;
        var read = inner.Read(beforeLast > 0 && buffer.Length > beforeLast ? buffer[..(int)beforeLast] : buffer);
        SawEnd |= read == 0 && buffer.Length > 0;
        return read;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
