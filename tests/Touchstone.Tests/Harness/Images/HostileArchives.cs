using System.Buffers.Binary;
using System.Formats.Tar;
using System.Text;
using Touchstone.Harness.Engine;

namespace Touchstone.Tests.Harness.Images;

/// <summary>Archives made to be read otherwise than they are, or to cost more than they weigh; none gets as far as an engine.</summary>
public static class HostileArchives
{
    private const string Steering =
        "{\"Config\":\"x\",\"RepoTags\":[\"\\u001b]0;title\\u0007\\u001b[2Jowned\\u202e\"],\"Layers\":[]}";

    private static readonly Dictionary<string, (Func<byte[]> Build, string Words)> All = new()
    {
        ["volumes beside Volumes"] = (() => Config("\"Volumes\":{", "\"volumes\":{\"/sys/fs/cgroup\":{}},\"Volumes\":{"), "volumes"),
        ["Volumes behind volumes"] = (() => Config("\"Entrypoint\"", "\"volumes\":{\"/sys/fs/cgroup\":{}},\"Entrypoint\""), "volumes"),
        ["volumes alone"] = (() => Config("\"Volumes\"", "\"volumes\""), "volumes"),
        ["VOLUMES alone"] = (() => Config("\"Volumes\"", "\"VOLUMES\""), "VOLUMES"),
        ["volumes with a long s"] = (() => Config("\"Volumes\":{", "\"volume\u017f\":{\"/sys/fs/cgroup\":{}},\"Volumes\":{"), "another name"),
        ["volumes in escapes"] = (() => Config("\"Volumes\":{", "\"\\u0076olumes\":{\"/sys/fs/cgroup\":{}},\"Volumes\":{"), "volumes"),
        ["Volumes twice"] = (() => Config("\"Volumes\":{", "\"Volumes\":{\"/sys/fs/cgroup\":{}},\"Volumes\":{"), "Volumes"),
        ["a volume twice"] = (() => Config("\"Volumes\":{", "\"Volumes\":{\"/a\":{},\"/a\":{}"), "/a"),
        ["OS beside os"] = (() => Config("\"os\":\"linux\"", "\"os\":\"linux\",\"OS\":\"windows\""), "OS"),
        ["os twice"] = (() => Config("\"os\":\"linux\"", "\"os\":\"windows\",\"os\":\"linux\""), "os"),
        ["Config beside config"] = (() => Config("\"os\"", "\"Config\":{\"Volumes\":{\"/sys\":{}}},\"os\""), "onfig"),
        ["RootFS beside rootfs"] = (() => Config("\"rootfs\"", "\"RootFS\":{\"diff_ids\":[]},\"rootfs\""), "RootFS"),
        ["Diff_IDs alone"] = (() => Config("\"diff_ids\"", "\"Diff_IDs\""), "Diff_IDs"),
        ["a name twice in the history"] = (() => Config("\"os\"", "\"history\":[{\"comment\":\"a\",\"Comment\":\"b\"}],\"os\""), "omment"),
        ["a name twice, deep"] = (() => Config("\"os\"", "\"x\":[[{\"y\":{\"z\":1,\"z\":2}}]],\"os\""), "z"),
        ["layers beside Layers"] = (() => Manifest("\"Layers\"", "\"layers\":[],\"Layers\""), "ayers"),
        ["config alone"] = (() => Manifest("\"Config\"", "\"config\""), "config"),
        ["Config twice"] = (() => Manifest("\"Config\"", "\"Config\":\"x.json\",\"Config\""), "Config"),

        ["pipe for names of users"] = (() => Over(Pipe("etc/passwd")), "/etc/passwd"),
        ["pipe for names of groups"] = (() => Over(Pipe("./etc//group")), "/etc/group"),
        ["pipe anywhere"] = (() => Over(Pipe("var/lib/x/pipe")), "pipe"),
        ["attribute of the engine's file system"] = (() => Over(new PaxTarEntry(
            TarEntryType.RegularFile, "data/file", new Dictionary<string, string> { ["SCHILY.xattr.trusted.overlay.metacopy"] = "" })), "/data/file"),
        ["attribute of another file system of engines"] = (() => Over(new PaxTarEntry(
            TarEntryType.Directory, "data/", new Dictionary<string, string> { ["SCHILY.xattr.user.overlay.opaque"] = "y" })), "/data"),
        ["folder of the oldest kind, with a size"] = (() => Headed("a/", block => block[156] = 0), "name is that of a folder"),
        ["file with the name of a folder"] = (() => Headed("a/", _ => { }), "name is that of a folder"),
        ["a file described twice"] = (() => new TestImage { MoreLayers = [[.. Described("size", "512"), .. Described("path", "b"), .. TestImage.Tar([TestImage.File("a", new byte[512])])]] }.Build(), "no two readers agree"),
        ["size behind a zero"] = (() => Headed("a", block => "\00000001000\0"u8.CopyTo(block[124..])), "impossible number"),
        ["size before something else"] = (() => Headed("a", block => "000000\01000\0"u8.CopyTo(block[124..])), "impossible number"),
        ["pipe beside the devices"] = (() => Over(Pipe("dev/../etc/passwd")), "pipe"),
        ["pipe with the name of the devices"] = (() => Over(Pipe("dev")), "pipe"),
        ["pipe in the first of two layers"] = (() => new TestImage { MoreLayers = [Tar(Pipe("etc/passwd")), Tar(TestImage.File("etc/passwd", []))] }.Build(), "pipe"),
        ["device anywhere"] = (() => Over(new PaxTarEntry(TarEntryType.CharacterDevice, "etc/zero") { DeviceMajor = 1, DeviceMinor = 5 }), "device"),
        ["disk anywhere"] = (() => Over(new PaxTarEntry(TarEntryType.BlockDevice, "disk") { DeviceMajor = 254, DeviceMinor = 0 }), "device"),
        ["device that hides a file"] = (() => Over(new PaxTarEntry(TarEntryType.CharacterDevice, "etc/hosts")), "device"),

        ["device as the pipe of an init program"] = (() => Over(new PaxTarEntry(TarEntryType.CharacterDevice, "run/initctl") { DeviceMajor = 5, DeviceMinor = 1 }), "device"),
        ["devices without end"] = (() => Over([.. Enumerable.Range(0, 5001).Select(i => Pipe($"dev/{i}"))]), "more than 5000 pipes"),
        ["pipe behind a global header"] = (() => Hidden([.. Described("size", "1024"), .. Extension('g', "13 comment=a\n"), .. TarHeader.Write("a", 0, 0)]), "no two readers agree"),
        ["pipe behind a folder of the oldest kind"] = (() => Hidden([.. Extension('x', "8 path=\n"), .. TarHeader.Write("a/", 1024, 0, '\0')]), "no two readers agree"),
        ["record of its own length"] = (() => Hidden(Extension('x', "2 a")), "damaged extended header"),
        ["folders without end"] = (() => Many(TarEntryType.Directory), "unpacks to more than 256 MiB"),
        ["empty files without end"] = (() => Many(TarEntryType.RegularFile), "unpacks to more than 256 MiB"),
        ["a layer named again and again"] = (Repeated, "unpacks to more than 256 MiB"),
        ["index with half a sign"] = (() => Oci("{\"manifests\":[{\"platform\":{\"os\":\"\\ud800\",\"architecture\":\"amd64\"}}]}"u8), "OCI archive"),
        ["index with half a sign in a name"] = (() => Oci("{\"manifests\":[{\"\\ud800\":1}]}"u8), "OCI archive"),
        ["index with half a sign in a name at the top"] = (() => Oci("{\"\\ud800\":1,\"manifests\":[]}"u8), "OCI archive"),
        ["index with a digest that is no text"] = (() => Oci([.. "{\"manifests\":[{\"digest\":\"sha256:"u8, 0xff, .. "\"}]}"u8]), "OCI archive"),
        ["index with a digest that leads out"] = (() => Oci("{\"manifests\":[{\"digest\":\"/../../x\"}]}"u8), "OCI archive"),
        ["extended headers before the archive"] = (() => TestImage.Gzip([.. Extensions(48, 1 << 20), .. new TestImage().Build()]), "out of all proportion"),
        ["extended headers between files"] = (() => TestImage.Gzip(Spread()), "out of all proportion"),
        ["extended headers in a layer"] = (() => TestImage.Gzip(new TestImage { Layer = layer => [.. Extensions(48, 1 << 20), .. layer] }.Build()), "out of all proportion"),
        ["many extended headers of one file"] = (() => [.. Extensions(2000, 16), .. new TestImage().Build()], "no two readers agree"),
        ["empty members of gzip"] = (() => [.. Members(8000, []), .. TestImage.Gzip(new TestImage().Build())], "small pieces"),
        ["members of one byte"] = (() => Members(8000, new TestImage().Build()), "small pieces"),
        ["empty members in a layer"] = (InLayer, "small pieces"),
        ["a name of gzip without end"] = (() => [0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3, .. Enumerable.Repeat((byte)'n', 4 << 20)], "more than it was"),
        ["escape sequences"] = (() => Manifest("[", $"[{Steering},{Steering},"), "owned"),
        ["escape sequence as a type"] = (() => [.. TarHeader.Write("x", 0, 0, '\u001b'), .. new byte[1024]], "unknown type"),
    };

