using System.Text.Json;
using System.Text.Json.Serialization;
using Touchstone.Harness.Runs;

namespace Touchstone.Harness.Server.Work;

/// <summary>What a worker last said of itself: <c>worker.json</c> of the workspace, written every few seconds and never read for results.</summary>
/// <param name="Worker">Which worker.</param>
/// <param name="At">When, UTC.</param>
/// <param name="EngineFault">What keeps it from the container engine; null for nothing.</param>
internal sealed record Heartbeat(string Worker, DateTimeOffset At, string? EngineFault)
{
    /// <summary>Name of the file.</summary>
    public const string Name = "worker.json";

    /// <summary>How often a worker says that it lives.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    /// <summary>How long it may be silent before it counts as gone.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Whether it lives.</summary>
    /// <param name="now">The time.</param>
    public bool IsAlive(DateTimeOffset now) => now - At < Patience;

    /// <summary>Says it.</summary>
    /// <param name="workspace">Where.</param>
    public void Write(Workspace workspace)
    {
        var path = PathOf(workspace);
        var fresh = $"{path}.{Environment.ProcessId}";
        File.WriteAllBytes(fresh, JsonSerializer.SerializeToUtf8Bytes(this, HeartbeatJson.Default.Heartbeat));
        DurableFile.Rename(fresh, path);
    }

    /// <summary>What was last said; null where nothing that can be read is there.</summary>
    /// <param name="workspace">Where.</param>
    public static Heartbeat? Read(Workspace workspace)
    {
        try
        {
            return File.Exists(PathOf(workspace))
                ? JsonSerializer.Deserialize(RegularFile.ReadAllBytes(PathOf(workspace)), HeartbeatJson.Default.Heartbeat) : null;
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string PathOf(Workspace workspace) => Path.Combine(workspace.Root, Name);
}

/// <summary>Source-generated serialisers of the heartbeat.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Heartbeat))]
internal sealed partial class HeartbeatJson : JsonSerializerContext;

/// <summary>Says every few seconds that a worker lives, whatever it does meanwhile.</summary>
internal sealed class Heart : IDisposable
{
    private readonly Workspace _workspace;
    private readonly string _worker;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;

    /// <summary>Begins.</summary>
    /// <param name="workspace">Where.</param>
    /// <param name="worker">Which worker.</param>
    /// <param name="clock">The clock.</param>
    public Heart(Workspace workspace, string worker, TimeProvider clock)
    {
        (_workspace, _worker, _clock) = (workspace, worker, clock);
        _timer = clock.CreateTimer(_ => Beat(), null, TimeSpan.Zero, Heartbeat.Every);
    }

    /// <summary>What keeps the worker from the container engine, for operators; null for nothing.</summary>
    public string? EngineFault { get; set; }

    /// <summary>Ends it: the worker counts as gone when the patience is over.</summary>
    public void Dispose() => _timer.Dispose();

    /// <summary>A timer calls it: what it threw would end the worker.</summary>
    private void Beat()
    {
        try
        {
            new Heartbeat(_worker, _clock.GetUtcNow(), EngineFault).Write(_workspace);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A full disk, which the server sees by itself.
        }
    }
}
