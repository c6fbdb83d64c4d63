using System.Numerics;

namespace Examples;

/// <summary>A CT with reference masks.</summary>
internal sealed class TrainingCase
{
    private const int PointsPerStructure = 1200;

    private readonly string _folder;

    private TrainingCase(string folder)
    {
        _folder = folder;
        Volume = new Volume(Nifti.Read(Path.Combine(folder, "ct.nii.gz")));
        Body = Body.Of(Volume);
        Frame = BodyFrame.InPlane(Volume, Body);
    }

    /// <summary>The CT.</summary>
    public Volume Volume { get; }

    /// <summary>What thresholds find in it.</summary>
    public Body Body { get; }

    /// <summary>Where the patient lies, as far as is known by now.</summary>
    public BodyFrame Frame { get; set; }

    /// <summary>Reads a case.</summary>
    /// <param name="folder">Its folder.</param>
    public static TrainingCase Read(string folder) => new(folder);

    /// <summary>Lung and bone per slice with the slice's reference height.</summary>
    public IEnumerable<(float Z, float Lung, float Bone)> Samples() => SliceProfile.Of(Volume, Body, Frame)
        .Select((level, k) => (Frame.ToReference(Volume, 0, 0, k).Z, level.Lung, level.Bone));

    /// <summary>Adds places of a structure, in millimetres of the reference, evenly thinned out.</summary>
    /// <returns>The structure's size in millilitres of the reference.</returns>
    public float AddTo(List<Vector3> points, string structure)
    {
        var path = Path.Combine(_folder, "segmentations", structure + ".nii.gz");
        if (!File.Exists(path))
        {
            return 0;
        }

        var mask = new Volume(Nifti.Read(path)).Hounsfield;
        var inside = Enumerable.Range(0, mask.Length).Where(n => mask[n] > 0).ToList();
        var step = Math.Max(1, inside.Count / PointsPerStructure);
        for (var n = 0; n < inside.Count; n += step)
        {
            points.Add(PointOf(inside[n]));
        }

        var voxelMm3 = Volume.Spacing[0] * Volume.Spacing[1] * Volume.Spacing[2];
        return inside.Count * voxelMm3 / 1000 / (Frame.Scale.X * Frame.Scale.Y * Frame.Scale.Z);
    }

    private Vector3 PointOf(int n) =>
        Frame.ToReference(Volume, n % Volume.Nx, n / Volume.Nx % Volume.Ny, n / (Volume.Nx * Volume.Ny));
}
