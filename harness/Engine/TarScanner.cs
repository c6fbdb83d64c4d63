using System.Buffers;
using System.Globalization;

namespace Touchstone.Harness.Engine;

/// <summary>
/// Reads a tar stream forward, one entry at a time, holding no more than one header. Written for hostile archives: sparse
/// entries (a few bytes that unpack to terabytes), extended headers out of proportion and wrong checksums are refused, and
/// nothing is ever written anywhere. The caller owns the stream.
/// </summary>
public sealed class TarScanner(Stream stream)
{
    private const int BlockBytes = 512;

    /// <summary>Extended headers of one entry: long names and what the file system keeps beside a file.</summary>
    private const int MostHeaderBytes = 1 << 20;
    private const int MostHeaders = 16;

    /// <summary>Extended headers of all entries, and so much more for each.</summary>
    private const long MostHeaderBytesOfAll = 16 << 20;
    private const long HeaderBytesOfEach = 1024;

    private readonly byte[] _block = new byte[BlockBytes];
    private long _contentLeft;
    private int _padding;
    private long _headerBytesLeft = MostHeaderBytesOfAll;

    /// <summary>Goes to the next entry, past what is unread of the present one.</summary>
    /// <param name="token">Stops reading.</param>
    /// <returns>The entry; null at the end of the archive.</returns>
    /// <exception cref="InvalidDataException">The archive is damaged, cut short, or of a refused kind.</exception>
    public async ValueTask<TarItem?> NextAsync(CancellationToken token = default)
    {
        var extended = new PaxRecords();
        _headerBytesLeft += HeaderBytesOfEach;
        for (var (headers, bytes) = (0, 0L); ; headers++)
        {
            await SkipAsync(_contentLeft + _padding, token);
            (_contentLeft, _padding) = (0, 0);
            var got = await stream.ReadAtLeastAsync(_block, BlockBytes, throwOnEndOfStream: false, token);
            if (got == 0 || (got == BlockBytes && !_block.AsSpan().ContainsAnyExcept((byte)0)))
            {
                return null;
            }

            var header = got == BlockBytes ? TarHeader.Read(_block) : throw CutShort();
            if (!header.IsExtension)
            {
                return Describe(header, extended);
            }

            bytes += header.Size;
            if (headers == MostHeaders || bytes > MostHeaderBytes || header.Size > _headerBytesLeft)
            {
                throw new InvalidDataException("The archive holds extended headers out of all proportion.");
            }

            _headerBytesLeft -= header.Size;
            SetContent(header.Size);
            extended.Add(header.Type, await ReadAllAsync(MostHeaderBytes, token));
        }
    }

    /// <summary>Reads content of the present entry.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="token">Stops reading.</param>
    /// <returns>Bytes read; 0 at the entry's end.</returns>
    /// <exception cref="InvalidDataException">The archive is cut short.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken token = default)
    {
        var wanted = (int)Math.Min(buffer.Length, _contentLeft);
        var got = wanted == 0 ? 0 : await stream.ReadAsync(buffer[..wanted], token);
        _contentLeft -= got;
        return got > 0 || wanted == 0 ? got : throw CutShort();
    }

    /// <summary>Reads the whole content of the present entry.</summary>
    /// <param name="capBytes">Most bytes that are accepted.</param>
    /// <param name="token">Stops reading.</param>
    /// <exception cref="InvalidDataException">It is larger, or the archive is cut short.</exception>
    public async ValueTask<byte[]> ReadAllAsync(int capBytes, CancellationToken token = default)
    {
        if (_contentLeft > capBytes)
        {
            throw new InvalidDataException($"A description in the archive has {_contentLeft} bytes; at most {capBytes} are read.");
        }

        var content = new byte[_contentLeft];
        for (var at = 0; at < content.Length;)
        {
            at += await ReadAsync(content.AsMemory(at), token);
        }

        return content;
    }

