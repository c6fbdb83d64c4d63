using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Touchstone.Evaluators;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Harness.Studies;

/// <summary>What an import is to be called and how its study computed its scores.</summary>
internal sealed record ImportTerms
{
    /// <summary>Team shown on the board.</summary>
    public required string Team { get; init; }

    /// <summary>Where the scores come from, for readers.</summary>
    public required string Source { get; init; }

    /// <summary>The study's NSD tolerance in millimetres; null to take the challenge's.</summary>
    public required double? ToleranceMm { get; init; }

    /// <summary>Datasets that its methods were trained on, by manifest id; null when that is not known.</summary>
    public required IReadOnlyList<string>? TrainedOn { get; init; }
}

/// <summary>Takes a published study into a workspace.</summary>
internal sealed class StudyImport(Workspace workspace, Dataset dataset, ImportTerms terms)
{
    private const double DefaultToleranceMm = 1;

    /// <summary>The challenge that shows the study when none is named; made when it is absent.</summary>
    /// <param name="study">The study.</param>
    /// <exception cref="InvalidDataException">No label numbering has all its structures.</exception>
    public Challenge OwnChallenge(PublishedStudy study)
    {
        var id = $"published-{dataset.Id}";
        try
        {
            return ChallengeRules.Read(workspace, id);
        }
        catch (SubmissionException fault) when (fault.Fault == SubmissionFault.UnknownChallenge)
        {
            var labels = LabelMaps.All.OrderBy(map => map.Structures.Count).FirstOrDefault(map => study.Structures.All(name => map.Structures.Values.Contains(name)))
                ?? throw new InvalidDataException(
                    $"No label numbering has all of {string.Join(", ", study.Structures)}: name a challenge with --challenge.");
            var description = $"Scores of published methods, imported case by case from {terms.Source}. "
                + "Nothing of it was run or scored here.";
            return ChallengeRules.Keep(workspace, id, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"""
                # Made by `touchstone import`.
                title: {Quote($"Published scores on {dataset.Title}")}
                description: {Quote(description)}
                labels: {labels.Name}
                structures: [{string.Join(", ", study.Structures)}]
                datasets: [{dataset.Id}]
                metrics:
                  protocol: {ChallengeRules.AsPublished}
                  tolerance-mm: {terms.ToleranceMm ?? DefaultToleranceMm}
                """) + "\n");
        }
    }

    /// <summary>
    /// Keeps the case list, unless the manifest's own is here. Every case of the study must be in whichever holds.
    /// </summary>
    /// <param name="study">The study.</param>
    /// <param name="metadata">File of the cases' metadata; null for none.</param>
    /// <exception cref="InvalidDataException">The study has cases that the case list lacks.</exception>
    public void KeepCases(PublishedStudy study, string? metadata)
    {
        var path = workspace.ImportedCaseListPath(dataset.Id);
        var files = new DatasetFiles(Path.GetDirectoryName(path)!, path, Checksums: null);
        var text = StudyMetadata.CaseList(study.Cases, metadata);
        var isHere = dataset.Files is { } own && File.Exists(own.CaseList);
        if (!isHere)
        {
            CaseList.Parse(dataset, files, text); // throws for case ids that cannot be used, before anything is written
            DurableFile.WriteOnce(path, Encoding.UTF8.GetBytes(text));
        }

        var known = CaseList.Read(isHere ? dataset : dataset with { Files = files }).Select(one => one.Id).ToHashSet();
        var unknown = study.Cases.Where(one => !known.Contains(one)).ToList();
        if (unknown.Count > 0)
        {
            throw new InvalidDataException(
                $"The case list of {dataset.Id} lacks {Counted.Of(unknown.Count, "case")} of the study, such as {unknown[0]}.");
        }
    }

    /// <summary>Keeps the scores of every method.</summary>
    /// <param name="study">The study.</param>
    /// <param name="challenge">What the methods enter.</param>
    /// <param name="manifestSha256">Hash of the manifest.</param>
    /// <param name="now">When they are accepted, UTC.</param>
    /// <returns>The methods that were not there yet.</returns>
    /// <exception cref="InvalidDataException">Other scores of a method are there already.</exception>
    public int Keep(PublishedStudy study, Challenge challenge, string manifestSha256, DateTimeOffset now)
    {
        if (terms.ToleranceMm is { } tolerance && tolerance != challenge.ToleranceMm)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"{challenge.Id} has NSD at {challenge.ToleranceMm} mm, the study at {tolerance} mm: name another challenge."));
        }

        var added = 0;
        foreach (var scores in study.Methods.Select(method => Scores(method, challenge, manifestSha256, now)))
        {
            if (ImportFile.Write(workspace, scores))
            {
                added++;
            }
            else if (!IsSame(ImportFile.Read(workspace.ImportPath(dataset.Id, scores.Entry.Id)), scores))
            {
                throw new InvalidDataException(
                    $"Other scores of {scores.Entry.Name} on {dataset.Id} are there already; import a corrected study with another --team.");
            }
        }

        return added;
    }

    private ImportedScores Scores(StudyMethod method, Challenge challenge, string manifestSha256, DateTimeOffset now) => new()
    {
        Entry = new Entry
        {
            Id = IdOf(challenge, method.Name),
            Team = terms.Team,
            Name = method.Name.Trim('_', ' '),
            Challenge = challenge.Id,
            Phase = challenge.Phase.Name == Entry.TestPhase ? null : challenge.Phase.Name,
            IsBaseline = false,
            Image = "",
            Layout = "",
            Command = [],
            ReceivedAt = now,
            Origin = EntryOrigin.Imported,
            TrainedOn = terms.TrainedOn,
        },
        Dataset = dataset.Id,
        Protocol = challenge.Protocol,
        ToleranceMm = challenge.ToleranceMm,
        Sources = method.Sources,
        Structures = method.Structures,
        Cases = method.Cases,
        Provenance = new Provenance(MachineDescription.Build, manifestSha256, challenge.Sha256),
    };

    /// <summary>The same scores, whenever and by whichever build they were imported.</summary>
    private static bool IsSame(ImportedScores kept, ImportedScores fresh) =>
        kept.Sources.SequenceEqual(fresh.Sources) && kept.Entry.Challenge == fresh.Entry.Challenge;

    private string IdOf(Challenge challenge, string method)
    {
        var safe = string.Concat(method.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')).Trim('-');
        var facts = Encoding.UTF8.GetBytes(string.Join('\0', challenge.Id, terms.Team, method));
        return $"{safe[..Math.Min(40, safe.Length)]}-{Convert.ToHexStringLower(SHA256.HashData(facts))[..8]}";
    }

    private static string Quote(string text) => JsonSerializer.Serialize(text, TextJson.Default.String);
}

/// <summary>Source-generated serialiser of a text, whose quotes YAML reads too.</summary>
[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class TextJson : System.Text.Json.Serialization.JsonSerializerContext;
