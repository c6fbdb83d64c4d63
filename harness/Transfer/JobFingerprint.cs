using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Touchstone.Harness.Datasets;

namespace Touchstone.Harness.Transfer;

/// <summary>
/// Hashes of everything that a study's definition says about a job, by part. Two definitions of one name differ in a
/// part, which messages can name. Pure.
/// </summary>
internal static class JobFingerprint
{
    /// <summary>The part that says how cases are named inside; absent in results of earlier builds.</summary>
    public const string NamesPart = "names";

    /// <summary>The parts, in ordinal order of their names.</summary>
    /// <param name="job">The job.</param>
    /// <param name="image">Digest of the image; empty for an import.</param>
    /// <param name="needsGpu">Whether it gets a GPU.</param>
    /// <param name="initial">What it starts from: the fingerprint of a job, the hash of files, or empty for nothing.</param>
    /// <param name="names">By which rule its cases are named inside; null for that of earlier builds, which have no such part.</param>
    public static IReadOnlyDictionary<string, string> Of(
        PlannedJob job, string image, bool needsGpu, string initial, string? names)
    {
        var limits = job.Limits;
        var parts = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["command"] = Hash(job.Backbone.Command),
            ["gpu"] = needsGpu ? "yes" : "no",
            ["image"] = image.Length > 0 ? image : "none",
            ["initial"] = initial.Length > 0 ? initial : "none",
            ["limits"] = Hash(Line(
                limits.WallTime.TotalSeconds, limits.GraceTime.TotalSeconds, limits.MemoryBytes, limits.Cpus, limits.ProcessCount,
                limits.OutputBytes, limits.TemporaryBytes, limits.SharedMemoryBytes)),
            ["metrics"] = job.Task is null ? "none" : Line(job.Task.Protocol, job.Task.ToleranceMm),
            ["seed"] = Line(job.Seed),
            ["settings"] = Hash(string.Join('\n', job.Settings.Select(one => $"{one.Key}={one.Value}"))),
            ["structures"] = Hash(string.Join('\n', job.Structures)),
            ["test"] = Cases(job.Test),
            ["training"] = Cases(job.Training),
            ["validation"] = Cases(job.Validation),
        };
        if (names is not null)
        {
            parts[NamesPart] = names;
        }

        return parts;
    }

    /// <summary>One hash of all parts.</summary>
    /// <param name="parts">The parts.</param>
    public static string Whole(IReadOnlyDictionary<string, string> parts) =>
        Hash(string.Join('\n', parts.OrderBy(part => part.Key, StringComparer.Ordinal).Select(part => $"{part.Key}={part.Value}")));

    private static string Cases(IReadOnlyList<DatasetCase> cases) =>
        Hash(string.Join('\n', cases.Select(one => Line(one.Dataset, one.Id, one.ReferenceVersion))));

    private static string Line(params ReadOnlySpan<object> facts) =>
        string.Join(' ', facts.ToArray().Select(fact => Convert.ToString(fact, CultureInfo.InvariantCulture)));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
