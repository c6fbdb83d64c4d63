using System.Security.Cryptography;
using System.Text;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Submissions;

/// <summary>Reads challenge files: those that come with Touchstone, by id, and an organiser's own, by path.</summary>
public static class ChallengeFile
{
    private const string Prefix = "challenges/";

    /// <summary>Ids of the challenges that come with Touchstone, in alphabetical order.</summary>
    public static IReadOnlyList<string> BuiltIn { get; } =
    [
        .. typeof(ChallengeFile).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => Path.GetFileNameWithoutExtension(name[Prefix.Length..]))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Reads a challenge that comes with Touchstone.</summary>
    /// <param name="id">One of <see cref="BuiltIn"/>.</param>
    /// <exception cref="SubmissionException"><see cref="SubmissionFault.UnknownChallenge"/>: there is no such challenge.</exception>
    public static Challenge ReadBuiltIn(string id)
    {
        using var stream = typeof(ChallengeFile).Assembly.GetManifestResourceStream($"{Prefix}{id}.yaml")
            ?? throw new SubmissionException(
                SubmissionFault.UnknownChallenge,
                $"There is no challenge \"{id}\". Known: {string.Join(", ", BuiltIn)}; or give the path of a challenge file.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return Parse(id, $"{id}.yaml", reader.ReadToEnd());
    }

    /// <summary>Reads the text of a challenge file.</summary>
    /// <param name="id">The file's name without extension.</param>
    /// <param name="file">How messages name the file.</param>
    /// <param name="text">Its content.</param>
    /// <param name="vocabulary">What the file may name; null to leave names unchecked.</param>
    /// <exception cref="MistakesException">The file has mistakes; all of them are listed.</exception>
    public static Challenge Parse(string id, string file, string text, ChallengeVocabulary? vocabulary = null)
    {
        var mistakes = new List<Mistake>();
        var challenge = YamlNode.Parse(text, mistakes) is { } root
            ? Read(id, new YamlFields(root, "challenge", mistakes), text, vocabulary)
            : null;
        return challenge is null || mistakes.Count > 0 ? throw new MistakesException(file, mistakes) : challenge;
    }

    private static Challenge Read(string id, YamlFields fields, string text, ChallengeVocabulary? vocabulary)
    {
        var limits = Limits(fields, out var imageBytes);
        var (protocol, tolerance) = Metrics(fields);
        var (scheme, weights) = Ranking(fields);
        var challenge = new Challenge
        {
            Id = id,
            Title = fields.RequiredText("title"),
            Description = fields.RequiredText("description"),
            Labels = fields.RequiredText("labels"),
            Structures = fields.RequiredTexts("structures"),
            Datasets = fields.RequiredTexts("datasets"),
            Protocol = protocol,
            ToleranceMm = tolerance,
            Scheme = scheme,
            Weights = weights,
            Limits = limits,
            ImageBytes = imageBytes,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
        };
        NoteRepeats(fields, "structures", challenge.Structures);
        NoteRepeats(fields, "datasets", challenge.Datasets);
        if (challenge.Structures.Count > 0 && challenge.Structures.All(name => weights.GetValueOrDefault(name, 1) == 0))
        {
            fields.Note("ranking", "at least one structure must weigh more than 0.");
        }

        foreach (var other in weights.Keys.Except(challenge.Structures))
        {
            fields.Note("ranking", $"\"{other}\" has a weight, but is none of the structures.");
        }

        fields.RejectOthers();
        vocabulary?.Check(challenge, fields);
        return challenge;
    }

    private static (string Protocol, double ToleranceMm) Metrics(YamlFields challenge)
    {
        if (challenge.Node("metrics") is not { } node)
        {
            return ("surface-distance", 1);
        }

        var fields = new YamlFields(node, "metrics", challenge.Mistakes);
        var read = (fields.Text("protocol") ?? "surface-distance", fields.Number("tolerance-mm", 0.0) ?? 1);
        fields.RejectOthers();
        return read;
    }

    private static (string Scheme, IReadOnlyDictionary<string, double> Weights) Ranking(YamlFields challenge)
    {
        var weights = new Dictionary<string, double>();
        if (challenge.Node("ranking") is not { } node)
        {
            return ("mean-then-rank", weights);
        }

        var fields = new YamlFields(node, "ranking", challenge.Mistakes);
        if (fields.Node("weights") is { } group)
        {
            var entries = new YamlFields(group, "weights", challenge.Mistakes);
            foreach (var key in (group as YamlNode.Map)?.Items.Select(item => item.Key) ?? [])
            {
                weights[key] = entries.Number(key, 0.0) ?? 1;
            }
        }

        var scheme = fields.Text("scheme") ?? "mean-then-rank";
        fields.RejectOthers();
        return (scheme, weights);
    }

    private static SandboxLimits Limits(YamlFields challenge, out long imageBytes)
    {
        var defaults = new SandboxLimits();
        imageBytes = 40L << 30;
        if (challenge.Node("limits") is not { } node)
        {
            return defaults;
        }

        var fields = new YamlFields(node, "limits", challenge.Mistakes);
        imageBytes = Megabytes(fields, "image-mb", imageBytes);
        var limits = new SandboxLimits
        {
            WallTime = fields.Number("wall-seconds", 1.0) is { } seconds ? TimeSpan.FromSeconds(seconds) : defaults.WallTime,
            MemoryBytes = Megabytes(fields, "memory-mb", defaults.MemoryBytes),
            Cpus = fields.Number("cpus", 0.1) ?? defaults.Cpus,
            ProcessCount = fields.Number("processes", 1) ?? defaults.ProcessCount,
            OutputBytes = Megabytes(fields, "output-mb", defaults.OutputBytes),
            TemporaryBytes = Megabytes(fields, "temporary-mb", defaults.TemporaryBytes),
            SharedMemoryBytes = Megabytes(fields, "shared-memory-mb", defaults.SharedMemoryBytes),
        };
        fields.RejectOthers();
        return limits;
    }

    private static long Megabytes(YamlFields fields, string key, long otherwise) =>
        fields.Number(key, 1L) is { } megabytes ? checked(megabytes << 20) : otherwise;

    private static void NoteRepeats(YamlFields fields, string key, IReadOnlyList<string> texts)
    {
        foreach (var text in texts.CountBy(text => text).Where(count => count.Value > 1))
        {
            fields.Note(key, $"\"{text.Key}\" is listed {text.Value} times in \"{key}\".");
        }
    }
}
