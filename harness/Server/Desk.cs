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
}
