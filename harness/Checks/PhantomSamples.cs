using System.Globalization;
using Touchstone.Harness.Phantoms;

namespace Touchstone.Harness.Checks;

/// <summary>
/// The public sample cases: a patient from each phantom hospital, none of whom any board scores. They differ in spacing,
/// axes, contrast and field of view, because that is where programs that run at home fail.
/// </summary>
internal static class PhantomSamples
{
    private static readonly IReadOnlyList<PhantomHospital> Hospitals =
    [
        PhantomHospital.InDistribution with { Seed = 20_000, CaseCount = 1 },
        PhantomHospital.ThickSlices with { Seed = 21_000, CaseCount = 1 },
        PhantomHospital.NonContrast with { Seed = 22_000, CaseCount = 1 },
    ];

    /// <summary>Makes and writes the cases <c>sample-1</c> to <c>sample-3</c>: the same voxels every time.</summary>
    /// <param name="folder">Where to; made if absent.</param>
    /// <param name="count">How many of them, 1 to 3.</param>
    public static IReadOnlyList<SampleCase> Write(string folder, int count = 3)
    {
        Directory.CreateDirectory(folder);
        var chosen = Hospitals.Take(count).Index().AsParallel().AsOrdered();
        return [.. chosen.Select(hospital => Write(folder, hospital.Index, hospital.Item))];
    }

    private static SampleCase Write(string folder, int index, PhantomHospital hospital)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"sample-{index + 1}");
        var (made, target) = (Path.Combine(folder, $"{id}.part"), Path.Combine(folder, id));
        Directory.Move(Path.Combine(made, PhantomWriter.Write(made, hospital)[0]), target);
        Directory.Delete(made, recursive: true);
        return SampleCase.Of(id, target, Path.Combine(target, "segmentations"), hasReference: true);
    }
}
