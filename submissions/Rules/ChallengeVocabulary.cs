using Touchstone.Submissions.Yaml;

namespace Touchstone.Submissions;

/// <summary>The names that a challenge file may use, told by whoever knows the metrics.</summary>
public sealed record ChallengeVocabulary
{
    /// <summary>Canonical structures by label numbering.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyCollection<string>> Labels { get; init; }

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

        if (challenge.Labels.Length == 0)
        {
            return;
        }

        if (!Labels.TryGetValue(challenge.Labels, out var structures))
        {
            fields.Note("labels", $"there is no numbering \"{challenge.Labels}\". Known: {string.Join(", ", Labels.Keys)}.");
            return;
        }

        foreach (var structure in challenge.Structures.Where(structure => !structures.Contains(structure)))
        {
            fields.Note("structures", $"\"{structure}\" is no structure of {challenge.Labels}: {string.Join(", ", structures)}.");
        }
    }
}
