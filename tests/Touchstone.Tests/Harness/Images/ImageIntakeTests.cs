using System.Formats.Tar;
using System.Text;
using Touchstone.Harness.Images;
using Touchstone.Harness.Sandbox;
using Touchstone.Submissions;

namespace Touchstone.Tests.Harness.Images;

[Trait("Category", "Engine")]
[Collection(TimedWithTheEngine.Name)]
public sealed class ImageIntakeTests(EngineFixture fixture)
{
    private const long Cap = 64L << 20;

    private readonly ImageIntake _intake = new(fixture.Engine);

    /// <summary>An image that no other test makes, so that loading it is seen.</summary>
    private static TestImage Fresh => new() { Files = new Dictionary<string, byte[]> { ["id"] = Guid.NewGuid().ToByteArray() } };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Accept_Archive_IsPinnedByTheDigestOfItsConfiguration(bool compressedLayer)
    {
        var archive = (Fresh with { CompressedLayer = compressedLayer }).Build();

        var accepted = await AcceptAsync(archive);

        Assert.Equal($"sha256:{TestImage.Hash(Entry(archive, name => name.Length == 69))}", accepted.Digest.Value);
        Assert.Equal("team.tar", accepted.Source);
        await fixture.Engine.RemoveImageAsync(accepted.Digest.Value);
    }

    [Fact]
    public async Task Accept_ArchiveNamedLikeAnotherImage_TakesNoNameOver()
    {
        var mine = await AcceptAsync(Fresh.Build());
        await fixture.Engine.TagImageAsync(mine.Digest.Value, "touchstone/test-name", "1");

        var theirs = await AcceptAsync((Fresh with { RepoTags = ["touchstone/test-name:1"] }).Build());

        Assert.Equal(mine.Digest.Value, (await fixture.Engine.FindImageAsync("touchstone/test-name:1"))!.Id);
        Assert.NotEqual(mine.Digest, theirs.Digest);
        await fixture.Engine.RemoveImageAsync("touchstone/test-name:1");
        await fixture.Engine.RemoveImageAsync(mine.Digest.Value);
        await fixture.Engine.RemoveImageAsync(theirs.Digest.Value);
    }

