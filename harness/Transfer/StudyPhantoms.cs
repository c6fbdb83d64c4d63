using Touchstone.Harness.Demo;
using Touchstone.Harness.Phantoms;

namespace Touchstone.Harness.Transfer;

/// <summary>
/// Phantom datasets to try a study with: one hospital to pre-train on, and another one, shifted, whose cases are few, to
/// fine-tune on, to validate with and to be tested on.
/// </summary>
internal static class StudyPhantoms
{
    /// <summary>The hospitals as datasets, none of which shares a case with another.</summary>
    public static IReadOnlyList<PhantomHospital> All { get; } =
    [
        PhantomHospital.InDistribution with { Id = "phantom-source", CasePrefix = "PSS", Seed = 21_000, CaseCount = 12 },
        PhantomHospital.InDistribution with { Id = "phantom-source-validation", CasePrefix = "PSV", Seed = 22_000, CaseCount = 2 },
        PhantomHospital.NonContrast with { Id = "phantom-target", CasePrefix = "PTT", Seed = 23_000, CaseCount = 12 },
        PhantomHospital.NonContrast with { Id = "phantom-target-validation", CasePrefix = "PTV", Seed = 24_000, CaseCount = 2 },
        PhantomHospital.NonContrast with { Id = "phantom-target-test", CasePrefix = "PTX", Seed = 25_000, CaseCount = 4 },
    ];

    /// <summary>Writes the datasets and a manifest of them; what is there of the same name is written anew.</summary>
    /// <param name="folder">Where; made if absent.</param>
    /// <param name="progress">Told the id of each case when it is written; may come from any thread.</param>
    /// <returns>Path of the manifest.</returns>
    public static string Write(string folder, IProgress<string> progress)
    {
        foreach (var hospital in All)
        {
            PhantomWriter.Write(Path.Combine(folder, "datasets", hospital.Id), hospital, progress: progress);
        }

        var manifest = Path.Combine(folder, "datasets.manifest");
        File.WriteAllText(manifest, DemoManifest.Text(All, StructureTissues.All.Count, "touchstone transfer phantoms"));
        return manifest;
    }
}
