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
    /// <param name="vocabulary">What numberings hold; null to leave <see cref="Challenge.Numbers"/> empty.</param>
    /// <exception cref="SubmissionException"><see cref="SubmissionFault.UnknownChallenge"/>: there is no such challenge.</exception>
    public static Challenge ReadBuiltIn(string id, ChallengeVocabulary? vocabulary = null) =>
        Parse(id, $"{id}.yaml", BuiltInText(id), vocabulary);

    /// <summary>The text of a challenge that comes with Touchstone.</summary>
    /// <param name="id">One of <see cref="BuiltIn"/>.</param>
    /// <exception cref="SubmissionException"><see cref="SubmissionFault.UnknownChallenge"/>: there is no such challenge.</exception>
    public static string BuiltInText(string id)
    {
        using var stream = typeof(ChallengeFile).Assembly.GetManifestResourceStream($"{Prefix}{id}.yaml")
            ?? throw new SubmissionException(
                SubmissionFault.UnknownChallenge,
                $"There is no challenge \"{id}\". Known: {string.Join(", ", BuiltIn)}; or give the path of a challenge file.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
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
        var (protocol, tolerance) = Metrics(fields);
        var (scheme, weights, isBestOfTeam) = Ranking(fields);
        var labels = LabelReader.Read(id, fields, vocabulary);
        var challenge = new Challenge
        {
            Id = id,
            Title = fields.RequiredText("title"),
            Description = fields.RequiredText("description"),
            Labels = labels.Name,
            Numbers = labels.Numbers,
            Facts = labels.Facts,
            Structures = labels.Structures.Count > 0 && fields.Node("structures") is null ? labels.Structures : fields.RequiredTexts("structures"),
            Phases = PhaseReader.Read(fields),
            Protocol = protocol,
            ToleranceMm = tolerance,
            Scheme = scheme,
            Weights = weights,
            ComparesBestOfTeam = isBestOfTeam,
            Timing = Timing(fields),
            TeamSize = fields.Number("team-size", 1),
            Baselines = Baselines(fields),
            AllowsRoot = fields.Choice("root", "refused", "allowed") == "allowed",
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
        };
        fields.NoteRepeats("structures", challenge.Structures);
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

    private static TimingRules Timing(YamlFields challenge)
    {
        if (challenge.Node("timing") is not { } node)
        {
            return new TimingRules();
        }

        var fields = new YamlFields(node, "timing", challenge.Mistakes);
        var isBatch = fields.Choice("protocol", "per-case", "batch") == "batch";
        var cases = fields.Number("batch-cases", 1);
        if (cases is not null && !isBatch)
        {
            fields.Note("batch-cases", "only the protocol \"batch\" gives a container several cases; leave \"batch-cases\" out.");
        }

        var (warmUp, cold) = (fields.Choice("warm-up", "no", "yes") == "yes", fields.Choice("cold", "no", "yes") == "yes");
        if (warmUp && cold)
        {
            fields.Note("cold", "\"warm-up\" reads an image into memory and \"cold\" takes it out again; leave one of them out.");
        }

        var rules = new TimingRules
        {
            Protocol = isBatch ? TimingProtocol.Batch : TimingProtocol.PerCase,
            BatchCases = cases ?? new TimingRules().BatchCases,
            WarmUp = warmUp,
            Cold = cold,
        };
        fields.RejectOthers();
        return rules;
    }

    private static (string Scheme, IReadOnlyDictionary<string, double> Weights, bool IsBestOfTeam) Ranking(YamlFields challenge)
    {
        var weights = new Dictionary<string, double>();
        if (challenge.Node("ranking") is not { } node)
        {
            return ("mean-then-rank", weights, true);
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
        var isBestOfTeam = fields.Choice("entries", "best-of-team", "each") == "best-of-team";
        fields.RejectOthers();
        return (scheme, weights, isBestOfTeam);
    }

    private static BaselineRule Baselines(YamlFields challenge) => challenge.Node("baselines") is YamlNode.List
        ? new BaselineRule(IsShown: true, challenge.Texts("baselines"))
        : new BaselineRule(challenge.Choice("baselines", "yes", "no") == "yes", Only: null);
}
