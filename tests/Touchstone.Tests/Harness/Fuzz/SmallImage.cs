using System.Formats.Tar;
using System.Text;

namespace Touchstone.Tests.Harness.Fuzz;

/// <summary>Image archives of a few kilobytes, as engines old and new write them; nobody could run them.</summary>
internal static class SmallImage
{
    /// <summary>An archive as <c>docker save</c> wrote it for ten years.</summary>
    public static byte[] Build()
    {
        var layer = Layer();
        var config = Config(layer);
        return TestImage.Tar(
        [
            new PaxTarEntry(TarEntryType.Directory, "base/"),
            TestImage.File("base/layer.tar", layer),
            TestImage.File("config.json", config),
            TestImage.File("manifest.json", """[{"Config":"config.json","RepoTags":["a:b"],"Layers":["base/layer.tar"]}]"""u8.ToArray()),
        ]);
    }

    /// <summary>An archive in the layout of the OCI, which newer engines write beside the old one.</summary>
    public static byte[] BuildOci()
    {
        var layer = TestImage.Gzip(Layer());
        var config = Config(Layer());
        var manifest = Encoding.UTF8.GetBytes($$"""
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
            "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"sha256:{{TestImage.Hash(config)}}","size":{{config.Length}} },
            "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"sha256:{{TestImage.Hash(layer)}}","size":{{layer.Length}} }]}
            """);
        return TestImage.Tar(
        [
            TestImage.File("oci-layout", """{"imageLayoutVersion":"1.0.0"}"""u8.ToArray()),
            TestImage.File("index.json", Encoding.UTF8.GetBytes($$"""
                {"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json",
                "digest":"sha256:{{TestImage.Hash(manifest)}}","size":{{manifest.Length}},"platform":{"architecture":"amd64","os":"linux"} }]}
                """)),
            TestImage.File($"blobs/sha256/{TestImage.Hash(manifest)}", manifest),
            TestImage.File($"blobs/sha256/{TestImage.Hash(config)}", config),
            TestImage.File($"blobs/sha256/{TestImage.Hash(layer)}", layer),
            TestImage.File("manifest.json", Encoding.UTF8.GetBytes($$"""
                [{"Config":"blobs/sha256/{{TestImage.Hash(config)}}","RepoTags":null,
                "Layers":["blobs/sha256/{{TestImage.Hash(layer)}}"] }]
                """)),
        ]);
    }

    private static byte[] Layer() => TestImage.Tar([TestImage.File("workspace/predict.sh", "exit 0\n"u8.ToArray())]);

    private static byte[] Config(byte[] layer) => Encoding.UTF8.GetBytes($$$"""
        {"architecture":"amd64","os":"linux","config":{"Env":["PATH=/bin"],"Volumes":{"/data":{} },"User":"0"},
        "rootfs":{"type":"layers","diff_ids":["sha256:{{{TestImage.Hash(layer)}}}"]}}
        """);
}
