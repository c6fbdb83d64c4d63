using System.Globalization;
using System.Text.RegularExpressions;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Submissions;

/// <summary>
/// Reads what phases may differ in. Each of these keys may stand in a phase or, for all phases that do not say
/// otherwise, at the top of the file.
/// </summary>
internal static partial class PhaseReader
{
    private const string None = "none";
    private const string UntilReleased = "until-released";
    private const string Until = "until ";

    /// <summary>The phases, in file order; one of the name <see cref="ChallengePhase.Test"/> where the file has none.</summary>
    public static IReadOnlyList<ChallengePhase> Read(YamlFields challenge)
    {
        var common = Rules(challenge, new ChallengePhase { Name = ChallengePhase.Test, Datasets = [] });
        if (challenge.Node("phase") is not null)
        {
            challenge.Note("phase", "\"phase\" is called \"logs\" now: write \"logs: open\" or \"logs: private\".");
        }

        if (challenge.Node("phases") is not { } node)
        {
            RequireDatasets(challenge, common);
            return [common];
        }

        var group = new YamlFields(node, "group of phases", challenge.Mistakes);
        var phases = new List<ChallengePhase>();
        foreach (var (name, line, _) in (node as YamlNode.Map)?.Items ?? [])
        {
            if (!NamePattern().IsMatch(name))
            {
                challenge.Mistakes.Add(new Mistake(
                    line, $"\"{name}\" is no name of a phase: use lower-case letters, digits and hyphens, 32 at most."));
            }

            phases.Add(Phase(name, group, common));
        }

        if (node is YamlNode.Map { Items.Count: 0 })
        {
            challenge.Note("phases", "\"phases\" must have at least one phase.");
        }

        return phases.Count > 0 ? phases : [common]; // the latter after a mistake only
    }

    private static ChallengePhase Phase(string name, YamlFields group, ChallengePhase common)
    {
        if (group.Node(name) is not { } node)
        {
            if (common.Datasets.Count == 0)
            {
                group.Note(name, $"the phase \"{name}\" needs \"datasets\".");
            }

            return common with { Name = name };
        }

        var fields = new YamlFields(node, "phase", group.Mistakes);
        var phase = Rules(fields, common with { Name = name });
        RequireDatasets(fields, phase);
        fields.RejectOthers();
        return phase;
    }

    private static ChallengePhase Rules(YamlFields fields, ChallengePhase otherwise)
    {
        var phase = LimitsReader.Read(fields, otherwise) with
        {
            Datasets = fields.Node("datasets") is null ? otherwise.Datasets : fields.Texts("datasets"),
            Logs = fields.Node("logs") is null ? otherwise.Logs
                : fields.Choice("logs", "private", "open") == "open" ? LogPolicy.Open : LogPolicy.Private,
            Opens = Instant(fields, "opens", fields.Text("opens")) ?? otherwise.Opens,
            Closes = Instant(fields, "closes", fields.Text("closes")) ?? otherwise.Closes,
            Quota = fields.Node("quota") is null ? otherwise.Quota : QuotaOf(fields),
            ShowsBoard = fields.Node("board") is null
                ? otherwise.ShowsBoard : fields.Choice("board", "shown", "hidden") == "shown",
            Embargo = fields.Text("embargo") is { } text ? EmbargoOf(fields, text) : otherwise.Embargo,
        };
        fields.NoteRepeats("datasets", fields.Node("datasets") is null ? [] : phase.Datasets);
        if (phase.Closes <= phase.Opens)
        {
            fields.Note("closes", "\"closes\" must be later than \"opens\".");
        }

        return phase;
    }

    private static void RequireDatasets(YamlFields fields, ChallengePhase phase)
    {
        if (fields.Node("datasets") is YamlNode.List { Items.Count: 0 })
        {
            fields.Note("datasets", "\"datasets\" must list at least one dataset.");
        }
        else if (phase.Datasets.Count == 0)
        {
            fields.RequiredNode("datasets");
        }
    }

    private static Quota QuotaOf(YamlFields phase)
    {
        var fields = new YamlFields(phase.Node("quota")!, "quota", phase.Mistakes);
        var quota = new Quota { Valid = Bounds(fields, "valid"), Attempts = Bounds(fields, "attempts") };
        fields.RejectOthers();
        return quota;
    }

    private static QuotaBounds Bounds(YamlFields quota, string key)
    {
        if (quota.Node(key) is not { } node)
        {
            return new QuotaBounds();
        }

        var fields = new YamlFields(node, $"quota of {key}", quota.Mistakes);
        var bounds = new QuotaBounds
        {
            PerDay = fields.Number("day", 1),
            PerWeek = fields.Number("week", 1),
            PerPhase = fields.Number("phase", 1),
        };
        fields.RejectOthers();
        return bounds;
    }

    private static Embargo? EmbargoOf(YamlFields fields, string text)
    {
        if (text.StartsWith(Until, StringComparison.Ordinal))
        {
            return Instant(fields, "embargo", text[Until.Length..]) is { } end ? new Embargo(end) : null;
        }

        if (text is not (None or UntilReleased))
        {
            fields.Note(
                "embargo", $"\"embargo\" is \"{text}\"; it must be {None}, {UntilReleased}, or such as \"until 2027-01-31T12:00Z\".");
        }

        return text == UntilReleased ? new Embargo(null) : null;
    }

    private static DateTimeOffset? Instant(YamlFields fields, string key, string? text)
    {
        if (text is null)
        {
            return null;
        }

        string[] formats = ["yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'"];
        if (DateTimeOffset.TryParseExact(
            text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time))
        {
            return time;
        }

        fields.Note(key, $"\"{text}\" in \"{key}\" must be a day and a time in UTC, such as 2027-01-31T12:00Z.");
        return null;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,31}\\z")]
    private static partial Regex NamePattern();
}
