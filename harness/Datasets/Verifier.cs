using Touchstone.Evaluators;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Harness.Datasets;

/// <summary>Compares what lies on this machine with what the manifest promises.</summary>
public static class Verifier
{
    private const int MostNames = 10;

    /// <summary>
    /// Reads every byte of every case: presence, checksums inside the files, masks that are masks and lie on their CT's grid, and the
    /// SHA-256 that the manifest promises.
    /// </summary>
    /// <param name="dataset">What to check.</param>
    /// <param name="structures">Canonical names of the structures that any challenge knows.</param>
    /// <param name="progress">Told the share of bytes done, 0 to 1, from any thread.</param>
    /// <param name="stop">Stops between cases.</param>
    public static DatasetVerification Verify(
        Dataset dataset, IReadOnlySet<string> structures, Action<double> progress, CancellationToken stop)
    {
        if (dataset.Files is not { } files)
        {
            return new DatasetVerification { Dataset = dataset.Id, Status = VerificationStatus.CatalogueOnly };
        }

        if (!Directory.Exists(files.Root))
        {
            return Failed(dataset, VerificationStatus.Absent, $"The folder {files.Root} is absent.");
        }

        try
        {
            return Verify(dataset, files, structures, progress, stop);
        }
        catch (Exception fault) when (fault is MistakesException or IOException or UnauthorizedAccessException)
        {
            return Failed(dataset, VerificationStatus.Faulty, fault.Message);
        }
    }

    private static DatasetVerification Verify(
        Dataset dataset, DatasetFiles files, IReadOnlySet<string> structures, Action<double> progress, CancellationToken stop)
    {
        var cases = CaseList.Read(dataset);
        var sums = files.Checksums is { } list ? ChecksumFile.Read(list) : new Dictionary<string, string>();
        var bytes = new ByteProgress(
            cases.SelectMany(FilesOf).Concat(sums.Keys.Select(path => Path.Combine(files.Root, path))), progress);
        var found = cases.AsParallel().AsOrdered().WithCancellation(stop)
            .Select(one => CaseVerification.Of(one, bytes.Finish)).ToList();
        string[] problems = [.. found.SelectMany(one => one.Problems), .. CheckSums(files, cases, sums, bytes, stop)];
        return new DatasetVerification
        {
            Dataset = dataset.Id,
            Status = problems.Length == 0 ? VerificationStatus.Verified : VerificationStatus.Faulty,
            Cases = cases.Count,
            Masks = found.Sum(one => one.Masks),
            Files = sums.Count,
            Problems = problems,
            Warnings = [.. found.SelectMany(one => one.Warnings), .. Unknown(found, structures)],
        };
    }

    private static DatasetVerification Failed(Dataset dataset, VerificationStatus status, string problem) =>
        new() { Dataset = dataset.Id, Status = status, Problems = [problem] };

    /// <summary>Masks under a name that no challenge has are read by nobody: most likely it is misspelt.</summary>
    private static IEnumerable<string> Unknown(List<CaseVerification> cases, IReadOnlySet<string> structures) => cases
        .SelectMany(one => one.Structures.Where(name => !structures.Contains(name)).Select(name => (Name: name, one.Case.Id)))
        .GroupBy(mask => mask.Name, mask => mask.Id)
        .Select(mask => $"No challenge knows the structure {mask.Key}, of which there are masks: {Names([.. mask])}.");

    private static string Names(IReadOnlyList<string> cases) => cases.Count <= MostNames
        ? string.Join(", ", cases)
        : $"{string.Join(", ", cases.Take(MostNames))} and {cases.Count - MostNames} more";

    private static List<string> CheckSums(
        DatasetFiles files,
        IReadOnlyList<DatasetCase> cases,
        IReadOnlyDictionary<string, string> sums,
        ByteProgress bytes,
        CancellationToken stop)
    {
        var problems = new List<string>();
        foreach (var (path, expected) in sums)
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

            bytes.Finish(full);
        }

        problems.AddRange(files.Checksums is null ? [] : cases
            .SelectMany(FilesOf)
            .Select(full => Path.GetRelativePath(files.Root, full))
            .Where(path => !sums.ContainsKey(path))
            .Select(path => $"{Path.Combine(files.Root, path)} is not in {files.Checksums}."));
        return problems;
    }

    /// <summary>The CT and the reference masks of a case, of those that are there, ordered by path.</summary>
    /// <param name="one">The case.</param>
    internal static IEnumerable<string> FilesOf(DatasetCase one) => MasksOf(one)
        .Append(one.CtPath).Where(File.Exists).Order(StringComparer.Ordinal);

    private static IEnumerable<string> MasksOf(DatasetCase one)
    {
        if (one.Labels is not null)
        {
            return [one.SegmentationsPath];
        }

        try
        {
            return new MaskSource.MaskFolder(one.SegmentationsPath).FindMasks().Values;
        }
        catch (VolumeException)
        {
            return []; // said of the case already
        }
    }

    /// <summary>The share of bytes that are read, of files that are read twice twice.</summary>
    private sealed class ByteProgress(IEnumerable<string> files, Action<double> tell)
    {
        private readonly double _all = Math.Max(1, files.Sum(LengthOf));
        private long _done;

        /// <summary>Counts a file.</summary>
        public void Finish(string file) => tell(Math.Min(1, Interlocked.Add(ref _done, LengthOf(file)) / _all));

        private static long LengthOf(string file) => File.Exists(file) ? new FileInfo(file).Length : 0;
    }
}
