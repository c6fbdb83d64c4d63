using System.Globalization;

namespace Touchstone.Submissions;

/// <summary>One rule of a challenge, for readers and for comparing two versions.</summary>
/// <param name="Phase">The phase that it is of; null for all.</param>
/// <param name="Key">What is ruled, by the name that it has in challenge files.</param>
/// <param name="Value">The rule in words.</param>
/// <param name="IsLiving">Whether it may be amended: whether it changes neither what is run nor what comes of it.</param>
public sealed record RuleLine(string? Phase, string Key, string Value, bool IsLiving)
{
    /// <summary>Where it stands, such as <c>closes of phase final</c>.</summary>
    public string Place => Phase is null ? Key : $"{Key} of phase {Phase}";
}

/// <summary>A rule that differs between two versions of a challenge.</summary>
/// <param name="Place">Which.</param>
/// <param name="Before">The rule in words; null where there was none.</param>
/// <param name="After">The same afterwards.</param>
public sealed record RuleChange(string Place, string? Before, string? After)
{
    /// <inheritdoc/>
    public override string ToString() => (Before, After) switch
    {
        (null, _) => $"{Place}: {After} (new)",
        (_, null) => $"{Place}: {Before} (gone)",
        _ => $"{Place}: {Before} → {After}",
    };
}

/// <summary>The rules of a challenge line by line: everything that its file can say.</summary>
public static class RuleLines
{
    private const string None = "none";

