using System.Text;
using Touchstone.Evaluators;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Engine;
using Touchstone.Harness.Images;
using Touchstone.Submissions;
using Touchstone.Tests.Evaluators;

namespace Touchstone.Tests.Harness;

/// <summary>
/// The real engine with the image of all participants loaded, and a small case on the disk. Without an engine every test
/// that needs one fails.
/// </summary>
public sealed class EngineFixture : IAsyncLifetime
{
    private readonly string _endpoint;
    private readonly string _folder = Directory.CreateTempSubdirectory("touchstone-tests-").FullName;

    public EngineFixture()
        : this(DockerEngine.DefaultEndpoint)
    {
    }

    internal EngineFixture(string endpoint) => _endpoint = endpoint;

    public DockerEngine Engine { get; private set; } = null!;

    internal AcceptedImage Image { get; private set; } = null!;

    internal static Geometry Geometry { get; } = new(
        new Grid(12, 10, 8, new Spacing(1, 1, 2)), Affine.Scaling(new Spacing(1, 1, 2), (0, 0, 0)));

    internal static Challenge Challenge { get; } = new()
    {
        Id = "tests",
        Title = "Tests",
        Description = "Two structures.",
        Labels = "bodymaps-2024",
        Structures = ["spleen", "liver"],
        Phases =
        [
            new ChallengePhase
            {
                Name = ChallengePhase.Test,
                Datasets = ["phantom"],
                Limits = new SandboxLimits
                {
                    WallTime = TimeSpan.FromSeconds(3),
                    GraceTime = TimeSpan.FromSeconds(0.5),
                    MemoryBytes = 48L << 20,
                    Cpus = 1,
                    ProcessCount = 64,
                    OutputBytes = 4L << 20,
                    TemporaryBytes = 8L << 20,
                    SharedMemoryBytes = 8L << 20,
                },
            },
        ],
        Sha256 = new string('c', 64),
    };

    public async Task InitializeAsync()
    {
        Engine = await DockerEngine.ConnectAsync(_endpoint);
        var archive = NewPath("participants.tar.gz");
        await File.WriteAllBytesAsync(archive, TestImage.Gzip(BuildImage().Build()));
        Image = await new ImageIntake(Engine).AcceptAsync(archive, 1L << 30);
    }

