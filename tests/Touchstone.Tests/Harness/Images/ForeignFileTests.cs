using System.Formats.Tar;
using System.Text;
using Touchstone.Harness.Images;
using Touchstone.Submissions;

namespace Touchstone.Tests.Harness.Images;

/// <summary>What people send in place of a <c>docker save</c> archive is told by its name, with what to send. No engine is asked.</summary>
public sealed class ForeignFileTests : IDisposable
{
    private static readonly Dictionary<string, (byte[] Content, string[] Words)> All = new()
    {
        ["xz"] = (Head(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0), ["xz", "docker save IMAGE | gzip > image.tar.gz"]),
        ["zstd"] = (Head(0x28, 0xb5, 0x2f, 0xfd), ["zstd", "docker save IMAGE | gzip > image.tar.gz"]),
        ["zstd in parts"] = (Head(0x50, 0x2a, 0x4d, 0x18), ["zstd", "gzip"]),
        ["bzip2"] = (Text("BZh91AY&SY"), ["bzip2", "docker save IMAGE | gzip > image.tar.gz"]),
        ["lz4"] = (Head(0x04, 0x22, 0x4d, 0x18), ["lz4", "gzip"]),
        ["lzma"] = (Head(0x5d, 0, 0, 0x80, 0), ["lzma", "gzip"]),
        ["zip"] = (Head(0x50, 0x4b, 3, 4), ["a zip file", "docker save"]),
        ["7z"] = (Head(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c), ["a 7z file", "docker save"]),
        ["rar"] = (Text("Rar!\x1a\x07"), ["a rar file", "docker save"]),
        ["sif"] = (Text("#!/usr/bin/env run-singularity\n\0SIF_MAGIC\0"), ["Singularity", "Dockerfile"]),
        ["squashfs"] = (Text("hsqs"), ["squashfs", "Dockerfile"]),
        ["Dockerfile"] = (Text("# syntax=docker/dockerfile:1\n\nFROM python:3.12\nCOPY . .\n"), ["is a Dockerfile", "docker build -t IMAGE .", "docker save"]),
        ["Dockerfile with an argument first"] = (Text("\ufeffARG BASE\r\nFROM $BASE\r\n"), ["is a Dockerfile"]),
        ["script"] = (Text("#!/bin/sh\npython3 segment.py\n"), ["is a script", "docker build"]),
        ["program"] = (Head(0x7f, (byte)'E', (byte)'L', (byte)'F'), ["is a program", "docker build"]),
        ["web page"] = (Text("\n<!DOCTYPE html>\n<html><body>Sign in</body></html>"), ["web page", "download"]),
        ["pointer"] = (Text("version https://git-lfs.github.com/spec/v1\noid sha256:00\n"), ["Git LFS", "git lfs pull"]),
        ["empty"] = ([], ["is empty", "docker save"]),
        ["gzip twice"] = (TestImage.Gzip(TestImage.Gzip(new byte[2000])), ["gzip twice"]),
        ["xz in gzip"] = (TestImage.Gzip(Head(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0)), ["gzip", "xz"]),
        ["nothing in gzip"] = (TestImage.Gzip([]), ["gzip", "is empty"]),
        ["empty tar"] = (new byte[10240], ["without any file"]),
        ["docker export"] = (FileSystem(".dockerenv", "bin/", "etc/", "etc/hostname"), ["docker export", "docker commit", "docker save"]),
        ["docker export with links and devices"] = (RootFileSystem(), ["docker export", "docker save"]),
        ["docker export in gzip"] = (TestImage.Gzip(RootFileSystem()), ["docker export"]),
        ["OCI"] = (Oci("""{"manifests":[{"digest":"sha256:ab","platform":{"os":"linux","architecture":"amd64"}}]}"""), ["OCI archive for linux/amd64", "type=docker", "skopeo"]),
        ["OCI of two platforms"] = (
            Oci("""{"manifests":[{"digest":"sha256:ab"}]}""", """
                {"manifests":[{"platform":{"os":"linux","architecture":"amd64"}},{"platform":{"os":"linux","architecture":"arm64"}},
                 {"platform":{"os":"unknown","architecture":"unknown"}}]}
                """),
            ["OCI archive for linux/amd64 and linux/arm64"]),
        ["OCI of nulls"] = (Oci("""{"manifests":[null,{"digest":null,"platform":null},{"platform":{"os":null}},7]}""", "null"), ["OCI archive, which"]),
        ["OCI of no JSON"] = (Oci("{"), ["OCI archive, which"]),
        ["folder of an image"] = (TestImage.Tar([TestImage.File("unpacked/manifest.json", "[]"u8.ToArray())]), ["in a folder", "tar -C unpacked"]),
        ["build folder"] = (TestImage.Tar([TestImage.File("./Dockerfile", "FROM x"u8.ToArray()), TestImage.File("./predict.sh", [1])]), ["Dockerfile", "docker build"]),
        ["archive in an archive"] = (TestImage.Tar([TestImage.File("image.tar", new TestImage().Build())]), ["image.tar", "that file itself"]),
    };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Kinds => [.. All.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Inspect_SomethingElse_IsToldByItsNameWithWhatToSend(string kind)
    {
        var message = await RefusalAsync(All[kind].Content);

        Assert.StartsWith("\"team.tar\" ", message, StringComparison.Ordinal);
        Assert.All(All[kind].Words, words => Assert.Contains(words, message, StringComparison.Ordinal));
        Assert.DoesNotContain("checksum", message, StringComparison.Ordinal);
        Assert.DoesNotContain("impossible", message, StringComparison.Ordinal);
        Assert.DoesNotContain("leads out", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(512)]
    [InlineData(20_000)]
    public async Task Inspect_ZerosBehindTheGzipStream_ArePadding(int zeros)
    {
        var path = _folder.File("team.tar.gz");
        File.WriteAllBytes(path, [.. TestImage.Gzip(new TestImage().Build()), .. new byte[zeros]]);

        var archive = await ImageArchive.InspectAsync(path, 64 << 20, "team.tar.gz", default);

        Assert.Equal((await PlainAsync()).ConfigDigest, archive.ConfigDigest);
    }

    [Theory]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 7, 7, 7 })]
    public async Task Inspect_SomethingBehindACompressedLayer_IsRefusedAsNoEngineUnpacksIt(byte[] behind)
    {
        var image = new TestImage
        {
            CompressedLayer = true,
            Entries = entries => [TestImage.File("base/layer.tar", [.. Content(entries[1]), .. behind]), .. entries.Skip(2)],
        };

        Assert.Contains("follows its compressed data", await RefusalAsync(image.Build()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_LayerCompressedOtherwise_IsToldByItsName()
    {
        var image = new TestImage
        {
            Entries = entries => [TestImage.File("base/layer.tar", Head(0x28, 0xb5, 0x2f, 0xfd)), .. entries.Skip(2)],
        };

        Assert.Contains("zstd", await RefusalAsync(image.Build()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_ADamagedArchive_IsToldToBeDamaged() =>
        Assert.Contains("ends in the middle", await RefusalAsync(new TestImage().Build()[..100_000]), StringComparison.Ordinal);

    [Fact]
    public async Task Inspect_TwoPlatforms_AreNamed()
    {
        var message = await RefusalAsync(Two(new TestImage { Architecture = "amd64" }, new TestImage { Architecture = "arm64" }));

        Assert.Contains("2 platforms: linux/amd64, linux/arm64", message, StringComparison.Ordinal);
        Assert.Contains("--platform", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_TwoImages_AreNamed()
    {
        var message = await RefusalAsync(Two(new TestImage { RepoTags = ["a:1"] }, new TestImage { RepoTags = ["b:2"], Volumes = ["/x"] }));

        Assert.Contains("2 images (a:1, b:2)", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[null]")]
    [InlineData("[{\"Config\":null,\"Layers\":[\"base/layer.tar\"]}]")]
    [InlineData("[{\"Config\":\"x.json\",\"Layers\":null}]")]
    [InlineData("[{\"Config\":\"x.json\",\"Layers\":[null]}]")]
    [InlineData("[{\"Config\":\"x.json\",\"RepoTags\":[null],\"Layers\":[]}]")]
    [InlineData("[{\"Config\":\"x.json\",\"RepoTags\":null,\"Layers\":[]},null]")]
    [InlineData("[{\"Config\":\"\",\"Layers\":[\"\"]},{\"Config\":\"\",\"RepoTags\":[null],\"Layers\":[\"\"]}]")]
    [InlineData("[{\"Config\":\"\\ud800\",\"Layers\":[]}]")]
    public async Task Inspect_NullInTheManifest_IsRefused(string manifest) => await RefusalAsync(new TestImage
    {
        Entries = entries => [.. entries.Take(3), TestImage.File("manifest.json", Encoding.UTF8.GetBytes(manifest))],
    }.Build());

    [Theory]
    [InlineData("null")]
    [InlineData("{\"architecture\":null,\"os\":\"linux\",\"rootfs\":{\"diff_ids\":[\"DIFF\"]}}")]
    [InlineData("{\"architecture\":\"amd64\",\"os\":null,\"rootfs\":{\"diff_ids\":[\"DIFF\"]}}")]
    [InlineData("{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":null}")]
    [InlineData("{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"diff_ids\":null}}")]
    [InlineData("{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"diff_ids\":[null]}}")]
    [InlineData("[]")]
    [InlineData("7")]
    public async Task Inspect_NullInTheConfiguration_IsRefused(string config) => await RefusalAsync(new TestImage
    {
        Entries = entries =>
        [
            .. entries.Take(2),
            TestImage.File(entries[2].Name, Encoding.UTF8.GetBytes(config.Replace(
                "DIFF", $"sha256:{TestImage.Hash(Content(entries[1]))}", StringComparison.Ordinal))),
            entries[3],
        ],
    }.Build());

    [Fact]
    public async Task Inspect_SettingsOfNull_AreNone()
    {
        var path = _folder.File("team.tar");
        File.WriteAllBytes(path, new TestImage
        {
            Entries = entries =>
            {
                var config = $$$"""
                    {"architecture":"amd64","os":"linux","config":null,"rootfs":{"diff_ids":["sha256:{{{TestImage.Hash(Content(entries[1]))}}}"]}}
                    """;
                return [.. entries.Take(2), TestImage.File(entries[2].Name, Encoding.UTF8.GetBytes(config)), entries[3]];
            },
        }.Build());

        Assert.Empty((await ImageArchive.InspectAsync(path, 64 << 20, "team.tar", default)).Requests.Volumes);
    }

    [Fact]
    public void Check_AFolder_SaysWhatToDoWithIt()
    {
        _folder.Write("Dockerfile", "FROM scratch\n");

        var fault = Assert.Throws<SubmissionException>(() => ImageName.Check(_folder.Path));

        Assert.Equal(SubmissionFault.ImageNotFound, fault.Fault);
        Assert.Contains($"\"{_folder.Path}\" is a folder", fault.Message, StringComparison.Ordinal);
        Assert.Contains($"docker build -t IMAGE {_folder.Path}", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../gone/my-entry.tar")]
    [InlineData("gone.tar.xz")]
    [InlineData("gone.sif")]
    public void Check_AnArchiveThatIsNotThere_IsNamedAsItWasGiven(string path) => Assert.Equal(
        $"There is no archive \"{path}\".", Assert.Throws<SubmissionException>(() => ImageName.Check(path)).Message);

    private async Task<string> RefusalAsync(byte[] content)
    {
        var path = _folder.File("team.tar");
        File.WriteAllBytes(path, content);
        var fault = await Assert.ThrowsAsync<SubmissionException>(() => ImageArchive.InspectAsync(path, 64 << 20, "team.tar", default));
        Assert.Equal(SubmissionFault.ArchiveInvalid, fault.Fault);
        return fault.Message;
    }

    private async Task<ImageArchive> PlainAsync()
    {
        var path = _folder.File("plain.tar");
        File.WriteAllBytes(path, new TestImage().Build());
        return await ImageArchive.InspectAsync(path, 64 << 20, "plain.tar", default);
    }

    private static byte[] Head(params byte[] magic) => [.. magic, .. Enumerable.Repeat((byte)0x91, 3000)];

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Content(TarEntry entry) => ((MemoryStream)entry.DataStream!).ToArray();

    private static byte[] FileSystem(params string[] names) => TestImage.Tar(names.Select(name =>
        name.EndsWith('/') ? new PaxTarEntry(TarEntryType.Directory, name) : TestImage.File(name, [1])));

    private static byte[] RootFileSystem() => TestImage.Tar(
    [
        new PaxTarEntry(TarEntryType.SymbolicLink, "bin") { LinkName = "usr/bin" },
        new PaxTarEntry(TarEntryType.Directory, "boot/"),
        new PaxTarEntry(TarEntryType.Directory, "dev/"),
        TestImage.File("etc/hostname", []),
        new PaxTarEntry(TarEntryType.SymbolicLink, "etc/mtab") { LinkName = "/proc/mounts" },
        new PaxTarEntry(TarEntryType.CharacterDevice, "dev/null"),
    ]);

    private static byte[] Oci(string index, string blob = "{}") => TestImage.Tar(
    [
        TestImage.File("oci-layout", """{"imageLayoutVersion":"1.0.0"}"""u8.ToArray()),
        TestImage.File("index.json", Text(index)),
        TestImage.File("blobs/sha256/ab", Text(blob)),
    ]);

    /// <summary>Both images in one archive, as <c>docker save A B</c> and newer engines write them.</summary>
    private static byte[] Two(TestImage one, TestImage other)
    {
        List<TarEntry> first = [], second = [];
        (one with { Entries = entries => first = entries }).Build();
        (other with { Entries = entries => second = entries }).Build();
        var manifests = string.Join(',', first.Concat(second).Where(entry => entry.Name == "manifest.json")
            .Select(entry => Encoding.UTF8.GetString(Content(entry))[1..^1]));
        return TestImage.Tar(
        [
            TestImage.File("base/layer.tar", Content(first[1])),
            TestImage.File(first[2].Name, Content(first[2])),
            TestImage.File(second[2].Name, Content(second[2])),
            TestImage.File("manifest.json", Text($"[{manifests}]")),
        ]);
    }
}
