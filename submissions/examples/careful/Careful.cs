using System.Numerics;

namespace Examples;

/// <summary>
/// Place times brightness as in atlas-intensity, with two things more: each organ of the atlas is moved to where the
/// patient's organ seems to be, some times over, and neighbouring voxels pull each other to the same label.
/// </summary>
internal static class Careful
{
    private const int Moves = 4;
    private const int RoundsPerMove = 3;
    private const float Eagerness = 1.3f; // a found organ is drawn towards its prior, so its move is underestimated
    private const float MostMm = 12;

    // Compact organs alone: a tube can slide along itself without anybody noticing.
    private static readonly string[] Movable =
        ["bladder", "kidney_left", "kidney_right", "liver", "prostate", "spleen", "stomach"];

    /// <summary>Segments a CT.</summary>
    /// <param name="volume">The CT.</param>
    /// <returns>One AbdomenAtlas 1.1 label per voxel.</returns>
    public static byte[] Segment(Volume volume)
    {
        var atlas = PatientAtlas.Of(volume);
        var smooth = Smoothing.InSlice(volume);
        var shifts = new Vector3[atlas.Labels.Length];
        for (var move = 0; move < Moves; move++)
        {
            var owners = new Candidates(atlas);
            var likelihood = Fit(smooth, owners);
            var found = Offsets(volume, atlas, owners, likelihood);
            foreach (var s in Movable.Select(structure => Array.IndexOf(atlas.Labels, Structures.Label(structure))))
            {
                shifts[s] = Vector3.Clamp(shifts[s] + (Eagerness * found[s]), new(-MostMm), new(MostMm));
                atlas.Move(s, shifts[s]);
            }
        }

        var last = new Candidates(atlas);
        var labels = new RandomField(volume, last, Fit(smooth, last)).Label(atlas.Labels);
        Tidying.KeepMain(volume, labels, atlas.Labels);
        return labels;
    }

    private static Likelihood Fit(float[] smooth, Candidates owners)
    {
        var likelihood = new Likelihood(smooth, owners);
        for (var round = 0; round < RoundsPerMove; round++)
        {
            likelihood.Improve(owners);
        }

        return likelihood;
    }

    // How far each structure's voxels lie from where its prior has them, in millimetres of the reference.
    private static Vector3[] Offsets(Volume volume, PatientAtlas atlas, Candidates owners, Likelihood likelihood)
    {
        var expected = new Mean[owners.Classes];
        var found = new Mean[owners.Classes];
        owners.ForEach((voxel, classes, weights) =>
        {
            var place = atlas.Frame.ToReference(
                volume, voxel % volume.Nx, voxel / volume.Nx % volume.Ny, voxel / (volume.Nx * volume.Ny));
            Add(expected, classes, weights, place);
            likelihood.Weigh(voxel, classes, weights);
            Add(found, classes, weights, place);
        });
        return
        [
            .. atlas.Labels.Select((_, s) =>
                IsPlausible(expected[s], found[s]) ? found[s].Place - expected[s].Place : Vector3.Zero),
        ];
    }

    // A structure that is taken out, or that swallowed its neighbour, gives no place to move to.
    private static bool IsPlausible(Mean expected, Mean found) =>
        found.Weight > 100 && found.Weight > 0.4 * expected.Weight && found.Weight < 1.6 * expected.Weight;

    private static void Add(Mean[] means, ReadOnlySpan<byte> classes, ReadOnlySpan<float> weights, Vector3 place)
    {
        for (var c = 0; c < classes.Length; c++)
        {
            ref var mean = ref means[classes[c]];
            mean = mean.With(weights[c], place);
        }
    }

    // A weighted mean on its way: the sum of weights and the weighted sums of coordinates.
    private readonly record struct Mean(double Weight, double X, double Y, double Z)
    {
        public Mean With(float weight, Vector3 place) =>
            new(Weight + weight, X + (weight * place.X), Y + (weight * place.Y), Z + (weight * place.Z));

        public Vector3 Place => new((float)(X / Weight), (float)(Y / Weight), (float)(Z / Weight));
    }
}