    public async Task DisposeAsync()
    {
        if (Image is not null)
        {
            await Engine.RemoveImageAsync(Image.Digest.Value);
        }

        Engine?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    internal string NewPath(string name) => Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, Path.GetRandomFileName())).FullName, name);

    internal Submission Submission(Participant participant) => new()
    {
        Id = participant.Name,
        Team = "tests",
        Name = participant.Name,
        Challenge = Challenge.Id,
        Image = Image.Digest,
        Source = Image.Source,
        Layout = participant.Layout,
        Command = participant.Command,
        ReceivedAt = DateTimeOffset.UnixEpoch,
    };

    /// <summary>A CT with a liver and a spleen in it.</summary>
    internal DatasetCase NewCase(string id)
    {
        var folder = Path.GetDirectoryName(NewPath(id))!;
        var segmentations = Directory.CreateDirectory(Path.Combine(folder, "segmentations")).FullName;
        NiftiWriter.Write(Path.Combine(folder, "ct.nii.gz"), Geometry, new short[Geometry.Grid.VoxelCount]);
        NiftiWriter.Write(Path.Combine(segmentations, "liver.nii.gz"), Geometry, Box(1, 2, 6));
        NiftiWriter.Write(Path.Combine(segmentations, "spleen.nii.gz"), Geometry, Box(1, 7, 10));
        return new DatasetCase
        {
            Dataset = "phantom",
            Id = id,
            CtPath = Path.Combine(folder, "ct.nii.gz"),
            SegmentationsPath = segmentations,
            IsInDistribution = true,
            Metadata = new Dictionary<string, string>(),
        };
    }

    /// <summary>The image of all participants, with the masks that they leave.</summary>
    internal TestImage BuildImage()
    {
        var other = Geometry with { Grid = Geometry.Grid with { Nx = 11 } };
        var negative = new short[Geometry.Grid.VoxelCount];
        negative.AsSpan().Fill(-3);
        Dictionary<string, byte[]> files = new()
        {
            // An image of its own, which goes when this fixture goes.
            ["workspace/made-for"] = Encoding.UTF8.GetBytes(_folder),
            ["workspace/masks/truth.nii.gz"] = Volume(path => NiftiWriter.Write(path, Geometry, Truth())),
            ["workspace/masks/liver.nii.gz"] = Volume(path => NiftiWriter.Write(path, Geometry, Box(1, 2, 6))),
            ["workspace/masks/spleen.nii.gz"] = Volume(path => NiftiWriter.Write(path, Geometry, Box(1, 7, 10))),
            ["workspace/masks/other-grid.nii.gz"] = Volume(path => NiftiWriter.Write(path, other, new byte[other.Grid.VoxelCount])),
            ["workspace/masks/negative.nii.gz"] = Volume(path => NiftiWriter.Write(path, Geometry, negative)),
            ["workspace/masks/nothing.nii.gz"] = [.. Enumerable.Repeat(NiftiBytes.EmptyMember, 1000).SelectMany(bytes => bytes)],
        };

        // Images bring folders of these names along, with whatever was in them when they were built.
        files["workspace/outputs/stale.nii.gz"] = files["workspace/masks/truth.nii.gz"];
        files["workspace/inputs/stale.nii.gz"] = files["workspace/masks/truth.nii.gz"];

        // An image may say that the sandbox's user is somebody, and in groups.
        files["etc/passwd"] = "root:x:0:0::/:/bin/sh\nsomebody:x:64100:0::/:/bin/sh\n"u8.ToArray();
        files["etc/group"] = "root:x:0:somebody\ndisk:x:6:somebody,64100\n"u8.ToArray();
        foreach (var (name, file) in BrokenVolumes())
        {
            files[$"workspace/masks/{name}.nii.gz"] = NiftiBytes.Gzip(file.Bytes());
        }

        foreach (var participant in Participant.All)
        {
            files[$"workspace/{participant.Name}/predict.sh"] = participant.Script;
        }

        return new TestImage
        {
            Files = files,
            Environment = ["PATH=/bin", "LD_PRELOAD=/evil.so", "NVIDIA_VISIBLE_DEVICES=all"],
            Volumes = ["/data"],
        };
    }

    /// <summary>What is no mask on the case's grid, by name.</summary>
    private static Dictionary<string, NiftiBytes> BrokenVolumes()
    {
        var (nx, ny, nz) = (Geometry.Grid.Nx, Geometry.Grid.Ny, Geometry.Grid.Nz);
        var good = new NiftiBytes { Dim = [3, nx, ny, nz, 1, 1, 1, 1], Voxels = [.. Truth().Select(label => (double)label)] };
        return new Dictionary<string, NiftiBytes>
        {
            ["nan"] = good with { DataType = 16, Voxels = [.. good.Voxels.Select(label => label == 0 ? double.NaN : label)] },
            ["fractional"] = good with { DataType = 16, Voxels = [.. good.Voxels.Select(label => label / 2)] },
            ["four-dimensional"] = good with { Dim = [4, nx, ny, nz, 2, 1, 1, 1], Voxels = [.. good.Voxels, .. good.Voxels] },
            ["flipped"] = good with { SForm = [-1, 0, 0, nx - 1, 0, 1, 0, 0, 0, 0, 2, 0] },
            ["shifted"] = good with { SForm = [1, 0, 0, 5, 0, 1, 0, 0, 0, 0, 2, 0] },
            ["oversized"] = good with { Dim = [3, 30_000, 30_000, 30_000, 1, 1, 1, 1] },
        };
    }

    private byte[] Volume(Action<string> write)
    {
        var path = NewPath("volume.nii.gz");
        write(path);
        return File.ReadAllBytes(path);
    }

    internal static byte[] Truth()
    {
        var labels = Box(5, 2, 6);
        var spleen = Box(1, 7, 10);
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] |= spleen[i];
        }

        return labels;
    }

    internal static byte[] Box(byte label, int from, int to)
    {
        var (grid, labels) = (Geometry.Grid, new byte[Geometry.Grid.VoxelCount]);
        for (var i = 0; i < labels.Length; i++)
        {
            var (x, y, z) = (i % grid.Nx, i / grid.Nx % grid.Ny, i / (grid.Nx * grid.Ny));
            labels[i] = x >= from && x < to && y is >= 2 and < 7 && z is >= 2 and < 6 ? label : (byte)0;
        }

        return labels;
    }
}

/// <summary>Tests that share the engine, one after another and alone: they are timed, and one machine runs them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TimedWithTheEngine : ICollectionFixture<EngineFixture>
{
    public const string Name = "timed";
}

/// <summary>
/// Whole roads with the executable, from an image to a board. Their containers mostly wait and nobody looks at their clocks,
/// so that they go beside the tests that need no engine.
/// </summary>
[CollectionDefinition(Name)]
public sealed class RoadsWithTheEngine : ICollectionFixture<EngineFixture>
{
    public const string Name = "roads";
}
