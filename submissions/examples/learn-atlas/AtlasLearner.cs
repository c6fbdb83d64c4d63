using System.Numerics;

namespace Examples;

/// <summary>Learns the atlas table from training cases.</summary>
internal static class AtlasLearner
{
    private const int AlignmentRounds = 3;

    /// <summary>Learns from every case of a folder.</summary>
    /// <param name="folder">Cases as <c>&lt;case&gt;/ct.nii.gz</c> and
    /// <c>&lt;case&gt;/segmentations/&lt;structure&gt;.nii.gz</c>.</param>
    /// <returns>The rows of the table.</returns>
    public static IReadOnlyList<string> Learn(string folder)
    {
        var cases = Directory.GetDirectories(folder).Order(StringComparer.Ordinal).Select(TrainingCase.Read).ToList();
        var profile = Align(cases);
        var rows = profile.ToRows().ToList();
        foreach (var structure in Structures.Names)
        {
            var points = new List<Vector3>();
            var ml = 0f;
            foreach (var training in cases)
            {
                ml += training.AddTo(points, structure);
            }

            if (points.Count > 0)
            {
                // Patients without the structure count: the atlas tells how many have it.
                rows.AddRange(Clouds.Of(structure, points, ml / cases.Count).Select(cloud => cloud.ToRow()));
            }
        }

        return rows;
    }

    // The first case's middle slice is height 0; then all cases are laid on the average of all, some times over.
    private static SliceProfile Align(List<TrainingCase> cases)
    {
        var first = cases[0];
        var middle = first.Volume.Nz * first.Volume.Spacing[2] / 2;
        first.Frame = first.Frame with { Origin = first.Frame.Origin with { Z = middle } };
        var profile = SliceProfile.Average(first.Samples());
        for (var round = 0; round < AlignmentRounds; round++)
        {
            foreach (var training in cases)
            {
                training.Frame = BodyFrame.Find(training.Volume, training.Body, profile);
            }

            profile = SliceProfile.Average(cases.SelectMany(training => training.Samples()));
        }

        return profile;
    }
}
