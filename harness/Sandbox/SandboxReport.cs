using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstone.Harness.Engine;
using Touchstone.Submissions;

namespace Touchstone.Harness.Sandbox;

/// <summary>One setting of the sandbox that is in force.</summary>
/// <param name="Setting">Its name, the engine's own where it has one.</param>
/// <param name="Value">What is asked for.</param>
/// <param name="Reason">Why.</param>
public sealed record SandboxSetting(string Setting, string Value, string Reason);

/// <summary>
/// The profile as people read it. It is made from the very requests that go to the engine, so nothing can be in force
/// that does not stand here.
/// </summary>
public static class SandboxReport
{
    /// <summary>Every setting of a participant's container and of its volumes, in the order in which they are sent.</summary>
    /// <param name="run">What decides the settings.</param>
    /// <param name="timeRule">How the time limit of a case is found.</param>
    /// <exception cref="InvalidOperationException">A setting is sent for which no reason is written down.</exception>
    public static IReadOnlyList<SandboxSetting> Of(SandboxRun run, TimeRule timeRule = TimeRule.Fixed)
    {
        var request = Tree(SandboxProfile.Case(run), EngineJsonContext.Default.ContainerRequest);
        var host = request[nameof(ContainerRequest.HostConfig)]!.AsObject();
        request.Remove(nameof(ContainerRequest.HostConfig));
        return
        [
            .. request.SelectMany(Settings),
            .. host.SelectMany(Settings),
            Volume("Inputs volume", SandboxProfile.InputsVolume(run), sizedByTheCt: true),
            Volume("Outputs volume", SandboxProfile.OutputsVolume(run)),
            new("Time limit", TimeLimit(run.Limits, timeRule), SandboxReasons.TimeLimit),
            new("Seccomp", $"harness/Sandbox/seccomp.jsonc, SHA-256 {SeccompProfile.Sha256}", SandboxReasons.Seccomp),
            new("Holder", "a second container with both volumes, locked in the same way", SandboxReasons.Holder),
        ];
    }

    private static string TimeLimit(SandboxLimits limits, TimeRule rule)
    {
        var time = rule == TimeRule.BodyMaps
            ? Words($"spacing × slices − 50 s, at least {BodyMapsAllowance.Least.TotalSeconds:0} s")
            : Words($"{limits.WallTime.TotalSeconds:0.###} s");
        return Words($"{time}, then SIGTERM, then SIGKILL after {limits.GraceTime.TotalSeconds:0.###} s");
    }

    private static IEnumerable<SandboxSetting> Settings(KeyValuePair<string, JsonNode?> property) => property switch
    {
        { Key: "Env", Value: JsonArray entries } => entries.Select(entry => Variable((string)entry!)),
        { Key: "Ulimits", Value: JsonArray limits } => limits.Select(limit => One(
            $"Ulimits {limit!["Name"]}", Number((long)limit["Hard"]!, isBytes: (string?)limit["Name"] == "fsize"))),
        { Key: "Mounts", Value: JsonArray mounts } => mounts.Select(mount => One(
            $"Mounts {mount!["Target"]}",
            $"{mount["Type"]} {mount["Source"]}{((bool)mount["ReadOnly"]! ? ", read-only" : "")}")),
        { Key: "Tmpfs", Value: JsonObject mounts } => mounts.Select(mount => One($"Tmpfs {mount.Key}", (string)mount.Value!)),
        { Key: "Memory" or "MemorySwap" or "ShmSize", Value: { } bytes } => [One(property.Key, Number((long)bytes, isBytes: true))],
        { Key: "SecurityOpt", Value: JsonArray options } => [One(property.Key, string.Join(' ', options
            .Select(option => (string)option!).Where(option => option != SeccompProfile.Option)))],
        { Key: "NanoCpus", Value: { } cpus } => [One(property.Key, Words($"{(long)cpus} ({(long)cpus / 1e9:0.###} {((long)cpus == 1_000_000_000 ? "core" : "cores")})"))],
        { Key: "User", Value: { } user } when (string?)user == "0:0" => [new("User", "0:0", SandboxReasons.Root)],
        { Value: { } value } => [One(property.Key, Plain(value))],
        _ => [],
    };

    private static SandboxSetting Variable(string entry) => entry.Contains('=', StringComparison.Ordinal)
        ? One($"Env {entry.Split('=')[0]}", entry[(entry.IndexOf('=', StringComparison.Ordinal) + 1)..])
        : new(LogText.Line($"Env {entry}"), "(taken away)", SandboxReasons.TakenVariable);

    /// <summary>Names and values come from the image and the command too, and go to a terminal.</summary>
    private static SandboxSetting One(string name, string value) =>
        new(LogText.Line(name), LogText.Line(value, int.MaxValue), SandboxReasons.For(name));

    private static SandboxSetting Volume(string name, VolumeRequest volume, bool sizedByTheCt = false)
    {
        var options = volume.DriverOpts!["o"];
        var size = options[..options.IndexOf(',', StringComparison.Ordinal)];
        return One(name, $"{volume.DriverOpts["type"]} {(sizedByTheCt ? options.Replace(size, "size=(the CT's)", StringComparison.Ordinal) : options)}");
    }

    private static string Plain(JsonNode value) => value switch
    {
        JsonArray { Count: 0 } => "(none)",
        JsonArray items => string.Join(' ', items.Select(item => Plain(item!))),
        JsonObject fields => string.Join(", ", fields.Select(field => $"{field.Key} {Plain(field.Value!)}")),
        _ => value.ToString() is { Length: > 0 } text ? text : "(empty)",
    };

    private static string Number(long value, bool isBytes) => isBytes
        ? Words($"{value} ({value / (double)(1 << 20):0.##} MiB)")
        : Words($"{value}");

    private static JsonObject Tree<T>(T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        JsonSerializer.SerializeToNode(value, type)!.AsObject();

    private static string Words(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
