using Touchstone.Evaluators;
using Touchstone.Harness.Datasets;

namespace Touchstone.Harness.Checks;

/// <summary>A case that an image is tried on.</summary>
/// <param name="Case">Where its files are.</param>
/// <param name="Geometry">Grid and place of its CT.</param>
/// <param name="HasReference">False when its only mask is an empty one of ours, which predictions are held to the grid of.</param>
internal sealed record SampleCase(DatasetCase Case, Geometry Geometry, bool HasReference)
{
    /// <summary>The name of every sample's dataset. Nothing of it ever reaches a board.</summary>
    public const string Dataset = "check";

    /// <summary>Where the file's axes run, such as <c>RAS</c>: the world axis that each follows most.</summary>
    public string Axes
    {
        get
        {
            var (x, y, z) = Geometry.Affine;
            return string.Concat(Letter(x.I, y.I, z.I), Letter(x.J, y.J, z.J), Letter(x.K, y.K, z.K));
        }
    }

    /// <summary>A case from its folder.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="folder">Folder with <c>ct.nii.gz</c> and <c>segmentations/</c>.</param>
    /// <param name="segmentations">Folder of the reference masks.</param>
    /// <param name="hasReference">See the property.</param>
    /// <exception cref="VolumeException">The CT cannot be read.</exception>
    public static SampleCase Of(string id, string folder, string segmentations, bool hasReference)
    {
        var ct = Path.Combine(folder, "ct.nii.gz");
        var item = new DatasetCase
        {
            Dataset = Dataset,
            Id = id,
            CtPath = ct,
            SegmentationsPath = segmentations,
            IsInDistribution = true,
            Metadata = new Dictionary<string, string>(),
        };
        return new SampleCase(item, VolumeFile.ReadGeometry(ct), hasReference);
    }

    private static char Letter(double x, double y, double z)
    {
        var (ax, ay, az) = (Math.Abs(x), Math.Abs(y), Math.Abs(z));
        return ax >= ay && ax >= az ? (x > 0 ? 'R' : 'L') : ay >= az ? (y > 0 ? 'A' : 'P') : (z > 0 ? 'S' : 'I');
    }
}