    [Theory]
    [InlineData("touchstone/holder:b40a5e853e17")]
    [InlineData("docker.io/touchstone/holder:b40a5e853e17")]
    [InlineData("index.docker.io/touchstone/submission:1")]
    [InlineData("registry-1.docker.io/Touchstone/submission@sha256:0123")]
    [InlineData("localhost/touchstone/submission:1")]
    public async Task AcceptFromRegistry_NameOfOurOwn_IsRefused(string reference)
    {
        var fault = await Assert.ThrowsAsync<SubmissionException>(() => _intake.AcceptFromRegistryAsync(reference, Cap));

        Assert.Equal(SubmissionFault.ImageNotFound, fault.Fault);
        Assert.Contains("images of its own", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Holder_AnothersImageUnderItsName_IsNotTaken()
    {
        var reference = HolderImage.For(fixture.Engine.Version.Arch).Reference.Split(':');
        await fixture.Engine.TagImageAsync(fixture.Image.Digest.Value, reference[0], reference[1]);

        var id = await HolderImage.EnsureAsync(fixture.Engine);

        Assert.NotEqual(fixture.Image.Digest.Value, id);
        Assert.Equal(id, (await fixture.Engine.FindImageAsync(string.Join(':', reference)))!.Id);
    }

    [Fact]
    public async Task Accept_ArchiveOfANewerEngine_IsReadThroughItsManifest()
    {
        var accepted = await AcceptAsync((Fresh with { Entries = AsOciLayout }).Build());

        Assert.NotNull(await fixture.Engine.FindImageAsync(accepted.Digest.Value));
        await fixture.Engine.RemoveImageAsync(accepted.Digest.Value);
    }

    [Fact]
    public async Task Accept_ReferenceThatTheEngineHas_IsPinnedWithoutARegistry()
    {
        await fixture.Engine.TagImageAsync(fixture.Image.Digest.Value, "touchstone/test-reference", "2");

        var accepted = await _intake.AcceptAsync("touchstone/test-reference:2", Cap);

        Assert.Equal(fixture.Image.Digest, accepted.Digest);
        await fixture.Engine.RemoveImageAsync("touchstone/test-reference:2");
    }

    [Theory]
    [InlineData("no-such-archive.tar", SubmissionFault.ImageNotFound)]
    [InlineData("--privileged", SubmissionFault.ImageNotFound)]
    [InlineData("localhost:1/nobody/nothing:1", SubmissionFault.ImageNotFound)]
    public async Task Accept_WhatIsNotThere_SaysSo(string image, SubmissionFault fault) =>
        Assert.Equal(fault, (await Assert.ThrowsAsync<SubmissionException>(() => _intake.AcceptAsync(image, Cap))).Fault);

    [Theory]
    [MemberData(nameof(BadArchives.Names), MemberType = typeof(BadArchives))]
    public async Task Accept_BadArchive_IsRefusedBeforeTheEngineSeesIt(string name)
    {
        var (archive, fault, words) = BadArchives.Build(name);

        var exception = await Assert.ThrowsAsync<SubmissionException>(() => AcceptAsync(archive));

        Assert.Equal(fault, exception.Fault);
        Assert.Contains(words, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("/tmp", exception.Message, StringComparison.Ordinal);
    }

    private async Task<AcceptedImage> AcceptAsync(byte[] archive)
    {
        var path = fixture.NewPath("team.tar");
        await File.WriteAllBytesAsync(path, archive);
        return await _intake.AcceptAsync(path, Cap);
    }

    private static byte[] Entry(byte[] archive, Func<string, bool> name)
    {
        using var tar = new TarReader(new MemoryStream(archive));
        while (tar.GetNextEntry() is { } entry)
        {
            if (name(entry.Name))
            {
                var content = new byte[entry.Length];
                entry.DataStream!.ReadExactly(content);
                return content;
            }
        }

        throw new InvalidOperationException("The archive lacks the entry.");
    }

    /// <summary>Docker Engine 25 and later save blobs by digest, with an index beside the manifest.</summary>
    private static IEnumerable<TarEntry> AsOciLayout(List<TarEntry> entries)
    {
        var layer = ((MemoryStream)entries[1].DataStream!).ToArray();
        var config = ((MemoryStream)entries[2].DataStream!).ToArray();
        var manifest = $$$"""
            [{"Config":"blobs/sha256/{{{TestImage.Hash(config)}}}","RepoTags":["x:1"],
              "Layers":["blobs/sha256/{{{TestImage.Hash(layer)}}}"],"LayerSources":{}}]
            """;
        return
        [
            TestImage.File($"blobs/sha256/{TestImage.Hash(layer)}", layer),
            TestImage.File($"blobs/sha256/{TestImage.Hash(config)}", config),
            TestImage.File("index.json", """{"schemaVersion":2,"manifests":[]}"""u8.ToArray()),
            TestImage.File("oci-layout", """{"imageLayoutVersion":"1.0.0"}"""u8.ToArray()),
            TestImage.File("manifest.json", Encoding.UTF8.GetBytes(manifest)),
        ];
    }

    /// <summary>An engine finishes a load although its intake was broken off; the next intake takes away what came of it.</summary>
    [Fact]
    public async Task Accept_AfterALoadThatNobodyWaitedFor_TakesItsImageAwayAndNoOther()
    {
        using var held = new LoadingName();
        string[] names = ["touchstone/loading:0123456789abcdef0123456789abcdef", held.Text];
        foreach (var name in names)
        {
            var left = new TestImage { RepoTags = [name], Files = new Dictionary<string, byte[]> { ["id"] = Guid.NewGuid().ToByteArray() } };
            await fixture.Engine.LoadImageAsync(async (stream, token) => await stream.WriteAsync(left.Build(), token));
            Assert.NotNull(await fixture.Engine.FindImageAsync(name));
        }

        var path = fixture.NewPath("team.tar");
        await File.WriteAllBytesAsync(path, new TestImage { Files = new Dictionary<string, byte[]> { ["id"] = Guid.NewGuid().ToByteArray() } }.Build());
        var accepted = await new ImageIntake(fixture.Engine).AcceptAsync(path, 1L << 30);

        Assert.Null(await fixture.Engine.FindImageAsync(names[0]));
        Assert.NotNull(await fixture.Engine.FindImageAsync(names[1]));
        var image = await fixture.Engine.FindImageAsync(accepted.Digest.Value);
        Assert.DoesNotContain(image!.RepoTags!, name => name.Contains("loading", StringComparison.Ordinal));
        await fixture.Engine.RemoveImageAsync(names[1]);
        await fixture.Engine.RemoveImageAsync(accepted.Digest.Value);
    }
}
