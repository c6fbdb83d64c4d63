using System.Text.Json;
using Touchstone.Evaluators;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Sandbox;
using Touchstone.Leaderboard.Transfer;
using Touchstone.Submissions;

namespace Touchstone.Harness.Transfer;

/// <summary>
/// The contract of training containers (submissions/TRAINING.md) as files: what one is given and what is taken from it.
/// </summary>
internal static class TrainingFiles
{
    /// <summary>Place of the log below the folder of accepted files.</summary>
    public const string Log = "log.csv";

    private const string Test = "test/";
    private const string Model = "model/";

    /// <summary>Everything that goes in and out.</summary>
    /// <param name="job">The job.</param>
    /// <param name="names">Names of its cases inside.</param>
    /// <param name="initial">What it starts from; empty for nothing.</param>
    /// <param name="limits">What it may use here.</param>
    /// <param name="needsGpu">Whether it gets a GPU.</param>
    /// <param name="ctOf">The CT of a case as <c>.nii.gz</c>.</param>
    /// <exception cref="DatasetFaultException">A mask of a case cannot be given.</exception>
    public static JobFiles Of(
        PlannedJob job, InsideNames names, IReadOnlyList<InputFile> initial, SandboxLimits limits, bool needsGpu,
        Func<DatasetCase, string> ctOf)
    {
        var expected = names.Test.ToDictionary(
            name => name, name => new ExpectedOutputs(SubmissionLayout.Folder, name, job.Structures));
        var isTested = job.Key.Kind == JobKind.Cell;
        return new JobFiles
        {
            Inputs =
            [
                new InputFile("job.json", null, Description(job, limits, needsGpu)),
                .. job.Training.Zip(names.Training).SelectMany(pair => Annotated($"training/{pair.Second}", pair.First, job, ctOf)),
                .. job.Validation.Zip(names.Validation).SelectMany(pair => Annotated($"validation/{pair.Second}", pair.First, job, ctOf)),
                .. job.Test.Zip(names.Test, (one, name) => Ct($"test/{name}", ctOf(one))),
                .. initial,
            ],
            Accept = path => Accept(path, expected),
            Counts = path => path.StartsWith(isTested ? Test : Model, StringComparison.Ordinal),
            Description = isTested ? "outputs/test/<case>/segmentations/<structure>.nii.gz" : "outputs/model/…",
            OutputInodes = SandboxProfile.OutputInodes + (job.Test.Count * (job.Structures.Count + 8)),
        };
    }

    /// <summary>The text of <c>job.json</c>.</summary>
    /// <param name="job">The job.</param>
    /// <param name="limits">What it may use here.</param>
    /// <param name="needsGpu">Whether it gets a GPU.</param>
    public static byte[] Description(PlannedJob job, SandboxLimits limits, bool needsGpu)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", 1);
            json.WriteString("job", job.Key.Name);
            json.WriteString("backbone", job.Backbone.Name);
            json.WriteStartArray("structures");
            foreach (var structure in job.Structures)
            {
                json.WriteStringValue(structure);
            }

            json.WriteEndArray();
            json.WriteNumber("seed", job.Seed);
            json.WriteStartObject("settings");
            foreach (var (name, value) in job.Settings)
            {
                json.WritePropertyName(name);
                json.WriteRawValue(value);
            }

            json.WriteEndObject();
            json.WriteNumber("threads", (int)Math.Ceiling(limits.Cpus));
            json.WriteString("device", needsGpu ? "cuda" : "cpu");
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    /// <summary>Path of a model's file below its folder, out of its path below the output folder; null for another file.</summary>
    /// <param name="path">Path below the output folder.</param>
    public static string? ModelPath(string path) => path.StartsWith(Model, StringComparison.Ordinal) ? path[Model.Length..] : null;

    /// <summary>Folder of a test case's masks below the folder of accepted files.</summary>
    /// <param name="accepted">The folder of accepted files.</param>
    /// <param name="name">The case's name in the container.</param>
    public static string MasksOf(string accepted, string name) => Path.Combine(accepted, "test", name, "segmentations");

    private static string? Accept(string path, Dictionary<string, ExpectedOutputs> expected)
    {
        if (path == Log)
        {
            return Log;
        }

        if (ModelPath(path) is { } file)
        {
            return ModelFiles.Place(file);
        }

        var end = path.IndexOf('/', Math.Min(Test.Length, path.Length));
        return path.StartsWith(Test, StringComparison.Ordinal) && end > 0
            && expected.GetValueOrDefault(path[Test.Length..end])?.Accept(path[Test.Length..]) is { } place
            ? Test + place
            : null;
    }

    private static InputFile Ct(string folder, string path) => new($"{folder}/ct.nii.gz", path);

    private static IEnumerable<InputFile> Annotated(
        string folder, DatasetCase one, PlannedJob job, Func<DatasetCase, string> ctOf)
    {
        yield return Ct(folder, ctOf(one));
        var masks = one.Labels is null ? MasksOf(one) : new Dictionary<string, string>();
        string[] asTheyAre = [.. job.Structures.Where(name => masks.GetValueOrDefault(name)?.EndsWith(".nii.gz", StringComparison.Ordinal) == true)];
        foreach (var structure in asTheyAre)
        {
            yield return new InputFile(Place(structure), masks[structure]);
        }

        foreach (var (structure, nifti) in Encoded(one, [.. job.Structures.Except(asTheyAre)]))
        {
            yield return new InputFile(Place(structure), null, nifti);
        }

        string Place(string structure) => $"{folder}/segmentations/{structure}.nii.gz";
    }

    /// <summary>Canonical names of the structures that a case has reference masks of.</summary>
    /// <param name="one">The case.</param>
    /// <exception cref="DatasetFaultException">They cannot be had.</exception>
    public static IReadOnlyCollection<string> Structures(DatasetCase one) => Reading(one, () => one.ReadReference().FindStructures());

    private static IReadOnlyDictionary<string, string> MasksOf(DatasetCase one) =>
        Reading(one, () => new MaskSource.MaskFolder(one.SegmentationsPath).FindMasks());

    /// <summary>Masks out of label volumes and of other formats, as containers are given them.</summary>
    private static (string Structure, byte[] Nifti)[] Encoded(DatasetCase one, string[] structures) =>
        structures.Length == 0 ? [] : Reading(one, () => MaskFile.Encode(one.ReadReference(), structures).ToArray());

    private static T Reading<T>(DatasetCase one, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (VolumeException fault)
        {
            throw new DatasetFaultException(one.Dataset, one.Id, one.SegmentationsPath, fault);
        }
    }
}
