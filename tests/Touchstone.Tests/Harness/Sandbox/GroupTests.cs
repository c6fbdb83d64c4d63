using System.Formats.Tar;
using System.Runtime.Versioning;
using System.Text;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Tests.Harness.Sandbox;

/// <summary>
/// No image gives its process a group: engines look for the sandbox's number among the names of the image's group file.
/// </summary>
[Trait("Category", "Engine")]
[Collection(TimedWithTheEngine.Name)]
[SupportedOSPlatform("linux")]
public sealed class GroupTests(EngineFixture plain, RemappedEngine remapped, PodmanEngine podman)
    : IClassFixture<RemappedEngine>, IClassFixture<PodmanEngine>
{
    private const string Script = """
        for group in $(grep '^Groups:' /proc/self/status | cut -d: -f2); do [ "$group" = 64100 ] || exit 61; done
        [ "$(grep '^Gid:' /proc/self/status | tr '\t' ' ')" = 'Gid: 64100 64100 64100 64100' ] || exit 62
        """;

    public static TheoryData<string, string> Claims => new()
    {
        { "plain", "root:x:0:\n64100:x:0:\n" },
        { "plain", "64100:x:0:64100\nroot:x:0:64100\n" },
        { "plain", "  64100:x:27:\n" },
        { "plain", "a:x:1:\r\n64100:x:6:\r\n" },
        { "remapped", "64100:x:0:\n" },
        { "podman", "64100:x:0:\n" },
    };

    public static TheoryData<string, string> Harmless => new()
    {
        { "plain", "root:x:0:somebody,64100\nparticipant:x:64100:\n" },
        { "plain", "" },
        { "plain", "x64100:x:0:\n641000:x:0:\n" },
        { "remapped", "root:x:0:somebody,64100\n" },
        { "podman", "root:x:0:somebody,64100\n" },
    };

    [Theory]
    [MemberData(nameof(Claims))]
    public async Task Run_GroupFileNamesTheSandboxesNumber_IsNotStartedAndSaysWhy(string engine, string groups)
    {
        var result = await RunAsync(engine, new() { ["etc/passwd"] = Passwords, ["etc/group"] = Bytes(groups) });

        Assert.Equal((Ending.Crashed, 126), (result.Ending, result.ExitCode));
        Assert.Contains("/etc/group", result.EndingDetail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_GroupFileIsALinkToSuchAFile_IsNotStartedEither()
    {
        var result = await RunAsync("plain", new() { ["opt/groups"] = Bytes("64100:x:0:\n") }, linkTo: "../opt/groups");

        Assert.Equal((Ending.Crashed, 126), (result.Ending, result.ExitCode));
        Assert.Contains("/etc/group", result.EndingDetail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("etc/group")]
    [InlineData("etc/passwd")]
    public async Task Run_LineThatNoEngineReads_IsTheImagesFaultAndNotTheMachines(string file)
    {
        var result = await RunAsync("plain", new() { [file] = Bytes($"a:x:1:{new string('b', 70_000)}\n") });

        Assert.Equal((Ending.Crashed, 126), (result.Ending, result.ExitCode));
        Assert.Contains($"/{file}", result.EndingDetail, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Harmless))]
    public async Task Run_GroupFileWithOtherNames_RunsInNoGroupOfIts(string engine, string groups)
    {
        var result = await RunAsync(engine, new() { ["etc/passwd"] = Passwords, ["etc/group"] = Bytes(groups) });

        Assert.True(result.ExitCode == 0, $"{result.Ending}: {result.EndingDetail}");
    }

    private static byte[] Passwords => Bytes("root:x:0:0::/:/bin/sh\nsomebody:x:64100:0::/:/bin/sh\n64100:x:64100:6::/:\n");

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private async Task<CaseResult> RunAsync(string engine, Dictionary<string, byte[]> files, string? linkTo = null)
    {
        var fixture = engine switch { "plain" => plain, "remapped" => remapped.Fixture, _ => podman.Fixture };
        var workspace = Workspace.Open(fixture.NewPath("workspace"));
        var image = await LoadAsync(fixture, files, linkTo);
        try
        {
            var submission = fixture.Submission(Participant.Named("well-behaved")) with
            {
                Image = ImageDigest.Parse(image),
                Source = "group.tar",
                Command = ["/bin/sh", "-c", Script],
            };
            var result = await fixture.RunAsync(workspace, submission, EngineFixture.Challenge);
            await fixture.AssertNothingLeftAsync(workspace);
            return result;
        }
        finally
        {
            await fixture.Engine.RemoveImageAsync(image);
        }
    }

    /// <summary>Not through the intake, which may refuse the image before: a run must hold by itself, also of images by reference.</summary>
    /// <returns>Its id, the digest of its configuration.</returns>
    private static async Task<string> LoadAsync(EngineFixture fixture, Dictionary<string, byte[]> files, string? linkTo)
    {
        files["workspace/made-for"] = Bytes(Path.GetRandomFileName()); // an image of its own, which goes alone
        var archive = new TestImage
        {
            Files = files,
            Layer = layer => linkTo is null ? layer
                : [.. layer[..^1024], .. TestImage.Tar([new PaxTarEntry(TarEntryType.SymbolicLink, "etc/group") { LinkName = linkTo }])],
        }.Build();
        await fixture.Engine.LoadImageAsync(async (stream, cancel) => await stream.WriteAsync(archive, cancel));
        using var tar = new TarReader(new MemoryStream(archive));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.Name is not "manifest.json" && entry.Name.EndsWith(".json", StringComparison.Ordinal))
            {
                return $"sha256:{entry.Name[..^".json".Length]}";
            }
        }

        throw new InvalidOperationException("The archive has no configuration.");
    }
}
