using Microsoft.Data.Sqlite;
using Touchstone.Evaluators;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Transfer;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Store;
using Touchstone.Submissions;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Harness.Verification;

/// <summary>
/// Looks through everything that a workspace is the truth about, file by file, and through what was made from it. Changes
/// nothing but what every command brings up to date.
/// </summary>
/// <param name="workspace">The workspace.</param>
/// <param name="manifest">The datasets, by which boards can be made again; null to leave boards alone.</param>
internal sealed class WorkspaceVerification(Workspace workspace, Manifest? manifest)
{
    private const string RestoreIntake = "Restore it from a backup: teams, tokens and the queue stand nowhere else.";

    private readonly List<string> _problems = [];
    private readonly List<string> _remarks = [];
    private readonly HashSet<StoredDigest> _current = [];
    private int _results, _unsealed, _misnamed, _imports, _jobs, _predictions, _decisions;

    /// <summary>Looks at all of it.</summary>
    public VerificationReport Run()
    {
        Try(() => _ = ChallengeRules.Known(workspace).ToList());
        Entries();
        Results();
        Imports();
        Decisions();
        Studies();
        Registry();
        var boards = new BoardVerification(workspace, manifest, _current).Run(_problems);
        if (_unsealed > 0)
        {
            _remarks.Add($"{Counted.Of(_unsealed, "file")} without checksum, from an older build: a change from before they were first read does not show.");
        }

        if (_misnamed > 0)
        {
            _remarks.Add($"{Counted.Of(_misnamed, "file")} of results give their case another name than workspace.key gives it: they are of "
                + "another workspace, or the key was replaced.");
        }

        return new VerificationReport
        {
            Problems = _problems,
            Remarks = _remarks,
            Checked = $"{workspace.Root}: looked at {Counted.Of(_results, "file")} of results, {_imports} of imports, {_jobs} of studies, "
                + $"{Counted.Of(_decisions, "decision")} and {Counted.Of(_predictions, "kept prediction")}.",
            Boards = boards,
        };
    }

    private void Entries()
    {
        foreach (var folder in Folders(workspace.SubmissionsPath))
        {
            var id = Path.GetFileName(folder);
            if (!Workspace.IsName(id) || !Path.Exists(workspace.SubmissionPath(id)))
            {
                _problems.Add($"{folder} has no submission.json: the entry is lost. Restore it from a backup.");
            }
            else
            {
                Try(() => SubmissionFile.Find(workspace, id));
                Try(() => DecisionFile.ReadAll(workspace, id));
            }
        }
    }

    private void Results()
    {
        var reader = new ResultReader(workspace);
        foreach (var run in ResultFile.FindAll(workspace))
        {
            var versions = ResultFile.Versions(run);
            Try(() => RepeatFile.ReadAll(Path.GetDirectoryName(run)!));
            foreach (var path in versions)
            {
                _results++;
                Try(() =>
                {
                    var result = reader.Read(path);
                    _unsealed += result.HasChecksum ? 0 : 1;
                    _misnamed += IsNamedByTheKey(result.Case) ? 0 : 1;
                    if (path == run)
                    {
                        Kept(Path.Combine(Path.GetDirectoryName(run)!, "prediction"), result.Outputs);
                    }

                    if (path == versions[^1])
                    {
                        _current.Add(StoredDigest.Of(result));
                    }
                });
            }
        }
    }

    private bool IsNamedByTheKey(CaseKey one) => one.Pseudonym == workspace.Pseudonym(one.Dataset, one.Case)
        || one.Pseudonym == workspace.ShortPseudonym(one.Dataset, one.Case);

    /// <summary>Accounts, tokens and attempts, of which no file tells: only whether the file is whole.</summary>
    private void Registry()
    {
        if (Path.Exists(workspace.IntakePath))
        {
            Try(() => Sqlite.Guard(workspace.IntakePath, RestoreIntake, () =>
            {
                RegularFile.Demand(workspace.IntakePath);
                using var connection = Sqlite.Open(workspace.IntakePath, SqliteOpenMode.ReadOnly);
                using var command = connection.CreateCommand();
                command.CommandText = "PRAGMA quick_check(1)";
                if (command.ExecuteScalar() is not "ok" and var fault)
                {
                    throw new InvalidDataException($"{workspace.IntakePath} is damaged ({fault}). {RestoreIntake}");
                }
            }));
        }
    }

    private void Imports()
    {
        var reader = new ResultReader(workspace);
        foreach (var path in ImportFile.FindAll(workspace))
        {
            _imports++;
            Try(() =>
            {
                var scores = reader.ReadImport(path);
                _unsealed += scores.HasChecksum ? 0 : 1;
                _current.Add(StoredDigest.Of(scores));
            });
        }
    }

    private void Decisions()
    {
        var journal = new DecisionJournal(workspace);
        _problems.AddRange(journal.Problems());
        Try(() =>
        {
            _decisions = journal.Count(out var isWhole, out var hasJournal);
            if (_decisions > 0 && !hasJournal)
            {
                _remarks.Add("Decisions are of an older build and in no journal yet: it is begun when a board is next made.");
            }

            if (!isWhole)
            {
                _remarks.Add($"{journal.Path} ends in a line that was broken off while it was written: nothing was decided by it.");
            }
        });
    }

    private void Studies()
    {
        foreach (var root in Folders(Path.Combine(workspace.Root, "studies")))
        {
            var folder = new StudyFolder(workspace, Path.GetFileName(root));
            foreach (var job in folder.JobsWithResults())
            {
                _jobs++;
                Try(() =>
                {
                    var result = folder.Read(job)!;
                    _unsealed += result.HasChecksum ? 0 : 1;
                    Kept(Path.Combine(folder.JobPath(job), "prediction"), result.Run?.Outputs ?? []);
                });
            }

            foreach (var model in Files(Path.Combine(root, "models")).Where(path => !Path.GetFileName(path).StartsWith('.')))
            {
                Try(() =>
                {
                    if (FileHash.Of(model) != Path.GetFileName(model))
                    {
                        _problems.Add($"{model} is not the model that it is named after: its SHA-256 is another. Restore it from a backup.");
                    }
                });
            }
        }
    }

    private void Kept(string folder, IReadOnlyList<OutputFile> outputs)
    {
        foreach (var output in outputs)
        {
            _predictions++;
            var path = Path.GetFullPath(Path.Combine(folder, output.Path));
            if (!path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                _problems.Add($"{folder}: its result names the file {output.Path}, which lies elsewhere.");
            }
            else if (!Path.Exists(path))
            {
                _problems.Add($"{path} is lost: its result says that the run left it. Restore it from a backup.");
            }
            else
            {
                Try(() =>
                {
                    if (FileHash.Of(path) != output.Sha256)
                    {
                        _problems.Add($"{path} is not the prediction that the run left: its SHA-256 is another. Restore it from a backup.");
                    }
                });
            }
        }
    }

    private void Try(Action look)
    {
        try
        {
            look();
        }
        catch (Exception fault) when (IsOfAFile(fault))
        {
            _problems.Add(fault.Message);
        }
    }

    /// <summary>Whether a fault is about a file, and not a defect of ours.</summary>
    internal static bool IsOfAFile(Exception fault) => fault is IOException or InvalidDataException or UnauthorizedAccessException
        or SubmissionException or MistakesException or VolumeException;

    private static IEnumerable<string> Folders(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal) : [];

    private static IEnumerable<string> Files(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal) : [];
}
