namespace Touchstone.Evaluators;

/// <summary>
/// Passes a file on to a decompressor and notes how far it was asked for, which tells whether bytes follow the compressed
/// data. The last byte is passed on alone: what reads a whole buffer ahead cannot take it unless it needs it.
/// </summary>
/// <param name="inner">The file; read and, in the end, disposed.</param>
/// <param name="end">Where it ends as far as the decompressor is concerned.</param>
internal sealed class EndWitness(FileStream inner, long end) : ForwardStream
{
    /// <summary>Passes on a whole file.</summary>
    /// <param name="inner">The file; read and, in the end, disposed.</param>
    public EndWitness(FileStream inner)
        : this(inner, inner.Length)
    {
    }

    /// <summary>
    /// True once a read found nothing more. Gzip is asked for another member only when none of its bytes are left.
    /// </summary>
    public bool SawEnd { get; private set; }

    /// <summary>True once the last byte was passed on. Deflated data that end earlier never ask for it.</summary>
    public bool GaveLast => inner.Position >= end;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var left = end - inner.Position;
        var read = left <= 0 ? 0 : inner.Read(buffer[..(int)Math.Min(buffer.Length, Math.Max(left - 1, 1))]);
        SawEnd |= read == 0 && buffer.Length > 0;
        return read;
    }

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
