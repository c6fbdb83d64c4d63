using System.Buffers.Binary;

namespace Touchstone.Evaluators;

/// <summary>
/// What a gzip file (RFC 1952) holds, and the certainty that it holds nothing else. The runtime decompresses; the checksum of a
/// plain file, which has one member, is taken here, because over the zeros of a label map ours is faster. Files of several members,
/// or with anything unusual in their header, are left to the runtime altogether.
/// </summary>
internal sealed class GzipContent : ForwardStream
{
    private const int TrailerBytes = 8;

    private const int HasName = 8;

    /// <summary>Bytes that the runtime reads ahead of what it decompresses, at most.</summary>
    private const int ReadAhead = 1 << 16;

    private readonly FileStream _file;
    private readonly EndWitness _whole;
    private readonly EndWitness _deflated;
    private readonly Crc32 _checksum = new();
    private Stream _content;
    private bool _isLeftToRuntime;
    private long _given;
    private long? _memberEnd;

    /// <summary>Begins at the file's first byte.</summary>
    /// <param name="file">The file; read and, in the end, disposed.</param>
    public GzipContent(FileStream file)
    {
        _file = file;
        _whole = new EndWitness(file);
        _deflated = new EndWitness(file, file.Length - TrailerBytes);
        _isLeftToRuntime = !(Crc32.IsFast && SkipPlainHeader());
        _content = _isLeftToRuntime ? FromTheStart() : StrictDecompression.Deflate(_deflated);
    }

    /// <summary>True once it was read to its end, its checksums hold and nothing follows.</summary>
    public bool SawEnd { get; private set; }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var read = _content.Read(buffer);
        _given += read;
        if (_isLeftToRuntime)
        {
            SawEnd |= _whole.SawEnd;
            _memberEnd = read > 0 ? null : _memberEnd;
            return read;
        }

        _checksum.Append(buffer[..read]);
        if (read > 0 || buffer.IsEmpty || SawEnd)
        {
            return read;
        }

        if (_deflated.GaveLast)
        {
            RequireTrailer();
            SawEnd = true;
            return 0;
        }

        // Before the file's last bytes the member is at its end: others follow, or what should not be there.
        _memberEnd = EndOfMember();
        _content.Dispose();
        (_content, _isLeftToRuntime) = (FromTheStart(), true);
        return Read(buffer);
    }

    /// <summary>
    /// What lies behind the compressed data, in words: for whoever read to their end and finds that <see cref="SawEnd"/> is not so.
    /// </summary>
    public string WhatFollows()
    {
        var count = _file.Length - _memberEnd;
        var areZeros = AreZeros(_memberEnd ?? _file.Length - TrailerBytes - 1);
        var what = count is null ? (areZeros ? "Zeros" : "Bytes")
            : FormattableString.Invariant($"{count} {(areZeros ? "zero " : "")}byte{(count == 1 ? "" : "s")}");
        return $"{what} follow{(count == 1 ? "s" : "")} the end of its compressed data; every voxel is there. Unpack the file and compress it "
            + "again.";
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Whether the header has nothing beyond a name, which is skipped, and something follows it.</summary>
    private bool SkipPlainHeader()
    {
        Span<byte> header = stackalloc byte[10];
        if (_file.Length < header.Length + TrailerBytes || _file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
        {
            return false;
        }

        var (method, flags) = (header[2], header[3]);
        while (flags == HasName && _file.ReadByte() > 0)
        {
        }

        return method == 8 && (flags & ~HasName) == 0 && !_deflated.GaveLast;
    }

    private void RequireTrailer()
    {
        Span<byte> trailer = stackalloc byte[TrailerBytes];
        _file.ReadExactly(trailer);
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer) != _checksum.Value
            || BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) != (uint)_given)
        {
            throw new InvalidDataException("The checksum or the length at the end of the gzip data is wrong.");
        }
    }

    /// <summary>Where the only member read so far ends, which its trailer tells; null when it is not found.</summary>
    private long? EndOfMember()
    {
        var wanted = new byte[TrailerBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(wanted, _checksum.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(wanted.AsSpan(4), (uint)_given);
        var from = Math.Max(0, _file.Position - ReadAhead);
        var window = new byte[(int)Math.Min(_file.Length, _file.Position + TrailerBytes) - (int)from];
        _file.Position = from;
        _file.ReadExactly(window);
        return window.AsSpan().IndexOf(wanted) is >= 0 and var at ? from + at + TrailerBytes : null;
    }

    private bool AreZeros(long from)
    {
        var bytes = new byte[1 << 16];
        _file.Position = from;
        for (var read = _file.Read(bytes); read > 0; read = _file.Read(bytes))
        {
            if (bytes.AsSpan(0, read).ContainsAnyExcept((byte)0))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The runtime's reading of the file, after what was given already.</summary>
    private Stream FromTheStart()
    {
        _file.Position = 0;
        var content = StrictDecompression.Gzip(_whole);
        var skipped = new byte[1 << 16];
        for (var left = _given; left > 0;)
        {
            left -= content.ReadAtLeast(skipped.AsSpan(0, (int)Math.Min(left, skipped.Length)), 1);
        }

        return content;
    }
}