    /// <summary>A layer that weighs 34 MB, and 268 MB on a disk of blocks of 4096 bytes.</summary>
    private static byte[] Many(TarEntryType kind) => new TestImage
    {
        MoreLayers = [[.. Enumerable.Range(0, 65_600).SelectMany(n => TarHeader.Write($"x{n}", 0, 0x1ed, kind == TarEntryType.Directory ? '5' : '0')), .. new byte[1024]]],
    }.Build();

    public static TheoryData<string> Names => [.. All.Keys];

    public static (byte[] Archive, string Words) Build(string name) => (All[name].Build(), All[name].Words);

    internal static PaxTarEntry Pipe(string path) => new(TarEntryType.Fifo, path);

    internal static byte[] Tar(params TarEntry[] entries) => TestImage.Tar(entries);

    internal static byte[] Over(params TarEntry[] entries) => new TestImage { MoreLayers = [Tar(entries)] }.Build();

    internal static byte[] Config(string old, string now) =>
        new TestImage { Configuration = text => Replaced(text, old, now) }.Build();

    /// <summary>An image with a layer of one file of 512 bytes, whose header is changed.</summary>
    private static byte[] Headed(string name, SpanAction change)
    {
        var block = TarHeader.Write(name, 512, 0b110_100_100);
        change(block);
        "        "u8.CopyTo(block.AsSpan(148));
        Encoding.ASCII.GetBytes($"{Convert.ToString(block.Sum(part => part), 8).PadLeft(6, '0')}\0 ").CopyTo(block, 148);
        return new TestImage { MoreLayers = [[.. block, .. new byte[512], .. new byte[1024]]] }.Build();
    }

