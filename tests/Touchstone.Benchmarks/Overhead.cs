using System.Diagnostics;
using System.Globalization;
using Touchstone.Evaluators;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Engine;
using Touchstone.Harness.Images;
using Touchstone.Harness.Runs;
using Touchstone.Submissions;
using Touchstone.Tests.Harness;

namespace Touchstone.Benchmarks;

/// <summary>
/// What the harness costs per case beyond a bare <c>docker run</c> of the same image and command. Both are measured in
/// turns, in blocks, in one run: what else the machine does meets both alike. A block of the harness is a whole run of
/// several new cases, everything included: making the sandbox ready, results forced to the disk, everything taken away.
/// </summary>
internal static class Overhead
{
    private const int OutputCap = 4 << 20;

    /// <summary>Measures containers that work for 0 and for 10 seconds and prints the table.</summary>
    /// <param name="folder">A folder for images and workspaces.</param>
    /// <param name="seconds">What the containers work for; null for both, 0 and 10 seconds.</param>
    public static async Task PrintAsync(string folder, int? seconds)
    {
        using var engine = await DockerEngine.ConnectAsync();
        var scratch = Path.Combine(folder, Path.GetRandomFileName());
        Directory.CreateDirectory(scratch);
        var archive = Path.Combine(scratch, "image.tar.gz");
        await File.WriteAllBytesAsync(archive, TestImage.Gzip(Image(scratch).Build()));
        var image = await new ImageIntake(engine).AcceptAsync(archive, 1L << 30);
        try
        {
            Console.WriteLine($"{engine.Version.Product}, {Environment.ProcessorCount} cores. Seconds per case; medians of blocks, lowest and highest.");
            Console.WriteLine("work   blocks     docker run               harness                  overhead   of the case");
            if (seconds is null or 0)
            {
                await PrintAsync(engine, image, scratch, seconds: 0, blocks: 9, cases: 16);
            }

            if (seconds is null or 10)
            {
                await PrintAsync(engine, image, scratch, seconds: 10, blocks: 2, cases: 8);
            }
        }
        finally
        {
            await engine.RemoveImageAsync(image.Digest.Value);
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static async Task PrintAsync(
        DockerEngine engine, AcceptedImage image, string scratch, int seconds, int blocks, int cases)
    {
        string[] command = ["-c", $"sleep {seconds}; for f in /workspace/inputs/*; do cp /workspace/masks/truth.nii.gz /workspace/outputs/; done"];
        List<double> bare = [];
        List<double> harness = [];
        var warmUp = seconds == 0 ? 1 : 0; // a block that does not count, where one costs little
        for (var block = -warmUp; block < blocks; block++)
        {
            var one = Block(cases, () => DockerRun(image, command));
            var work = await HarnessAsync(engine, image, scratch, command, cases);
            if (block >= 0)
            {
                bare.Add(one);
                harness.Add(work);
            }
        }

        var difference = Median(harness) - Median(bare);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{seconds,2} s   {blocks,2} x {cases,-2}   {Range(bare)}   {Range(harness)}   {difference * 1000,5:F0} ms   {difference / Median(bare) * 100,8:F1} %"));
    }

    private static double Block(int cases, Action run)
    {
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < cases; i++)
        {
            run();
        }

        return clock.Elapsed.TotalSeconds / cases;
    }

    private static void DockerRun(AcceptedImage image, string[] command)
    {
        using var docker = Process.Start(
            "docker", ["run", "--rm", "--network", "none", "--entrypoint", "/bin/sh", image.Digest.Value, .. command]);
        docker.WaitForExit();
        if (docker.ExitCode != 0)
        {
            throw new InvalidOperationException($"docker run ended with {docker.ExitCode}.");
        }
    }

    private static async Task<double> HarnessAsync(
        DockerEngine engine, AcceptedImage image, string scratch, string[] command, int cases)
    {
        var workspace = Workspace.Open(Path.Combine(scratch, Path.GetRandomFileName()));
        var plan = PlannedCase.Of(Submission(image, command), Challenge(), Enumerable.Range(0, cases).Select(i => Case(scratch, i)));
        var loop = new RunLoop(workspace, engine, new RunSettings { ManifestSha256 = new string('0', 64), RetryDelays = [] });
        var clock = Stopwatch.StartNew();
        var summary = await loop.RunAsync(plan, Check);
        return summary.Finished == cases
            ? clock.Elapsed.TotalSeconds / cases
            : throw new InvalidOperationException($"{summary.Abandoned} of {cases} cases have no result.");
    }

    private static void Check(RunEvent happened)
    {
        if (happened is RunEvent.CaseFinished { Result: { Ending: not Leaderboard.Results.Ending.Completed } result })
        {
            throw new InvalidOperationException(result.EndingDetail);
        }
    }

    private static Submission Submission(AcceptedImage image, string[] command) => new()
    {
        Id = "overhead",
        Team = "overhead",
        Name = "overhead",
        Challenge = "overhead",
        Image = image.Digest,
        Source = image.Source,
        Layout = SubmissionLayout.Flat,
        Command = ["/bin/sh", "-c", command[^1].Replace("/outputs/;", "/outputs/$(basename $f);", StringComparison.Ordinal)],
        ReceivedAt = DateTimeOffset.UnixEpoch,
    };

    private static Challenge Challenge() => new()
    {
        Id = "overhead",
        Title = "Overhead",
        Description = "One structure.",
        Labels = "bodymaps-2024",
        Structures = ["liver"],
        Phases =
        [
            new ChallengePhase
            {
                Name = ChallengePhase.Test,
                Datasets = ["overhead"],
                Limits = new SandboxLimits
                {
                    WallTime = TimeSpan.FromMinutes(1),
                    MemoryBytes = 256L << 20,
                    OutputBytes = OutputCap,
                    TemporaryBytes = 16 << 20,
                    SharedMemoryBytes = 16 << 20,
                },
            },
        ],
        Sha256 = new string('0', 64),
    };

    private static Geometry Geometry { get; } = new(
        new Grid(16, 16, 16, new Spacing(1, 1, 1)), Affine.Scaling(new Spacing(1, 1, 1), (0, 0, 0)));

    private static TestImage Image(string scratch)
    {
        var truth = Path.Combine(scratch, "truth.nii.gz");
        NiftiWriter.Write(truth, Geometry, new byte[Geometry.Grid.VoxelCount]);
        return new TestImage
        {
            Files = new Dictionary<string, byte[]>
            {
                ["workspace/masks/truth.nii.gz"] = File.ReadAllBytes(truth),
                ["workspace/inputs/one.nii.gz"] = [], // docker run finds a case here too
                ["workspace/outputs/.keep"] = [],
            },
        };
    }

    private static DatasetCase Case(string scratch, int number)
    {
        var folder = Path.Combine(scratch, string.Create(CultureInfo.InvariantCulture, $"case{number}"));
        var segmentations = Directory.CreateDirectory(Path.Combine(folder, "segmentations")).FullName;
        NiftiWriter.Write(Path.Combine(folder, "ct.nii.gz"), Geometry, new short[Geometry.Grid.VoxelCount]);
        NiftiWriter.Write(Path.Combine(segmentations, "liver.nii.gz"), Geometry, new byte[Geometry.Grid.VoxelCount]);
        return new DatasetCase
        {
            Dataset = "overhead",
            Id = Path.GetFileName(folder),
            CtPath = Path.Combine(folder, "ct.nii.gz"),
            SegmentationsPath = segmentations,
            IsInDistribution = true,
            Metadata = new Dictionary<string, string>(),
        };
    }

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static string Range(List<double> values) => string.Create(
        CultureInfo.InvariantCulture, $"{Median(values),6:F3} ({values.Min():F3}–{values.Max():F3})");
}
