using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Touchstone.Tests.Harness;

/// <summary>
/// Builds image archives as <c>docker save</c> writes them, without an engine or a registry, out of Debian's static
/// busybox. Every part can be replaced, so that damaged and hostile archives are made by the same code.
/// </summary>
internal sealed record TestImage
{
    private const string Busybox = "/bin/busybox";

    private static readonly string[] Applets =
    [
        "sh", "[", "basename", "cat", "chmod", "chroot", "cp", "cut", "date", "dd", "env", "find", "grep", "gzip", "head", "hostname", "id", "ip",
        "ln", "ls", "mkdir", "mkfifo", "mknod", "mount", "nc", "rm", "setsid", "sleep", "tail", "timeout", "tr", "true", "truncate", "wc",
        "wget", "yes", "zcat",
    ];

    /// <summary>Files besides busybox, by path.</summary>
    public IReadOnlyDictionary<string, byte[]> Files { get; init; } = new Dictionary<string, byte[]>();

    public string Architecture { get; init; } = System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture
        is System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "amd64";

    public IReadOnlyList<string> Environment { get; init; } = ["PATH=/bin"];

    public IReadOnlyList<string> Volumes { get; init; } = [];

    public IReadOnlyList<string> RepoTags { get; init; } = [];

    /// <summary>Whether the layer is compressed in the archive, as registries' tools write it.</summary>
    public bool CompressedLayer { get; init; }

    /// <summary>Layers over the first one, lowest first.</summary>
    public IReadOnlyList<byte[]> MoreLayers { get; init; } = [];

    /// <summary>Changes the text of the configuration before it is hashed.</summary>
    public Func<string, string> Configuration { get; init; } = text => text;

    /// <summary>Changes the text of the manifest.</summary>
    public Func<string, string> Manifest { get; init; } = text => text;

    /// <summary>Changes the layer before it is hashed.</summary>
    public Func<byte[], byte[]> Layer { get; init; } = layer => layer;

    /// <summary>Changes the list of entries just before it is written.</summary>
    public Func<List<TarEntry>, IEnumerable<TarEntry>> Entries { get; init; } = entries => entries;

    public static TarEntry File(string name, byte[] content) =>
        new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) };

    /// <summary>The archive.</summary>
    public byte[] Build()
    {
        byte[][] layers = [Layer(BuildLayer()), .. MoreLayers];
        var config = Encoding.UTF8.GetBytes(Configuration(Config(layers.Select(layer => $"sha256:{Hash(layer)}")).ToJsonString()));
        var configName = $"{Hash(config)}.json";
        JsonArray manifest =
        [
            new JsonObject
            {
                ["Config"] = configName,
                [nameof(RepoTags)] = new JsonArray([.. RepoTags.Select(tag => JsonValue.Create(tag))]),
                ["Layers"] = new JsonArray([.. layers.Select((_, number) => JsonValue.Create(Name(number)))]),
            },
        ];
        List<TarEntry> entries =
        [
            new PaxTarEntry(TarEntryType.Directory, "base/"),
            .. layers.Select((layer, number) => File(Name(number), CompressedLayer ? Gzip(layer) : layer)),
            File(configName, config),
            File("manifest.json", Encoding.UTF8.GetBytes(Manifest(manifest.ToJsonString()))),
        ];
        return Tar(Entries(entries));
    }

    private static string Name(int layer) => layer == 0 ? "base/layer.tar" : $"base/layer-{layer}.tar";

    public static byte[] Tar(IEnumerable<TarEntry> entries)
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var entry in entries)
            {
                entry.ModificationTime = DateTimeOffset.UnixEpoch; // equal content, equal archive
                tar.WriteEntry(entry);
            }
        }

        return stream.ToArray();
    }

    public static byte[] Gzip(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return stream.ToArray();
    }

    public static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private JsonObject Config(IEnumerable<string> diffIds) => new()
    {
        ["architecture"] = Architecture,
        ["os"] = "linux",
        ["config"] = new JsonObject
        {
            ["Env"] = new JsonArray([.. Environment.Select(entry => JsonValue.Create(entry))]),
            [nameof(Volumes)] = new JsonObject(Volumes.Select(path => KeyValuePair.Create(path, (JsonNode?)new JsonObject()))),
            ["Entrypoint"] = new JsonArray("/bin/sh", "-c", "exit 99"),
            ["Healthcheck"] = new JsonObject { ["Test"] = new JsonArray("CMD", "/bin/sh", "-c", ": > /tmp/health") },
            ["User"] = "0",
        },
        ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray([.. diffIds.Select(id => JsonValue.Create(id))]) },
    };

    private byte[] BuildLayer()
    {
        List<TarEntry> entries = [Program("bin/busybox", System.IO.File.ReadAllBytes(Busybox))];
        entries.AddRange(Applets.Select(name => new PaxTarEntry(TarEntryType.SymbolicLink, $"bin/{name}") { LinkName = "busybox" }));
        entries.AddRange(Files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => Program(file.Key, file.Value)));
        return Tar(entries);
    }

    private static PaxTarEntry Program(string name, byte[] content) => new(TarEntryType.RegularFile, name)
    {
        DataStream = new MemoryStream(content),
        Mode = (UnixFileMode)0b111_101_101,
    };
}
