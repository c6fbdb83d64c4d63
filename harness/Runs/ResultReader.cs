using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Harness.Runs;

/// <summary>
/// Reads the results of a workspace and holds each against what lies around it: its folder, its entry, the rules of its
/// challenge. One that belongs elsewhere was copied or changed, and must not be ranked. Remembers entries and rules, so make
/// a new one for each time that files are looked through.
/// </summary>
/// <param name="workspace">Whose results.</param>
internal sealed class ResultReader(Workspace workspace)
{
    private readonly Dictionary<string, string> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Challenge, string Phase), Challenge> _rules = [];

    /// <summary>Reads the result of a run, or its new scores.</summary>
    /// <param name="path">A file that <see cref="ResultFile.FindCurrent(Workspace)"/> gave.</param>
    /// <exception cref="InvalidDataException">It is damaged, contradicts itself, or does not belong where it lies.</exception>
    /// <exception cref="IOException">There is something else in its place.</exception>
    public CaseResult Read(string path)
    {
        var result = ResultFile.Read(path);
        if (Fault(path, result) is { } fault)
        {
            throw Refusal(path, fault);
        }

        return result;
    }

    /// <summary>Reads imported scores.</summary>
    /// <param name="path">A file that <see cref="ImportFile.FindAll"/> gave.</param>
    /// <inheritdoc cref="Read" path="/exception"/>
    public ImportedScores ReadImport(string path)
    {
        var scores = ImportFile.Read(path);
        return Fault(path, scores) is { } fault ? throw Refusal(path, fault) : scores;
    }

    /// <summary>Makes sure that an entry that has results was accepted here, as its results name it.</summary>
    /// <param name="entry">The entry of a result.</param>
    /// <exception cref="InvalidDataException">It was not, or its file says otherwise.</exception>
    public void Demand(Entry entry)
    {
        if (entry.Origin == EntryOrigin.Measured && EntryFault(entry) is { } fault)
        {
            throw Refusal(Path.Combine(workspace.RunsPath, entry.Id), fault);
        }
    }

    private string? Fault(string path, CaseResult result)
    {
        var version = ResultFile.RescoredVersion(path);
        var home = workspace.RunsPath;
        string[] place = [result.Entry.Id, result.Case.Dataset, result.Case.Case];
        if (!IsAt(path, home, [.. place, ResultFile.Name]) && !(version is not null && IsAt(path, home, [.. place, "rescored", Path.GetFileName(path)])))
        {
            return $"It is the result of {string.Join('/', place)}, which is not where it lies.";
        }

        if (version != (result.RescoredAt is null ? null : result.Reference?.Version))
        {
            return result.RescoredAt is null ? "It is the result of a run, where new scores lie."
                : $"Its scores are of reference version {result.Reference?.Version}, which is not where they lie.";
        }

        return result.Entry.Origin != EntryOrigin.Measured ? "It calls itself imported, but lies among what was run here."
            : EntryFault(result.Entry) ?? RulesFault(result);
    }

    private string? Fault(string path, ImportedScores scores) =>
        !IsAt(path, workspace.ImportsPath, [scores.Dataset, scores.Entry.Id, ImportFile.Name])
            ? $"It holds the scores of {scores.Entry.Id} on {scores.Dataset}, which is not where it lies."
            : scores.Entry.Origin != EntryOrigin.Imported ? "It does not call itself imported, but lies among what was imported."
            : RulesFault(scores.Entry, scores.Protocol, scores.ToleranceMm, out var rules) is { } fault && rules is not null ? fault

            // Before imports entered the challenge whose file they named, its rules were not kept: ranking has them from the file.
            : null;

    private string? EntryFault(Entry entry)
    {
        if (!_entries.TryGetValue(entry.Id, out var known))
        {
            var submission = Workspace.IsName(entry.Id) ? SubmissionFile.Find(workspace, entry.Id) : null;
            _entries[entry.Id] = known = submission is null ? "" : ResultJson.TextOf(CaseRunner.EntryOf(submission));
        }

        return known.Length == 0
            ? $"There is no entry {entry.Id}: submissions/{entry.Id}/submission.json is absent."
            : known != ResultJson.TextOf(entry)
                ? $"What it says of its entry is not what submissions/{entry.Id}/submission.json says." : null;
    }

    private string? RulesFault(CaseResult result)
    {
        if (RulesFault(result.Entry, result.Protocol, result.ToleranceMm, out var rules) is { } fault)
        {
            return fault;
        }

        return result.Scores.FirstOrDefault(score => !rules!.Structures.Contains(score.Structure)) is { } other
            ? $"It has a score of {other.Structure}, which is no structure of challenge {rules!.Id}." : null;
    }

    private string? RulesFault(Entry entry, string protocol, double toleranceMm, out Challenge? rules)
    {
        var key = (entry.Challenge, entry.Phase ?? Entry.TestPhase);
        try
        {
            if (!_rules.TryGetValue(key, out rules))
            {
                _rules[key] = rules = ChallengeRules.Read(workspace, key.Challenge).In(key.Item2);
            }
        }
        catch (SubmissionException fault)
        {
            rules = null;
            return $"The rules of its challenge cannot be found: {fault.Message} Restore challenges/{key.Challenge}.yaml.";
        }

        return (protocol, toleranceMm) == (rules.Protocol, rules.ToleranceMm) ? null : FormattableString.Invariant(
            $"It is scored by {protocol} at {toleranceMm} mm, challenge {rules.Id} scores by {rules.Protocol} at {rules.ToleranceMm} mm.");
    }

    private static bool IsAt(string path, string home, string[] parts) =>
        parts.All(Workspace.IsName) && Path.GetFullPath(path) == Path.Combine([home, .. parts]);

    private static InvalidDataException Refusal(string path, string fault) => new(
        $"{path} cannot be used: {fault} Restore it from a backup, or move it out of the workspace.");
}
