using Touchstone.Evaluators;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Harness.Datasets;

/// <summary>Compares what lies on this machine with what the manifest promises.</summary>
public static class Verifier
{
    /// <summary>Checks presence, SHA-256, and that every mask lies on its CT's grid.</summary>
    /// <param name="dataset">What to check.</param>
    /// <param name="progress">Told the share of files done, 0 to 1.</param>
    /// <param name="stop">Stops between files.</param>
    public static DatasetVerification Verify(Dataset dataset, Action<double> progress, CancellationToken stop)
    {
        if (dataset.Files is not { } files)
        {
            return new DatasetVerification { Dataset = dataset.Id, Status = VerificationStatus.CatalogueOnly };
        }

        if (!Directory.Exists(files.Root))
        {
            return new DatasetVerification
            {
                Dataset = dataset.Id,
                Status = VerificationStatus.Absent,
                Problems = [$"The folder {files.Root} is absent."],
            };
        }

        var problems = new List<string>();
        try
        {
            var cases = CaseList.Read(dataset);
            var masks = cases.Sum(one => CheckGrids(one, problems, stop));
            var checkedFiles = CheckSums(files, cases, problems, progress, stop);
            return new DatasetVerification
            {
                Dataset = dataset.Id,
                Status = problems.Count == 0 ? VerificationStatus.Verified : VerificationStatus.Faulty,
                Cases = cases.Count,
                Masks = masks,
                Files = checkedFiles,
                Problems = problems,
            };
        }
        catch (Exception fault) when (fault is FileNotFoundException or MistakesException)
        {
            return new DatasetVerification
            {
                Dataset = dataset.Id,
                Status = VerificationStatus.Faulty,
                Problems = [fault.Message],
            };
        }
    }

    private static int CheckGrids(DatasetCase one, List<string> problems, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        if (Geometry(one.CtPath, problems) is not { } ct)
        {
            return 0;
        }

        if (!Directory.Exists(one.SegmentationsPath))
        {
            problems.Add($"{one.SegmentationsPath} is absent: the case has no reference masks.");
            return 0;
        }

        var masks = Directory.GetFiles(one.SegmentationsPath, "*.nii.gz").Order(StringComparer.Ordinal).ToList();
        foreach (var path in masks)
        {
            CheckGrid(ct, path, problems);
        }

        return masks.Count;
    }

    private static void CheckGrid(Geometry ct, string path, List<string> problems)
    {
        try
        {
            GeometryAgreement.Require(ct, VolumeFile.ReadGeometry(path));
        }
        catch (VolumeException fault)
        {
            problems.Add($"{path} does not lie on its CT's grid: {fault.Message}");
        }
    }

    private static Geometry? Geometry(string path, List<string> problems)
    {
        try
        {
            return VolumeFile.ReadGeometry(path);
        }
        catch (VolumeException fault)
        {
            problems.Add($"{path}: {fault.Message}");
            return null;
        }
    }

    private static int CheckSums(
        DatasetFiles files,
        IReadOnlyList<DatasetCase> cases,
        List<string> problems,
        Action<double> progress,
        CancellationToken stop)
    {
        if (files.Checksums is null)
        {
            return 0;
        }

        var sums = ChecksumFile.Read(files.Checksums);
        foreach (var (index, (path, expected)) in sums.Index())
        {
            stop.ThrowIfCancellationRequested();
            var full = Path.Combine(files.Root, path);
            if (!File.Exists(full))
            {
                problems.Add($"{full} is absent.");
            }
            else if (FileHash.Of(full) is var actual && actual != expected)
            {
                problems.Add($"{full} has changed: its SHA-256 is {actual}, {expected} was promised.");
            }

            progress((index + 1.0) / sums.Count);
        }

        problems.AddRange(cases
            .SelectMany(FilesOf)
            .Select(full => Path.GetRelativePath(files.Root, full))
            .Where(path => !sums.ContainsKey(path))
            .Select(path => $"{Path.Combine(files.Root, path)} is not in {files.Checksums}."));
        return sums.Count;
    }

    private static IEnumerable<string> FilesOf(DatasetCase one) =>
        (Directory.Exists(one.SegmentationsPath) ? Directory.GetFiles(one.SegmentationsPath, "*.nii.gz") : [])
        .Append(one.CtPath).Where(File.Exists).Order(StringComparer.Ordinal);
}
