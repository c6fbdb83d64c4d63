namespace Touchstone.Harness.Images;

/// <summary>Counts what is read of an archive against a budget; the caller disposes what it reads from.</summary>
/// <param name="archive">The archive, unpacked.</param>
/// <param name="budget">What reading it may cost.</param>
internal sealed class CountedStream(Stream archive, ReadingBudget budget) : ForwardStream
{
    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var read = await archive.ReadAsync(buffer, cancellationToken);
        budget.CountArchive(read);
        return read;
    }
}