    /// <summary>An extended header.</summary>
    private static byte[] Described(string name, string value)
    {
        var record = Encoding.ASCII.GetBytes($"{name.Length + value.Length + 5:00} {name}={value}\n");
        return [.. TarHeader.Write("pax", record.Length, 0b110_100_100, 'x'), .. record, .. TarHeader.Padding(record.Length)];
    }

    private static byte[] Extension(char type, string text)
    {
        var body = Encoding.UTF8.GetBytes(text);
        return [.. TarHeader.Write("pax", body.Length, 0, type), .. body, .. TarHeader.Padding(body.Length)];
    }

    /// <summary>A layer in which a pipe lies where one reader sees a file's content.</summary>
    private static byte[] Hidden(byte[] before) =>
        new TestImage { MoreLayers = [[.. before, .. TarHeader.Write("pipe", 0, 0, '6'), .. new byte[512], .. new byte[1024]]] }.Build();

    private static byte[] Repeated() => new TestImage
    {
        MoreLayers = [Tar(TestImage.File("weights", new byte[40 << 20]))],
        Manifest = text => Replaced(text, "\"base/layer-1.tar\"", string.Join(',', Enumerable.Repeat("\"base/layer-1.tar\"", 7))),
        Configuration = text =>
        {
            var last = text.LastIndexOf("\"sha256:", StringComparison.Ordinal);
            return text[..last] + string.Join(',', Enumerable.Repeat(text.Substring(last, 73), 7)) + text[(last + 73)..];
        },
    }.Build();

