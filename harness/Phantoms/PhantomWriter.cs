using System.Globalization;
using System.Text;
using Touchstone.Evaluators;
using Touchstone.Harness.Datasets;

namespace Touchstone.Harness.Phantoms;

/// <summary>
/// Writes a hospital's cases in the AbdomenAtlas layout with a case list (<c>cases.csv</c>) and checksums
/// (<c>checksums.sha256</c>, as <c>sha256sum</c> writes and checks them).
/// </summary>
public static class PhantomWriter
{
    private const string Header =
        "case,distribution,sex,age,manufacturer,institute,phase,spacing_x_mm,spacing_y_mm,spacing_z_mm,orientation";

    /// <summary>Makes and writes the cases, replacing files of the same names.</summary>
    /// <param name="rootFolder">Folder of this hospital alone; made if absent.</param>
    /// <param name="hospital">Whose cases.</param>
    /// <param name="caseCount">How many; null for the hospital's own number.</param>
    /// <param name="progress">Told the id of each case when it is written; may come from any thread.</param>
    /// <returns>The case ids in order.</returns>
    public static IReadOnlyList<string> Write(
        string rootFolder, PhantomHospital hospital, int? caseCount = null, IProgress<string>? progress = null)
    {
        var count = caseCount ?? hospital.CaseCount;
        var rows = new (string Id, string Row, string[] Checksums)[count];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, index =>
        {
            var phantom = PhantomCase.Make(hospital, index + 1);
            rows[index] = (phantom.Id, RowOf(phantom, hospital), [.. WriteCase(rootFolder, phantom)]);
            progress?.Report(phantom.Id);
        });

        WriteText(rootFolder, "cases.csv", [Header, .. rows.Select(row => row.Row)]);
        var checksums = rows.SelectMany(row => row.Checksums).Append(Checksum(rootFolder, "cases.csv"));
        WriteText(rootFolder, "checksums.sha256", checksums.OrderBy(line => line[66..], StringComparer.Ordinal));
        return [.. rows.Select(row => row.Id)];
    }

    private static IEnumerable<string> WriteCase(string rootFolder, PhantomCase phantom)
    {
        Directory.CreateDirectory(Path.Combine(rootFolder, phantom.Id, "segmentations"));
        var ct = $"{phantom.Id}/ct.nii.gz";
        NiftiWriter.Write(Path.Combine(rootFolder, ct), phantom.Geometry, phantom.Hounsfield);
        yield return Checksum(rootFolder, ct);
        foreach (var structure in StructureTissues.All.Keys)
        {
            var mask = $"{phantom.Id}/segmentations/{structure}.nii.gz";
            NiftiWriter.Write(Path.Combine(rootFolder, mask), phantom.Geometry, phantom.Mask(structure));
            yield return Checksum(rootFolder, mask);
        }
    }

    private static string RowOf(PhantomCase phantom, PhantomHospital hospital)
    {
        var (scanner, patient, spacing) = (hospital.Scanner, phantom.Patient, phantom.Geometry.Grid.SpacingMm);
        return string.Join(
            ',',
            phantom.Id,
            hospital.IsInDistribution ? "iid" : "ood",
            patient.IsMale ? "M" : "F",
            Text(patient.Age),
            scanner.Manufacturer,
            hospital.Institute,
            NameOf(scanner.Phase),
            Text(spacing.X),
            Text(spacing.Y),
            Text(spacing.Z),
            scanner.Orientation);
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static string NameOf(ContrastPhase phase) => phase switch
    {
        ContrastPhase.NonContrast => "non_contrast",
        ContrastPhase.PortalVenous => "portal_venous",
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "This phase has no name in case lists."),
    };

    private static string Checksum(string rootFolder, string path) => $"{FileHash.Of(Path.Combine(rootFolder, path))}  {path}";

    private static void WriteText(string rootFolder, string name, IEnumerable<string> lines) =>
        File.WriteAllText(Path.Combine(rootFolder, name), string.Join('\n', lines) + '\n', new UTF8Encoding(false));
}
