using Touchstone.Harness.Datasets;
using Touchstone.Harness.Intake;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Server.Uploads;
using Touchstone.Harness.Server.Work;

namespace Touchstone.Harness.Server;

/// <summary>What every handler works with. Nothing in it outlives the process but what lies in the workspace.</summary>
public sealed record Desk
{
    /// <summary>The folder of everything.</summary>
    public required Workspace Workspace { get; init; }

    /// <summary>Teams, tokens, attempts and the queue.</summary>
    public required IntakeStore Store { get; init; }

    /// <summary>The bytes of uploads.</summary>
    public required UploadFolder Uploads { get; init; }

    /// <summary>The datasets that there are.</summary>
    public required Manifest Manifest { get; init; }

    /// <summary>Reads the datasets as they are now: references are corrected while a server runs. Default what it began with.</summary>
    public Func<Manifest> ReadManifest { get => field ?? (() => Manifest); init; }

    /// <summary>The challenges that this server takes attempts for.</summary>
    public required OpenChallenges Challenges { get; init; }

    /// <summary>What participants may see of finished cases.</summary>
    public required CaseReports Reports { get; init; }

    /// <summary>The boards that a worker makes.</summary>
    public required BoardFolder Boards { get; init; }

    /// <summary>One decision at a time: the journal is one file, and whoever is second is told what the first decided.</summary>
    internal Lock Deciding { get; } = new();

    /// <summary>Event streams that are open.</summary>
    public EventStreams Streams { get; } = new();

    /// <summary>Where images may be fetched from.</summary>
    public required Registries Registries { get; init; }

    /// <summary>Whether the containers of this machine can be given a GPU; attempts that ask for one are refused without. Default no.</summary>
    public bool HasGpu { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Where lines for operators go; never shown to callers.</summary>
    public required Action<string> Log { get; init; }

    /// <summary>Names of teams that boards show: nobody may register as one of those that organisers took in themselves.</summary>
    internal IEnumerable<string> ShownTeams()
    {
        lock (_shownTeams)
        {
            var state = string.Join('|', OwnFolder.Folders(Workspace.ImportsPath).Append(Workspace.SubmissionsPath)
                .Where(Directory.Exists).Select(folder => FormattableString.Invariant($"{folder} {Directory.GetLastWriteTimeUtc(folder).Ticks}")));
            if (_shownTeams.State != state)
            {
                _shownTeams.Names =
                [
                    .. SubmissionFile.ReadAll(Workspace).Select(entry => entry.Team)
                        .Concat(ImportFile.FindAll(Workspace).Select(path => ImportFile.Read(path).Entry.Team)).Distinct(StringComparer.Ordinal),
                ];
                _shownTeams.State = state;
            }

            return _shownTeams.Names;
        }
    }

    /// <summary>Read anew when an entry has come or gone: folders change with what is in them.</summary>
    private sealed class Shown
    {
        public string? State { get; set; }

        public IReadOnlyList<string> Names { get; set; } = [];
    }

    private readonly Shown _shownTeams = new();

    /// <summary>Puts an attempt that failed or was rejected into the queue again.</summary>
    /// <param name="id">The attempt.</param>
    /// <param name="by">Who decides.</param>
    /// <exception cref="IntakeException">There is none, it stands otherwise, or nothing is left of it that could be run.</exception>
    public Attempt RunAgain(string id, Identity by)
    {
        var attempt = Store.GetAttempt(null, id);
        return attempt is { SubmissionId: null, ArchiveSha256: { } sha256 } && !File.Exists(UploadFolder.ArchivePath(Workspace.UploadsPath, sha256))
            ? throw new IntakeException(IntakeFault.WrongState, "Its archive was taken away since: the team has to send it again.")
            : Store.RunAgain(id, by);
    }
}
