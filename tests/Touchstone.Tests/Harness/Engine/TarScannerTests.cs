using System.Formats.Tar;
using System.Text;
using Touchstone.Harness.Engine;

namespace Touchstone.Tests.Harness.Engine;

public sealed class TarScannerTests
{
    [Theory]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Gnu)]
    [InlineData(TarEntryFormat.V7)]
    public async Task Next_EveryFormat_FindsTheSameEntries(TarEntryFormat format)
    {
        var name = format == TarEntryFormat.V7 ? "folder/file" : $"folder/{new string('n', 90)}/file";
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, format, leaveOpen: true))
        {
            tar.WriteEntry(New(format, TarEntryType.Directory, "folder/"));
            var file = New(format, format == TarEntryFormat.V7 ? TarEntryType.V7RegularFile : TarEntryType.RegularFile, name);
            file.DataStream = new MemoryStream("content"u8.ToArray());
            tar.WriteEntry(file);
            var link = New(format, TarEntryType.SymbolicLink, "link");
            link.LinkName = "folder";
            tar.WriteEntry(link);
        }

        stream.Position = 0;
        var scanner = new TarScanner(stream);

        Assert.Equal(new TarItem("folder", TarItemKind.Folder, 0, ""), await scanner.NextAsync());
        Assert.Equal(new TarItem(name, TarItemKind.File, 7, ""), await scanner.NextAsync());
        Assert.Equal("content", Encoding.UTF8.GetString(await scanner.ReadAllAsync(100)));
        Assert.Equal(new TarItem("link", TarItemKind.SymbolicLink, 0, "folder"), await scanner.NextAsync());
        Assert.Null(await scanner.NextAsync());
    }

    [Fact]
    public async Task Next_ContentLeftUnread_IsSkippedWithItsPadding()
    {
        var scanner = Over(
            [.. TarHeader.Write("a", 513, 0), .. new byte[1024], .. TarHeader.Write("b", 1, 0), .. new byte[512], .. new byte[1024]]);

        Assert.Equal("a", (await scanner.NextAsync())!.Name);
        Assert.Equal(3, await scanner.ReadAsync(new byte[3]));
        Assert.Equal("b", (await scanner.NextAsync())!.Name);
        Assert.Null(await scanner.NextAsync());
    }

    [Fact]
    public async Task Write_SizeBeyondOctalDigits_IsReadBack()
    {
        var item = await Over(TarHeader.Write("large", 1L << 40, 0x1a4)).NextAsync();

        Assert.Equal(1L << 40, item!.Length);
    }

    [Fact]
    public async Task Next_DamagedHeader_IsRefused()
    {
        var header = TarHeader.Write("a", 0, 0);
        header[0] ^= 1;

        await Assert.ThrowsAsync<InvalidDataException>(async () => await Over(header).NextAsync());
    }

    [Fact]
    public async Task Next_ArchiveCutShort_IsRefused()
    {
        var scanner = Over([.. TarHeader.Write("a", 1000, 0), .. new byte[100]]);
        await scanner.NextAsync();

        await Assert.ThrowsAsync<InvalidDataException>(async () => await scanner.NextAsync());
    }

    [Theory]
    [InlineData("28 GNU.sparse.realsize=9999\n", 'x')]
    [InlineData("10 size=-5\n", 'x')]
    [InlineData("99 path=a\n", 'x')]
    [InlineData("nonsense", 'x')]
    [InlineData("10 path=aa\n", 'g')]
    [InlineData("2 a", 'x')]
    [InlineData("3 a", 'x')]
    [InlineData("+9 path=\n", 'x')]
    [InlineData("8 path=\n", 'x')]
    [InlineData("9 path=a ", 'x')]
    [InlineData("12 linkpath=\n", 'x')]
    [InlineData("10 path=a\n10 path=b\n", 'x')]
    [InlineData("10 size= 5\n", 'x')]
    [InlineData("9 size=5\n9 size=0\n", 'x')]
    [InlineData("", 'L')]
    [InlineData("\0", 'L')]
    [InlineData("\0", 'K')]
    public async Task Next_ExtendedHeaderThatMisleads_IsRefused(string records, char type)
    {
        var body = Encoding.UTF8.GetBytes(records);
        var scanner = Over(
        [
            .. TarHeader.Write("pax", body.Length, 0, type), .. body, .. TarHeader.Padding(body.Length), .. TarHeader.Write("a", 0, 0),
        ]);

        await Assert.ThrowsAsync<InvalidDataException>(async () => await scanner.NextAsync());
    }

    /// <summary>What an engine's reader takes otherwise than another: each hid a pipe, a device or terabytes from the other.</summary>
    [Theory]
    [InlineData("x:9 path=a\n L:x/\0")]
    [InlineData("L:x/\0 x:9 path=a\n")]
    [InlineData("K:x\0 x:14 linkpath=a\n")]
    [InlineData("x:12 size=512\n g:13 comment=a\n")]
    [InlineData("L:x\0 g:13 comment=a\n")]
    [InlineData("L:x\0 L:y\0")]
    [InlineData("x:9 path=a\n", '\0')]
    [InlineData("L:x\0", '\0')]
    public async Task Next_EntryThatReadersTakeDifferently_IsRefused(string headers, char type = '0')
    {
        List<byte> archive = [];
        foreach (var header in headers.Split(' ').Aggregate(new List<string>(), Join))
        {
            var body = Encoding.UTF8.GetBytes(header[2..]);
            archive.AddRange([.. TarHeader.Write("h", body.Length, 0, header[0]), .. body, .. TarHeader.Padding(body.Length)]);
        }

        archive.AddRange(TarHeader.Write("a", 0, 0, type));

        var fault = await Assert.ThrowsAsync<InvalidDataException>(async () => await Over([.. archive]).NextAsync());
        Assert.Contains("no two readers agree", fault.Message, StringComparison.Ordinal);

        // A record has a blank of its own.
        static List<string> Join(List<string> parts, string part)
        {
            if (part.Length > 1 && part[1] == ':')
            {
                parts.Add(part);
            }
            else
            {
                parts[^1] += " " + part;
            }

            return parts;
        }
    }

    [Theory]
    [InlineData("ustar  \0", 345, "etc")]
    [InlineData("ustar  \0", 357, "etc")]
    [InlineData("ustar\000", 508, "tar\0")]
    public async Task Next_PrefixThatReadersTakeDifferently_IsRefused(string magic, int at, string text)
    {
        byte[] Header(bool isOdd)
        {
            var block = TarHeader.Write("passwd", 0, 0, '6');
            Encoding.ASCII.GetBytes(magic).CopyTo(block, 257);
            if (isOdd)
            {
                Encoding.ASCII.GetBytes(text).CopyTo(block, at);
            }

            Encoding.ASCII.GetBytes("        ").CopyTo(block, 148);
            Encoding.ASCII.GetBytes(Convert.ToString(block.Sum(one => one), 8).PadLeft(6, '0') + "\0 ").CopyTo(block, 148);
            return block;
        }

        Assert.Equal("passwd", (await Over(Header(isOdd: false)).NextAsync())!.Name);
        await Assert.ThrowsAsync<InvalidDataException>(async () => await Over(Header(isOdd: true)).NextAsync());
    }

    [Fact]
    public async Task Next_GlobalHeaderBeforeAnExtendedOne_IsRead()
    {
        byte[] Extension(char type, string text) =>
            [.. TarHeader.Write("h", text.Length, 0, type), .. Encoding.ASCII.GetBytes(text), .. TarHeader.Padding(text.Length)];

        var scanner = Over([.. Extension('g', "13 comment=a\n"), .. Extension('x', "9 path=b\n"), .. TarHeader.Write("a", 0, 0)]);

        Assert.Equal("b", (await scanner.NextAsync())!.Name);
    }

    [Fact]
    public async Task Next_ExtendedHeaderOfAGigabyte_IsRefusedUnread() =>
        await Assert.ThrowsAsync<InvalidDataException>(async () => await Over(TarHeader.Write("pax", 1 << 30, 0, 'x')).NextAsync());

    private static TarScanner Over(byte[] archive) => new(new MemoryStream(archive));

    private static TarEntry New(TarEntryFormat format, TarEntryType type, string name) => format switch
    {
        TarEntryFormat.Ustar => new UstarTarEntry(type, name),
        TarEntryFormat.Pax => new PaxTarEntry(type, name),
        TarEntryFormat.Gnu => new GnuTarEntry(type, name),
        _ => new V7TarEntry(type, name),
    };
}
