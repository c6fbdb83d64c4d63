using Touchstone.Submissions.Yaml;

namespace Touchstone.Submissions;

/// <summary>The names that a challenge file may use, told by whoever knows the metrics.</summary>
public sealed record ChallengeVocabulary
{
    /// <summary>Numberings by name: canonical structures by label.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<byte, string>> Labels { get; init; }

    /// <summary>Why a file that a challenge names as its labels cannot be used; null where none was meant.</summary>
    public string? FaultOfLabels { get; init; }

    /// <summary>
    /// What is wrong with the name of a structure beside others that were named before it, in a sentence; null when it is
    /// canonical and cannot be mistaken for one of them.
    /// </summary>
    public required Func<string, IReadOnlyCollection<string>, string?> FaultOfStructure { get; init; }

    /// <summary>What is wrong with a protocol and a tolerance in millimetres; null when they can be used.</summary>
    public required Func<string, double, string?> FaultOfMetrics { get; init; }

    /// <summary>Names of the ranking schemes.</summary>
    public required IReadOnlyCollection<string> Schemes { get; init; }

    internal void Check(Challenge challenge, YamlFields fields)
    {
        if (FaultOfMetrics(challenge.Protocol, challenge.ToleranceMm) is { } fault)
        {
            fields.Note("metrics", fault);
        }

        if (!Schemes.Contains(challenge.Scheme))
        {
            fields.Note("ranking", $"there is no scheme \"{challenge.Scheme}\". Known: {string.Join(", ", Schemes)}.");
        }

        if (challenge.Numbers.Count == 0)
        {
            return; // which is a mistake of "labels"
        }

        foreach (var structure in challenge.Structures.Where(structure => !challenge.Numbers.Values.Contains(structure)))
        {
            var known = string.Join(", ", challenge.Numbers.OrderBy(one => one.Key).Select(one => one.Value));
            fields.Note("structures", $"\"{structure}\" is no structure of {challenge.Labels}: {FaultOfStructure(structure, []) ?? $"{known}."}");
        }
    }
}
