using Touchstone.Evaluators;
using Touchstone.Leaderboard;

namespace Touchstone.Harness.Datasets;

/// <summary>What the verification of one case found.</summary>
internal sealed record CaseVerification
{
    private const int MostOverlaps = 10;

    /// <summary>The case.</summary>
    public required DatasetCase Case { get; init; }

    /// <summary>Masks that were read to their last byte.</summary>
    public int Masks { get; init; }

    /// <summary>Structures that there are masks of, as their files are called.</summary>
    public IReadOnlyList<string> Structures { get; init; } = [];

    /// <summary>What is wrong, a line each that names the file.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>What is only odd, a line each that names the file.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Reads every byte of a case's CT and masks. No volume is held, only the runs of the masks.</summary>
    /// <param name="one">The case.</param>
    /// <param name="finished">Told of each file that is done.</param>
    public static CaseVerification Of(DatasetCase one, Action<string> finished)
    {
        var (problems, warnings) = (new List<string>(), new List<string>());
        var ct = CheckCt(one.CtPath, problems, warnings);
        finished(one.CtPath);
        var found = new CaseVerification { Case = one, Problems = problems, Warnings = warnings };
        if (!Path.Exists(one.SegmentationsPath))
        {
            problems.Add($"{one.SegmentationsPath} is absent: the case has no reference masks.");
            return found;
        }

        try
        {
            return one.ReadReference() is MaskSource.LabelFile volume
                ? found with { Masks = 1, Structures = CheckLabels(volume, ct, finished, problems, warnings) }
                : CheckFolder(found, ct, finished, problems, warnings);
        }
        catch (Exception fault) when (fault is VolumeException or IOException or UnauthorizedAccessException)
        {
            problems.Add($"{one.SegmentationsPath}: {fault.Message}");
            return found;
        }
    }

    private static CaseVerification CheckFolder(
        CaseVerification found, Geometry? ct, Action<string> finished, List<string> problems, List<string> warnings)
    {
        var folder = found.Case.SegmentationsPath;
        var masks = new MaskSource.MaskFolder(folder).FindMasks();
        if (masks.Count == 0)
        {
            problems.Add($"{folder} holds no mask.");
        }

        CheckMasks(folder, MaskInspection.Of(masks, ct, finished), problems, warnings);
        return found with { Masks = masks.Count, Structures = [.. masks.Keys] };
    }

    private static IReadOnlyList<string> CheckLabels(
        MaskSource.LabelFile volume, Geometry? ct, Action<string> finished, List<string> problems, List<string> warnings)
    {
        CheckMasks(volume.Path, MaskInspection.Of(volume, ct, out var others), problems, warnings);
        finished(volume.Path);
        warnings.AddRange(others.OrderBy(label => label.Key).Select(label =>
            $"{volume.Path}: label {label.Key} of {Counted.Of(label.Value, "voxel")} means nothing in {volume.Labels.Name}."));
        return [.. volume.FindStructures()];
    }

    /// <summary>Damage further on does not make a header worthless: the masks are held to it all the same.</summary>
    private static Geometry? CheckCt(string path, List<string> problems, List<string> warnings)
    {
        Geometry? ct = null;
        try
        {
            ct = VolumeFile.ReadGeometry(path);
            if (HeaderDoubts.Of(ct) is { } doubt)
            {
                warnings.Add($"{path}: {doubt}");
            }

            VolumeFile.RequireWhole(path);
        }
        catch (Exception fault) when (fault is VolumeException or IOException or UnauthorizedAccessException)
        {
            problems.Add($"{path}: {fault.Message}");
        }

        return ct;
    }

    private static void CheckMasks(string folder, MaskInspection found, List<string> problems, List<string> warnings)
    {
        problems.AddRange(found.Faults.Select(fault =>
            fault.Value.Fault is VolumeFault.WrongShape or VolumeFault.WrongAffine
                ? $"{fault.Key} does not lie on its CT's grid: {fault.Value.Message}"
                : $"{fault.Key}: {fault.Value.Message}"));

        // The masks of a case mostly come out of one program and have the same header: one line for all of them.
        warnings.AddRange(found.Doubts.GroupBy(one => one.Value, one => one.Key).Select(same =>
            $"{same.First()}{(same.Count() > 1 ? $" and {Counted.Of(same.Count() - 1, "more mask")} of the case" : "")}: {same.Key}"));
        warnings.AddRange(found.Overlaps.Take(MostOverlaps).Select(pair =>
            $"{folder}: {pair.First} and {pair.Second} overlap in {Counted.Of(pair.Voxels, "voxel")}."));
        if (found.Overlaps.Count > MostOverlaps)
        {
            warnings.Add($"{folder}: {Counted.Of(found.Overlaps.Count - MostOverlaps, "more pair")} of masks overlap.");
        }
    }
}