    private TarItem Describe(TarHeader header, PaxRecords extended)
    {
        if (header.Type == 'S' || extended.IsSparse)
        {
            throw new InvalidDataException("The archive holds a sparse file.");
        }

        var kind = header.Type switch
        {
            '0' or '\0' or '7' => TarItemKind.File,
            '5' => TarItemKind.Folder,
            '1' => TarItemKind.HardLink,
            '2' => TarItemKind.SymbolicLink,
            '3' or '4' or '6' => TarItemKind.Special,
            _ => throw new InvalidDataException($"The archive holds an entry of the unknown type \"{LogText.Line($"{header.Type}")}\"."),
        };

        // Only files carry content; for all others the size is meaningless and other readers ignore it too.
        var length = kind == TarItemKind.File ? extended.Size ?? header.Size : 0;
        var name = extended.Path ?? header.Name;
        if (header.Type == '\0' && extended.HasAny)
        {
            throw TarHeader.Ambiguous(); // the oldest form, which knew no extended headers
        }

        if (kind == TarItemKind.File && name.EndsWith('/'))
        {
            // The oldest archives have folders like that, and no two readers agree on what follows one that has a size.
            kind = header.Type == '\0' && length == 0 && header.Size == 0 ? TarItemKind.Folder : throw new InvalidDataException(
                "The archive holds a file whose name is that of a folder.");
        }

        SetContent(length);
        return new TarItem(name.TrimEnd('/'), kind, length, extended.LinkPath ?? header.LinkName)
        {
            IsPipe = header.Type == '6',
            HasOverlayAttributes = extended.HasOverlayAttributes,
        };
    }

    private void SetContent(long length)
    {
        _contentLeft = length;
        _padding = (int)(-length & (BlockBytes - 1));
    }

    private async ValueTask SkipAsync(long count, CancellationToken token)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 << 10);
        try
        {
            while (count > 0)
            {
                var got = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, count)), token);
                count -= got > 0 ? got : throw CutShort();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static InvalidDataException CutShort() => new("The archive ends in the middle of an entry.");

    /// <summary>
    /// What the extension headers in front of an entry say about it. Said once, in one form and whole: of two names readers take
    /// different ones, an empty one some leave out, and some begin anew at a global header.
    /// </summary>
    private sealed class PaxRecords
    {
        private string _types = "";

        /// <summary>Whether there was a header that describes this entry.</summary>
        public bool HasAny => _types.AsSpan().ContainsAny("xLK");

        public string? Path { get; private set; }

        public string? LinkPath { get; private set; }

        public long? Size { get; private set; }

        public bool IsSparse { get; private set; }

        public bool HasOverlayAttributes { get; private set; }

        public void Add(char type, ReadOnlySpan<byte> body)
        {
            if (_types.Contains(type, StringComparison.Ordinal) || (type == 'g' && HasAny))
            {
                throw TarHeader.Ambiguous();
            }

            _types += type;
            switch (type)
            {
                case 'L':
                    Path = Once(Path, body);
                    break;
                case 'K':
                    LinkPath = Once(LinkPath, body);
                    break;
                default:
                    AddRecords(body, isGlobal: type == 'g');
                    break;
            }
        }

        private static string Once(string? before, ReadOnlySpan<byte> value) =>
            before is null && TarHeader.Text(value) is { Length: > 0 } text ? text : throw TarHeader.Ambiguous();

        /// <summary>Records are <c>length name=value\n</c>, the length counting the whole record.</summary>
        private void AddRecords(ReadOnlySpan<byte> body, bool isGlobal)
        {
            while (!body.IsEmpty)
            {
                var space = body.IndexOf((byte)' ');
                if (space < 1 || !IsNumber(body[..space], out var length) || length < space + 2 || length > body.Length
                    || body[(int)length - 1] != '\n')
                {
                    throw new InvalidDataException("The archive holds a damaged extended header.");
                }

                var record = body[(space + 1)..((int)length - 1)];
                body = body[(int)length..];
                var equals = record.IndexOf((byte)'=');
                if (equals > 0)
                {
                    Set(record[..equals], record[(equals + 1)..], isGlobal);
                }
            }
        }

        private void Set(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, bool isGlobal)
        {
            IsSparse |= name.StartsWith("GNU.sparse."u8);
            HasOverlayAttributes |= name.StartsWith("SCHILY.xattr.trusted."u8) || name.StartsWith("SCHILY.xattr.user.overlay."u8);
            var (isPath, isLink, isSize) = (name.SequenceEqual("path"u8), name.SequenceEqual("linkpath"u8), name.SequenceEqual("size"u8));
            if (isGlobal && (isPath || isLink || isSize))
            {
                throw new InvalidDataException("The archive gives every entry one name or size.");
            }

            if (isPath)
            {
                Path = Once(Path, value);
            }
            else if (isLink)
            {
                LinkPath = Once(LinkPath, value);
            }
            else if (isSize)
            {
                Size = Size is null && IsNumber(value, out var size) ? size
                    : throw new InvalidDataException("The archive holds an entry with an impossible size.");
            }
        }

        /// <summary>Digits alone: no sign, no blank.</summary>
        private static bool IsNumber(ReadOnlySpan<byte> text, out long number) =>
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
