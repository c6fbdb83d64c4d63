using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Touchstone.Harness.Images;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Sandbox;
using Touchstone.Submissions;
using Touchstone.Tests.Harness.EndToEnd;

namespace Touchstone.Tests.Harness.Sandbox;

/// <summary>What stays in memory of an image's files, as the kernel tells it of the layer itself. Needs root.</summary>
[Trait("Category", "Engine")]
[Collection(TimedWithTheEngine.Name)]
[SupportedOSPlatform("linux")]
public sealed partial class ImagePagesTests(EngineFixture fixture)
{
    private const string Weights = "workspace/weights";

    private static readonly string[] LayerNames = ["UpperDir", "LowerDir"];

    /// <summary>Only the case "a" reads the weights; the test reads them before, as another entry with the same layer would.</summary>
    [Theory]
    [InlineData(false, new[] { "b" }, false)]
    [InlineData(false, new[] { "a", "b" }, true)]
    [InlineData(true, new[] { "a", "b" }, false)]
    public async Task Run_WeightsReadBefore_AreInMemoryOnlyOfAnEntrysOwnCasesAndNotWhereTheChallengeIsCold(
        bool cold, string[] cases, bool expected)
    {
        var image = await AcceptAsync();
        try
        {
            var workspace = Workspace.Open(fixture.NewPath("workspace"));
            var submission = fixture.Submission(Participant.Named("well-behaved")) with
            {
                Image = image.Digest,
                Source = image.Source,
                Command = ["/bin/sh", "-c", $"[ ! -e inputs/{workspace.Pseudonym("phantom", "a")}.nii.gz ] || cat weights | wc -c"],
            };
            var layer = await LayerAsync(image);
            var challenge = EngineFixture.Challenge with { Timing = new TimingRules { Cold = cold } };
            var plan = PlannedCase.Of(submission, challenge, [.. cases.Select(fixture.NewCase)]);

            var summary = await new RunLoop(
                workspace, fixture.Engine, new RunSettings { ManifestSha256 = new string('a', 64), RetryDelays = [] }).RunAsync(plan, _ => { });

            Assert.Equal(cases.Length, summary.Finished);
            Assert.Equal(expected, IsInMemory(layer));
        }
        finally
        {
            await fixture.Engine.RemoveImageAsync(image.Digest.Value);
        }
    }

    /// <summary>What the machine remembers of attributes and names lies in no file of the image: all of it goes.</summary>
    [Fact]
    public async Task Drop_ForgetsLayersAndAllOtherFiles()
    {
        var image = await AcceptAsync();
        var other = fixture.NewPath("other");
        try
        {
            await File.WriteAllBytesAsync(other, new byte[1 << 20]);
            var layer = await LayerAsync(image);
            Assert.True(IsInMemory(other));

            Assert.True(ImagePages.Drop());

            Assert.False(IsInMemory(layer));
            Assert.False(IsInMemory(other));
        }
        finally
        {
            await fixture.Engine.RemoveImageAsync(image.Digest.Value);
        }
    }

    /// <summary>No program of .NET can open such a file; one of the participant can.</summary>
    [Theory]
    [InlineData("data/f\u00FF")]
    [InlineData("data\u00FF/f")]
    public async Task Drop_PagesOfAFileWhoseNameIsNoUtf8_AreNoLongerInMemory(string name)
    {
        var archive = fixture.NewPath("image.tar");
        var weights = new byte[1 << 20];
        Random.Shared.NextBytes(weights);
        await File.WriteAllBytesAsync(archive, new TestImage { Layer = _ => Misnamed(name, weights) }.Build());
        var image = await new ImageIntake(fixture.Engine).AcceptAsync(archive, 1L << 30);
        try
        {
            var details = (await fixture.Engine.FindImageAsync(image.Digest.Value))!;
            var find = $"find {Layers(details).Single()} -type f -size 2048";
            var before = CommandRun.Of("sh", "-c", $"{find} -exec cat {{}} + | wc -c; {find} -exec fincore -b -n -o PAGES {{}} +").Succeeded().Output;

            ImagePages.Drop();

            var after = CommandRun.Of("sh", "-c", $"{find} -exec fincore -b -n -o PAGES {{}} +").Succeeded().Output;
            Assert.Equal(["1048576", "256"], before.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            Assert.Equal("0", after.Trim());
        }
        finally
        {
            await fixture.Engine.RemoveImageAsync(image.Digest.Value);
        }
    }

    /// <summary>A layer with a file under a name whose y with two dots is that of Latin-1.</summary>
    private static byte[] Misnamed(string name, byte[] content)
    {
        var tar = TestImage.Tar([TestImage.File(name, content)]);
        var at = tar.AsSpan().IndexOf("path=data"u8);
        Assert.True(at > 0);
        var sign = at + tar.AsSpan(at).IndexOf("\u00FF"u8);
        (tar[sign], tar[sign + 1]) = (0xFF, (byte)'x');
        return tar;
    }

    /// <summary>The folders of an image's layers as overlay file systems name them.</summary>
    private static IReadOnlyList<string> Layers(Touchstone.Harness.Engine.ImageDetails image) =>
    [
        .. LayerNames
            .SelectMany(name => image.GraphDriver!.Data!.GetValueOrDefault(name)?.Split(':') ?? [])
            .Where(folder => Directory.EnumerateFileSystemEntries(folder).Any()),
    ];

    /// <summary>The weights in the engine's folder, read once.</summary>
    private async Task<string> LayerAsync(AcceptedImage image)
    {
        var layers = Layers((await fixture.Engine.FindImageAsync(image.Digest.Value))!);
        var layer = layers.Select(folder => Path.Combine(folder, Weights)).Single(File.Exists);
        Assert.NotEmpty(File.ReadAllBytes(layer));
        Assert.True(IsInMemory(layer));
        return layer;
    }

    private async Task<AcceptedImage> AcceptAsync()
    {
        var archive = fixture.NewPath("image.tar");
        var weights = new byte[1 << 20];
        Random.Shared.NextBytes(weights);
        await File.WriteAllBytesAsync(archive, new TestImage { Files = new Dictionary<string, byte[]> { [Weights] = weights } }.Build());
        return await new ImageIntake(fixture.Engine).AcceptAsync(archive, 1L << 30);
    }

    /// <summary>Whether any page of a file is in memory. Mapping it reads none.</summary>
    private static unsafe bool IsInMemory(string path)
    {
        using var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        using var view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        var pages = new byte[1 << 8];
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        try
        {
            Assert.Equal(0, InCore((nint)start, 1 << 20, ref pages[0]));
            return pages.Any(page => (page & 1) != 0);
        }
        finally
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }

    [LibraryImport("libc", EntryPoint = "mincore")]
    private static partial int InCore(nint start, nint bytes, ref byte pages);
}
