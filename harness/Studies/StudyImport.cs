using System.Text;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Harness.Studies;

/// <summary>Takes a published study into a workspace: everything is checked before anything is written.</summary>
internal sealed class StudyImport(Workspace workspace, Dataset dataset, ImportTerms terms)
{
    private readonly List<string> _remarks = [];

    /// <summary>Takes it in. The same study twice is harmless.</summary>
    /// <param name="study">The study.</param>
    /// <param name="metadata">File of the cases' metadata; null for none.</param>
    /// <param name="manifestSha256">Hash of the manifest.</param>
    /// <param name="now">When its methods are accepted, UTC.</param>
    /// <exception cref="MistakesException">The study has rows that are no cases of the dataset.</exception>
    /// <exception cref="SubmissionException">There is no such challenge, or there are other rules by its name.</exception>
    /// <exception cref="InvalidDataException">
    /// The challenge does not take the study, or other scores of a method are there already.
    /// </exception>
    public ImportOutcome Take(PublishedStudy study, string? metadata, string manifestSha256, DateTimeOffset now)
    {
        var (challenge, ownText) = FindChallenge(study);
        CheckChallenge(study, challenge);
        var caseList = CheckCases(study, metadata);
        NoteWhatIsMissing(study);
        var entries = new ImportedEntries(workspace, dataset.Id, challenge, terms);
        ImportedScores[] fresh =
        [
            .. study.Methods.Select(method => Scores(method, entries.Of(method, now), challenge, manifestSha256)).Where(entries.IsNew),
        ];

        if (ownText is not null)
        {
            ChallengeRules.Keep(workspace, challenge.Id, ownText);
        }
        else if (terms.Challenge is { } named)
        {
            ChallengeRules.Enter(workspace, named);
        }

        if (caseList is not null)
        {
            DurableFile.WriteOnce(workspace.ImportedCaseListPath(dataset.Id), Encoding.UTF8.GetBytes(caseList));
        }

        return new ImportOutcome(challenge.Id, fresh.Count(scores => ImportFile.Write(workspace, scores)), _remarks);
    }

    /// <summary>The challenge, and the text of its file where it is the study's own and not there yet.</summary>
    private (Challenge Challenge, string? Text) FindChallenge(PublishedStudy study)
    {
        if (terms.Challenge is { } named)
        {
            return (ChallengeRules.FindToEnter(workspace, named), null);
        }

        var id = StudyChallenge.IdOf(dataset);
        if (ChallengeRules.Has(workspace, id))
        {
            return (ChallengeRules.Read(workspace, id), null);
        }

        var text = StudyChallenge.Text(study, dataset, terms);
        if (StudyChallenge.Remark(study.Structures) is { } remark)
        {
            _remarks.Add(remark);
        }

        return (ChallengeRules.Parse(id, text), text);
    }

    private void CheckChallenge(PublishedStudy study, Challenge challenge)
    {
        if (!challenge.Datasets.Contains(dataset.Id))
        {
            throw new InvalidDataException(
                $"{challenge.Id} has no dataset {dataset.Id}, so nobody would see the scores: it has {string.Join(", ", challenge.Datasets)}.");
        }

        if (terms.ToleranceMm is { } tolerance && tolerance != challenge.ToleranceMm)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"{challenge.Id} has NSD at {challenge.ToleranceMm} mm, the study at {tolerance} mm: name another challenge."));
        }

        var unused = study.Structures.Except(challenge.Structures).ToList();
        if (unused.Count == study.Structures.Count)
        {
            throw new InvalidDataException(
                $"{challenge.Id} has none of the structures of the study ({Quoted(unused)}): it has {string.Join(", ", challenge.Structures)}.");
        }

        Remark(unused.Count > 0, $"Not ranked, because {challenge.Id} does not have them: {Quoted(unused)}.");
    }

    /// <summary>Makes sure of the cases, and gives the case list to keep; null where there is one.</summary>
    private string? CheckCases(PublishedStudy study, string? metadata)
    {
        if (dataset.Files is { } own && File.Exists(own.CaseList))
        {
            RequireKnown(study, dataset, "has no case");
            return null;
        }

        var path = workspace.ImportedCaseListPath(dataset.Id);
        var here = dataset with { Files = new DatasetFiles(Path.GetDirectoryName(path)!, path, Checksums: null) };
        if (File.Exists(path))
        {
            RequireKnown(study, here, "was imported before, without a case");
            return null;
        }

        foreach (var method in study.Methods)
        {
            method.Files.RequireCases(id => !SummaryRows.IsNamedLikeOne(id) ? null
                : $"\"{id}\" is named like a summary, not like a case: take the row out. If it is a case, give {dataset.Id} a case list "
                    + "in the manifest.");
        }

        var (text, described) = StudyMetadata.CaseList(study.Cases, metadata);
        CaseList.Parse(here, here.Files!, text);
        Remark(
            metadata is not null && described < study.Cases.Count,
            $"Not in {metadata}, and so without metadata: {study.Cases.Count - described} of {Counted.Of(study.Cases.Count, "case")}.");
        return text;
    }

    private static void RequireKnown(PublishedStudy study, Dataset listed, string lacks)
    {
        var known = CaseList.Read(listed).ToDictionary(one => one.Id, StringComparer.OrdinalIgnoreCase);
        foreach (var method in study.Methods)
        {
            method.Files.RequireCases(id => known.GetValueOrDefault(id)?.Id is var like && like == id ? null
                : $"{listed.Id} {lacks} \"{id}\"{(like is null ? "" : $", but \"{like}\"")}. Rows that are no cases, such as means, must go.");
        }
    }

    private void NoteWhatIsMissing(PublishedStudy study)
    {
        var withoutNsd = study.Methods.Where(method => method.Files.Nsd is null).ToList();
        Remark(withoutNsd.Count > 0, $"Without nsd.csv, so that NSD is undefined: {string.Join(", ", withoutNsd.Select(one => one.Title))}.");
        var blank = study.Methods.Where(method => method.Cases.All(one => one.Dsc.Concat(one.Nsd).All(score => score is null))).ToList();
        Remark(blank.Count > 0, $"Without any score, and so without a rank: {string.Join(", ", blank.Select(one => one.Title))}.");
    }

    private void Remark(bool holds, string text)
    {
        if (holds)
        {
            _remarks.Add(text);
        }
    }

    private ImportedScores Scores(StudyMethod method, Entry entry, Challenge challenge, string manifestSha256) => new()
    {
        Entry = entry,
        Dataset = dataset.Id,
        Protocol = challenge.Protocol,
        ToleranceMm = challenge.ToleranceMm,
        Sources = method.Files.Sources,
        Structures = method.Structures,
        Cases = method.Cases,
        Provenance = new Provenance(MachineDescription.Build, manifestSha256, challenge.Sha256),
    };

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"\"{name}\""));
}
