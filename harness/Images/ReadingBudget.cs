using Touchstone.Submissions;

namespace Touchstone.Harness.Images;

/// <summary>
/// What reading one image may cost, whoever made it: bytes before and after every decompression, members of gzip, entries and
/// time. Counted over the archive and all its layers together.
/// </summary>
/// <param name="capBytes">Most bytes that the layers may unpack to.</param>
/// <param name="clock">Tells how long it takes; null for the machine's.</param>
internal sealed class ReadingBudget(long capBytes, TimeProvider? clock = null)
{
    /// <summary>Most files of all layers together.</summary>
    public const int MostEntries = 4_000_000;

    /// <summary>What an archive may have beside its layers: headers, texts, padding.</summary>
    private const long BesideLayers = 128L << 20;

    /// <summary>Members of gzip that nobody asks about; beyond, each needs <see cref="BytesPerMember"/>.</summary>
    private const int FreeMembers = 1_000;

    private const long BytesPerMember = 1024;
    private const long FreeCompressedBytes = 1 << 20;

    /// <summary>Before the pace counts.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);

    /// <summary>A tenth of what a slow disk and one busy core manage.</summary>
    private const double BytesPerSecond = 8 << 20;

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly long _begin = (clock ?? TimeProvider.System).GetTimestamp();
    private long _archiveBytes;
    private long _layerBytes;
    private long _compressedBytes;
    private long _members;
    private long _entries;

    /// <summary>Whether time counts. Default true; not while what is read goes to an engine, which takes its own time.</summary>
    public bool IsPaced { get; init; } = true;

    /// <summary>Size of all layers so far, unpacked.</summary>
    public long LayerBytes => _layerBytes;

    /// <summary>Refuses a file that is larger than any acceptable archive, before it is read.</summary>
    /// <param name="bytes">Its size.</param>
    /// <exception cref="SubmissionException">It is.</exception>
    public void DemandFile(long bytes)
    {
        if (bytes - BesideLayers > capBytes)
        {
            throw ImageIntake.TooLarge(capBytes);
        }
    }

    /// <summary>Counts bytes of the archive as a tar, whatever they are.</summary>
    /// <param name="count">How many.</param>
    /// <exception cref="SubmissionException">It is larger than its layers may be.</exception>
    /// <exception cref="InvalidDataException">It takes too long.</exception>
    public void CountArchive(int count)
    {
        _archiveBytes += count;
        DemandFile(_archiveBytes);
        DemandPace();
    }

    /// <summary>Counts bytes of an unpacked layer.</summary>
    /// <param name="count">How many.</param>
    /// <inheritdoc cref="CountArchive" path="/exception"/>
    public void CountLayer(int count)
    {
        _layerBytes += count;
        if (_layerBytes > capBytes)
        {
            throw ImageIntake.TooLarge(capBytes);
        }

        DemandPace();
    }

    /// <summary>Counts compressed bytes, and what looks like the beginning of a member of gzip in them.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="before">Bytes of the same stream before these.</param>
    /// <param name="unpacked">What they have come to so far.</param>
    /// <exception cref="InvalidDataException">They unpack to next to nothing, or to very many members, or it takes too long.</exception>
    public void CountCompressed(ReadOnlySpan<byte> bytes, long before, long unpacked)
    {
        _compressedBytes += bytes.Length;
        for (var at = bytes.IndexOf(GzipMember); at >= 0; at = bytes.IndexOf(GzipMember))
        {
            _members++;
            bytes = bytes[(at + GzipMember.Length)..];
        }

        if (_members > FreeMembers + (_compressedBytes / BytesPerMember))
        {
            throw new InvalidDataException($"It is compressed in more than {FreeMembers} small pieces. Compress it in one: {ForeignFile.Save}");
        }

        if (before > FreeCompressedBytes + unpacked + (unpacked / 8))
        {
            throw new InvalidDataException($"It is compressed to more than it was. Save it again: {ForeignFile.Save}");
        }

        DemandPace();
    }

    /// <summary>Counts a file of a layer.</summary>
    /// <exception cref="InvalidDataException">There are too many.</exception>
    public void CountEntry()
    {
        if (++_entries > MostEntries)
        {
            throw new InvalidDataException($"Its layers hold more than {MostEntries} files.");
        }
    }

    /// <summary>Magic number and the only method there is.</summary>
    private static ReadOnlySpan<byte> GzipMember => [0x1f, 0x8b, 8];

    private void DemandPace()
    {
        var allowed = Grace + TimeSpan.FromSeconds((_archiveBytes + _layerBytes + _compressedBytes) / BytesPerSecond);
        if (IsPaced && _clock.GetElapsedTime(_begin) > allowed)
        {
            throw new InvalidDataException($"It takes more than {allowed.TotalSeconds:0} s to read. Save it again: {ForeignFile.Save}");
        }
    }
}