    /// <summary>Every rule, in the order in which people ask for them.</summary>
    /// <param name="challenge">The challenge.</param>
    public static IReadOnlyList<RuleLine> Of(Challenge challenge) =>
    [
        Living("title", challenge.Title),
        Living("description", challenge.Description),
        Fixed("labels", challenge.Labels == challenge.Id ? "its own" : challenge.Labels),
        Fixed("structures", string.Join(", ", challenge.Structures.Select(name => Numbered(challenge, name)))),
        Living("captions", Captions(challenge)),
        Fixed("hard", string.Join(", ", challenge.Facts.Where(one => one.Value.IsHard is not null)
            .Select(one => $"{one.Key} {(one.Value.IsHard == true ? "yes" : "no")}")) is { Length: > 0 } hard ? hard : None),
        Fixed("metrics", Words($"{challenge.Protocol}, NSD at {challenge.ToleranceMm} mm")),
        Fixed("ranking", challenge.Scheme),
        Fixed("entries", challenge.ComparesBestOfTeam ? "of a team its best is compared with those of others" : "each is compared with every other"),
        Fixed("weights", challenge.Weights.Count == 0 ? "1 each"
            : string.Join(", ", challenge.Weights.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => Words($"{one.Key} {one.Value}")))),
        Fixed("timing", Timing(challenge.Timing)),
        Fixed("root", challenge.AllowsRoot ? "allowed" : "refused"),
        Living("team-size", challenge.TeamSize is { } size ? Words($"at most {size}") : "any number"),
        Living("baselines", !challenge.Baselines.IsShown ? None : challenge.Baselines.Only is { } only ? string.Join(", ", only) : "all"),
        .. challenge.Phases.SelectMany(Of),
    ];

    /// <summary>What differs between two versions, and what of it may not be amended.</summary>
    /// <param name="before">The rules that hold.</param>
    /// <param name="after">Other ones of the same challenge.</param>
    /// <returns>Every change, and those that would change what is run or what comes of it.</returns>
    public static (IReadOnlyList<RuleChange> Changes, IReadOnlyList<RuleChange> Refused) Compare(Challenge before, Challenge after)
    {
        var (old, now) = (Of(before).ToDictionary(line => line.Place), Of(after).ToDictionary(line => line.Place));
        var known = before.Phases.Select(phase => phase.Name).ToHashSet();
        var (changes, refused) = (new List<RuleChange>(), new List<RuleChange>());
        foreach (var place in old.Keys.Union(now.Keys))
        {
            var (was, becomes) = (old.GetValueOrDefault(place), now.GetValueOrDefault(place));
            if (was?.Value == becomes?.Value)
            {
                continue;
            }

            var change = new RuleChange(place, was?.Value, becomes?.Value);
            var isNewPhase = was is null && becomes?.Phase is { } phase && !known.Contains(phase);
            changes.Add(change);
            if (!isNewPhase && (was ?? becomes)!.IsLiving is false || becomes is null)
            {
                refused.Add(change);
            }
        }

        return (changes, refused);
    }

    private static IEnumerable<RuleLine> Of(ChallengePhase phase)
    {
        var limits = phase.Limits;
        return
        [
            Fixed("datasets", string.Join(", ", phase.Datasets)),
            Fixed("logs", phase.Logs == LogPolicy.Open ? "open" : "private"),
            Living("opens", phase.Opens is { } opens ? ChallengePhase.Show(opens) : "always open"),
            Living("closes", phase.Closes is { } closes ? ChallengePhase.Show(closes) : "never"),
            Living("quota of valid entries", Quota(phase.Quota.Valid)),
            Living("quota of attempts", Quota(phase.Quota.Attempts)),
            Living("board", phase.ShowsBoard ? "shown" : "hidden"),
            Living("embargo", phase.Embargo switch
            {
                null => None,
                { Until: { } until } => $"until {ChallengePhase.Show(until)}",
                _ => "until released",
            }),
            Fixed("time", phase.TimeRule switch
            {
                TimeRule.Fixed => Words($"{limits.WallTime.TotalSeconds} s a case"),
                TimeRule.BodyMaps => "spacing × slices − 50 s a case, at least 10 s (bodymaps)",
            }),
            Fixed("grace", Words($"{limits.GraceTime.TotalSeconds} s between SIGTERM and SIGKILL")),
            Fixed("memory", Words($"{limits.MemoryBytes >> 20} MiB, no swap")),
            Fixed("cores", Words($"{limits.Cpus}")),
            Fixed("processes", Words($"{limits.ProcessCount}")),
            Fixed("output", Words($"{limits.OutputBytes >> 20} MiB")),
            Fixed("temporary files", Words($"{limits.TemporaryBytes >> 20} MiB in /tmp and as much in $HOME")),
            Fixed("shared memory", Words($"{limits.SharedMemoryBytes >> 20} MiB in /dev/shm")),
            Fixed("image", Words($"{phase.ImageBytes >> 20} MiB unpacked")),
        ];

        RuleLine Fixed(string key, string value) => new(phase.Name, key, value, IsLiving: false);
        RuleLine Living(string key, string value) => new(phase.Name, key, value, IsLiving: true);
    }

    private static string Numbered(Challenge challenge, string structure) =>
        challenge.Numbers.FirstOrDefault(one => one.Value == structure) is { Value: not null } label
            ? Words($"{structure} ({label.Key})") : structure;

    private static string Captions(Challenge challenge) => challenge.Facts.Count == 0 ? None : string.Join("; ", challenge.Facts
        .OrderBy(one => one.Key, StringComparer.Ordinal)
        .Select(one => $"{one.Key}: {string.Join(", ", new[] { one.Value.Caption, one.Value.Group, one.Value.Colour }.OfType<string>())}"));

    private static string Timing(TimingRules timing) => (timing.Protocol == TimingProtocol.PerCase
            ? "a fresh container for every case" : Words($"one container for up to {timing.BatchCases} cases, each with an equal part of its time"))
        + (timing.WarmUp ? ", after an unscored run" : "") + (timing.Cold ? ", image files out of memory" : "");

    private static string Quota(QuotaBounds bounds)
    {
        string[] parts =
        [
            .. bounds.PerDay is { } day ? [Words($"{day} a day")] : Array.Empty<string>(),
            .. bounds.PerWeek is { } week ? [Words($"{week} a week")] : Array.Empty<string>(),
            .. bounds.PerPhase is { } whole ? [Words($"{whole} in all")] : Array.Empty<string>(),
        ];
        return parts.Length == 0 ? "any number" : string.Join(", ", parts);
    }

    private static RuleLine Fixed(string key, string value) => new(null, key, value, IsLiving: false);

    private static RuleLine Living(string key, string value) => new(null, key, value, IsLiving: true);

    private static string Words(FormattableString words) => words.ToString(CultureInfo.InvariantCulture);
}