    private static byte[] Oci(ReadOnlySpan<byte> index) => Tar(
        TestImage.File("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}"u8.ToArray()), TestImage.File("index.json", index.ToArray()));

    private delegate void SpanAction(Span<byte> block);

    private static byte[] Manifest(string old, string now) => new TestImage { Manifest = text => Replaced(text, old, now) }.Build();

    private static string Replaced(string text, string old, string now)
    {
        var at = text.IndexOf(old, StringComparison.Ordinal);
        return at < 0 ? throw new ArgumentException($"There is no {old} in {text}.", nameof(old)) : $"{text[..at]}{now}{text[(at + old.Length)..]}";
    }

    /// <summary>Headers that describe the next entry and say nothing.</summary>
    private static byte[] Extensions(int count, int bytes)
    {
        using var all = new MemoryStream();
        var records = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("8 a=bcd\n", bytes / 8)));
        for (var i = 0; i < count; i++)
        {
            all.Write(TarHeader.Write("x", bytes, 0, 'x'));
            all.Write(records);
            all.Write(TarHeader.Padding(bytes));
        }

        return all.ToArray();
    }

    /// <summary>Each file with as many of them as one may have.</summary>
    private static byte[] Spread()
    {
        using var all = new MemoryStream();
        for (var i = 0; i < 100; i++)
        {
            all.Write(Extensions(1, 1 << 19));
            all.Write(TarHeader.Write($"{i}.txt", 0, 0));
        }

        all.Write(new TestImage().Build());
        return all.ToArray();
    }

    /// <summary>Members of gzip; the first bytes of the content are divided among them, one each.</summary>
    private static byte[] Members(int count, byte[] content)
    {
        using var all = new MemoryStream();
        for (var i = 0; i < count; i++)
        {
            all.Write(Member(i < content.Length ? content.AsSpan(i, 1) : []));
        }

        all.Write(content.Length > count ? TestImage.Gzip(content[count..]) : []);
        return all.ToArray();
    }

    /// <summary>One member with its content stored as it is.</summary>
    private static byte[] Member(ReadOnlySpan<byte> content)
    {
        var trailer = new byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, content.IsEmpty ? 0 : Crc(content[0]));
        trailer[4] = (byte)content.Length;
        return [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 1, (byte)content.Length, 0, (byte)~content.Length, 255, .. content, .. trailer];
    }

    private static uint Crc(byte value)
    {
        var left = 0xFFFFFFFF ^ value;
        for (var bit = 0; bit < 8; bit++)
        {
            left = (left >> 1) ^ ((left & 1) * 0xEDB88320);
        }

        return ~left;
    }

    private static byte[] InLayer() => new TestImage
    {
        CompressedLayer = true,
        Entries = entries =>
        [
            entries[0], TestImage.File("base/layer.tar", [.. Members(8000, []), .. ((MemoryStream)entries[1].DataStream!).ToArray()]),
            .. entries.Skip(2),
        ],
    }.Build();
}
