using System.Diagnostics;
using Touchstone.Evaluators;

namespace Touchstone.Benchmarks;

/// <summary>The pairs of volumes that are measured, made once in a folder.</summary>
internal sealed class Volumes(string folder)
{
    /// <summary>Organs in every pair but the noise, which has 20 labels.</summary>
    public const int Organs = 23;

    private static readonly LabelMap Labels = new()
    {
        Name = "phantom",
        Structures = Enumerable.Range(1, 27).ToDictionary(label => (byte)label, label => $"organ_{label}"),
    };

    /// <summary>Names of the pairs, in the order in which they are reported.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["512x512x512-uint8", "512x512x512-int16", "512x512x512-float32", "512x512x900-uint8", "shifted-25", "noise-192"];

    /// <summary>Paths of a pair, made when it is not there yet.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public (string Reference, string Prediction) Paths(string name)
    {
        var paths = (Reference: Path.Combine(folder, name + "-reference.nii.gz"), Prediction: Path.Combine(folder, name + "-prediction.nii.gz"));
        if (!File.Exists(paths.Prediction))
        {
            Directory.CreateDirectory(folder);
            var pair = Make(name);
            Write(name, paths.Reference, pair.Geometry, pair.Reference);
            Write(name, paths.Prediction, pair.Geometry, pair.Prediction);
        }

        return paths;
    }

    /// <summary>Scores a pair by surface-distance at 1 mm.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="threads">How many threads.</param>
    public CaseScore Score(string name, int threads)
    {
        var (reference, prediction) = Paths(name);
        return CaseEvaluator.Score(
            new MaskSource.LabelFile(reference, Labels),
            new MaskSource.LabelFile(prediction, Labels),
            [.. Labels.Structures.Values],
            new Protocol { Name = Protocol.SurfaceDistance },
            threads);
    }

    /// <summary>
    /// What no evaluator can do without on this machine: decode both files, pass over the voxels once at the speed of the
    /// memory, and 10 ns a surface element.
    /// </summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public (TimeSpan Decode, TimeSpan Pass, long Elements) Floor(string name)
    {
        var (reference, prediction) = Paths(name);
        var decode = Best(() => Decode(reference)) + Best(() => Decode(prediction));
        var voxels = VolumeFile.ReadGeometry(reference).Grid.VoxelCount;
        var (a, b) = (new byte[voxels], new byte[voxels]);
        a.AsSpan().Fill(1);
        b.AsSpan().Fill(1);
        var pass = Best(() => a.AsSpan().SequenceEqual(b));
        return (decode, pass, Elements(reference) + Elements(prediction));
    }

    private static PhantomPair Make(string name) => name switch
    {
        "noise-192" => PhantomPair.Noise(192, 20),
        "shifted-25" => PhantomPair.Shifted(PhantomPair.Organs(512, 512, 512, Organs), 25),
        "512x512x900-uint8" => PhantomPair.Organs(512, 512, 900, Organs),
        _ => PhantomPair.Organs(512, 512, 512, Organs),
    };

    private static void Write(string name, string path, Geometry geometry, byte[] labels)
    {
        if (name.EndsWith("int16", StringComparison.Ordinal))
        {
            NiftiWriter.Write(path, geometry, Array.ConvertAll(labels, label => (short)label));
        }
        else if (name.EndsWith("float32", StringComparison.Ordinal))
        {
            FloatNifti.Write(path, geometry, labels);
        }
        else
        {
            NiftiWriter.Write(path, geometry, labels);
        }
    }

    private static void Decode(string path)
    {
        using var stream = VolumeStream.Open(path);
        var buffer = new byte[256 << 10];
        var left = stream.Header.Geometry.Grid.VoxelCount * (long)stream.Header.VoxelBytes;
        while (left > 0)
        {
            var count = (int)Math.Min(left, buffer.Length);
            stream.Read(buffer.AsSpan(0, count));
            left -= count;
        }
    }

    private static long Elements(string path)
    {
        var masks = new Mask?[256];
        var budget = new SurfaceBudget(CaseSide.Reference, SurfaceLimits.Default);
        for (var label = 1; label < masks.Length; label++)
        {
            masks[label] = new Mask(budget);
        }

        using var stream = VolumeStream.Open(path);
        MaskReader.ReadLabels(stream, masks, budget);
        long elements = 0;
        foreach (var mask in masks)
        {
            if (mask is { Voxels: > 0 })
            {
                var box = mask.Box;
                var layout = new BitLayout(box with { X1 = box.X1 + 1, Y1 = box.Y1 + 1, Z1 = box.Z1 + 1 });
                using var surface = Surface.OfCorners(mask, layout);
                elements += surface.Points.Length;
            }
        }

        return elements;
    }

    private static TimeSpan Best(Action work)
    {
        var best = TimeSpan.MaxValue;
        for (var n = 0; n < 7; n++)
        {
            var cpu = Cpu();
            work();
            var used = Cpu() - cpu;
            best = used < best ? used : best;
        }

        return best;
    }

    /// <summary>Processor time of the process so far.</summary>
    public static TimeSpan Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
