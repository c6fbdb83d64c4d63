using System.Text;
using System.Text.Json.Nodes;
using Touchstone.Harness.Runs;
using Touchstone.Tests.Harness.EndToEnd;

namespace Touchstone.Tests.Harness.Faults;

/// <summary>Images that users sent: compressed otherwise, without a user's name, with Windows line ends, too little shared memory.</summary>
[Trait("Category", "Engine")]
[Collection(TimedWithTheEngine.Name)]
public sealed class ImageFaultTests(EngineFixture fixture) : IDisposable
{
    private const int SharedMemoryMb = 24;

    private const string Rules = """
        title: Tiny
        description: Two structures on tiny cases.
        labels: bodymaps-2024
        structures: [spleen, liver]
        datasets: [phantom]
        limits: { wall-seconds: 20, memory-mb: 48, cpus: 1, processes: 64, output-mb: 4, temporary-mb: 8, shared-memory-mb: 24 }

        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("xz", "xz", "-k")]
    [InlineData("xz", "xz", "-k", "--check=crc32")]
    [InlineData("zstd", "zst", "-q")]
    [InlineData("zstd", "zst", "-q", "-19", "--long=27")]
    [InlineData("bzip2", "bz2", "-k")]
    public void B45_OtherCompression_IsNamedByCheckAndSubmit(string program, string ending, params string[] options)
    {
        using var fault = new FaultFolder("B45-archive-compression");
        var archive = Image(fault.File("image.tar"), File.ReadAllBytes(fault.File("predict.sh")));
        CommandRun.Of(program, [.. options, archive]).Succeeded();
        var challenge = _folder.Write("tiny.yaml", Rules);

        var check = fault.Touchstone("check", $"image.tar.{ending}", "--challenge", challenge, "--case", Case());
        var submit = fault.Touchstone(
            "submit", $"image.tar.{ending}", "--team", "T", "--name", "N", "--challenge", challenge, "--workspace", _folder.File("w"));

        Assert.Equal((1, 2), (check.ExitCode, submit.ExitCode));
        foreach (var text in (string[])[Unwrapped(check.Output), Unwrapped(submit.Error)])
        {
            Assert.Contains($"is compressed with {program}.", text, StringComparison.Ordinal);
            Assert.Contains("docker save IMAGE | gzip > image.tar.gz", text, StringComparison.Ordinal);
            Assert.DoesNotContain("header", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void B47_UserWithoutALine_HasANameInCheckAndRun()
    {
        using var fault = new FaultFolder("B47-user-without-a-name");
        var archive = Image(fault.File("image.tar"), File.ReadAllBytes(fault.File("predict.sh")));

        var check = fault.Touchstone("check", archive, "--layout", "flat", "--challenge", _folder.Write("tiny.yaml", Rules), "--case", Case());
        var result = Run(archive);

        Assert.Equal(0, check.ExitCode);
        Assert.Equal(("Completed", 0), (result.Ending.ToString(), result.ExitCode));
        var settings = fault.Touchstone("run", "--show-sandbox").Succeeded().Output;
        Assert.Contains("Env LOGNAME", settings, StringComparison.Ordinal);
        Assert.Contains("Env USER", settings, StringComparison.Ordinal);
    }

    [Fact]
    public void B49_WindowsLineEnds_AreToldByCheckAndInEveryPhase()
    {
        using var fault = new FaultFolder("B49-windows-line-ends");
        var archive = Image(fault.File("image.tar"), File.ReadAllBytes(fault.File("predict.sh")));

        var check = fault.Touchstone("check", archive, "--layout", "flat", "--challenge", _folder.Write("tiny.yaml", Rules), "--case", Case());
        var result = Run(archive);

        var text = Unwrapped(check.Output);
        Assert.Equal(1, check.ExitCode);
        Assert.Contains("/workspace/predict.sh has Windows line ends (CRLF)", text, StringComparison.Ordinal);
        Assert.Contains("sed -i 's/\\r$//' predict.sh", text, StringComparison.Ordinal);
        Assert.Contains("crashed: Exited with code", text, StringComparison.Ordinal);
        Assert.Contains("/workspace/predict.sh has Windows line ends (CRLF)", result.EndingDetail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#!/bin/sh\n# A single \r in a text.\nexit 3\n", false, 1)]
    [InlineData("#!/bin/sh\nsh lower/really.sh\n", true, 1)]
    [InlineData("\ufeff#!/bin/sh\nfor f in inputs/*; do cp masks/truth.nii.gz outputs/$(basename $f); done\n", false, 0)]
    public void B49_OtherScripts_AreAccusedOnlyWhenTheyAreToBlame(string script, bool isCrlfBelow, int exitCode)
    {
        var archive = Image(_folder.File("image.tar"), Encoding.UTF8.GetBytes(script), ("workspace/lower/really.sh", "set -e\r\nexit 0\r\n"));

        var check = CommandRun.Touchstone("check", archive, "--challenge", _folder.Write("tiny.yaml", Rules), "--case", Case());

        Assert.Equal(exitCode, check.ExitCode);
        Assert.Equal(isCrlfBelow, Unwrapped(check.Output).Contains("/workspace/lower/really.sh has Windows line ends", StringComparison.Ordinal));
        Assert.Equal(script[0] == '\ufeff', Unwrapped(check.Output).Contains("/workspace/predict.sh begins with a byte-order mark", StringComparison.Ordinal));
        Assert.DoesNotContain("/workspace/predict.sh has Windows", Unwrapped(check.Output), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bus-error")]
    [InlineData("no-space")]
    public void B53_SharedMemoryTooSmall_IsNamedWithTheLimit(string kind)
    {
        using var fault = new FaultFolder("B53-shared-memory");
        var archive = Image(fault.File("image.tar"), File.ReadAllBytes(fault.File(kind, "predict.sh")));

        var check = fault.Touchstone(
            "check", archive, "--layout", "flat", "--challenge", _folder.Write("tiny.yaml", Rules), "--case", Case(), "--json", _folder.File("report.json"));

        var report = JsonNode.Parse(File.ReadAllText(_folder.File("report.json")))!;
        Assert.Equal(1, check.ExitCode);
        Assert.Equal("crashed", (string?)report["cases"]![0]!["ending"]);
        Assert.Equal(kind == "bus-error" ? 135 : 1, (int)report["cases"]![0]!["exitCode"]!);
        var toDo = (string?)report["findings"]!.AsArray().Single(finding => (string?)finding!["code"] == "crash")!["toDo"];
        Assert.StartsWith($"Shared memory (/dev/shm) was probably too small: it has {SharedMemoryMb} MiB", toDo, StringComparison.Ordinal);
        Assert.Contains("worker", toDo, StringComparison.Ordinal);
    }

    [Fact]
    public void B53_CrashOfAnotherKind_DoesNotGetThatAdvice()
    {
        var archive = Image(_folder.File("image.tar"), "#!/bin/sh\necho 'ModuleNotFoundError: skimage'; exit 1\n"u8.ToArray());

        var check = CommandRun.Touchstone("check", archive, "--challenge", _folder.Write("tiny.yaml", Rules), "--case", Case());

        Assert.Equal(1, check.ExitCode);
        Assert.DoesNotContain("Shared memory", check.Output, StringComparison.Ordinal);
    }

    /// <summary>Submits and runs an image in a private phase.</summary>
    private Touchstone.Leaderboard.Results.CaseResult Run(string archive)
    {
        var contest = new TinyContest(fixture, Directory.CreateDirectory(_folder.File("contest")).FullName).Make([], cases: 1);
        contest.Touchstone("submit", archive, "--team", "T", "--name", "N", "--challenge", "tiny").Succeeded();
        contest.Touchstone("run").Succeeded();
        return ResultFile.ReadAll(contest.Workspace).Single();
    }

    private string Case() => Path.GetDirectoryName(fixture.NewCase("secret").CtPath)!;

    private string Image(string path, byte[] script, params (string Path, string Text)[] more)
    {
        var image = fixture.BuildImage();
        var files = new Dictionary<string, byte[]>(image.Files)
        {
            // Without exec: the first process of a container does not die of a signal that it sends itself.
            ["bin/bash"] = "#!/bin/sh\n/bin/sh \"$@\"\n"u8.ToArray(),
            ["workspace/predict.sh"] = script,
        };
        foreach (var (name, text) in more)
        {
            files[name] = Encoding.UTF8.GetBytes(text);
        }

        File.WriteAllBytes(path, (image with { Files = files }).Build());
        return path;
    }

    /// <summary>A report without the line breaks that its width makes.</summary>
    private static string Unwrapped(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
