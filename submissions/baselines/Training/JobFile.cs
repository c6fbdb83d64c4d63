using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Touchstone.Baselines.Torch;
using Touchstone.Evaluators;

namespace Touchstone.Baselines.Training;

/// <summary>What a training container is asked to do: <c>inputs/job.json</c>, see <c>submissions/TRAINING.md</c>.</summary>
/// <remarks>Members that are not known here are passed over: the contract may gain some while its schema stays 1.</remarks>
internal sealed record JobFile
{
    private const int Schema = 1;

    /// <summary>Its name in logs and results.</summary>
    public required string Job { get; init; }

    /// <summary>The study's name for the network.</summary>
    public required string Backbone { get; init; }

    /// <summary>What to segment, canonical names, in the study's order.</summary>
    public required IReadOnlyList<string> Structures { get; init; }

    /// <summary>Of all chance.</summary>
    public required long Seed { get; init; }

    /// <summary>Members of the recipe that this job replaces, by name.</summary>
    public required JsonObject Settings { get; init; }

    /// <summary>Cores that may be used.</summary>
    public required int Threads { get; init; }

    /// <summary>Where to compute.</summary>
    public required Device Device { get; init; }

    /// <summary>Reads a job.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="TrainingException">It is missing, is no JSON, or has mistakes; all of them are listed.</exception>
    public static JobFile Read(string path)
    {
        JobText text;
        try
        {
            text = JsonSerializer.Deserialize(File.ReadAllBytes(path), JobJson.Default.JobText) ?? throw new JsonException("It is empty.");
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new TrainingException($"{path}: {JsonWords.Of(fault)}", fault);
        }

        TrainingException.ThrowIfAny(path, [.. Faults(text)]);
        return new JobFile
        {
            Job = text.Job!,
            Backbone = text.Backbone!,
            Structures = [.. text.Structures!.Select(name => StructureNames.Canonical(name!))],
            Seed = text.Seed!.Value,
            Settings = text.Settings ?? [],
            Threads = text.Threads!.Value,
            Device = Device.Find(text.Device!)!.Value,
        };
    }

    private static IEnumerable<string> Faults(JobText text)
    {
        if (text.Schema != Schema)
        {
            yield return $"\"schema\" is {Schema}, the version of the contract that is known here.";
        }

        if (string.IsNullOrWhiteSpace(text.Job))
        {
            yield return "\"job\" is missing.";
        }

        if (string.IsNullOrWhiteSpace(text.Backbone))
        {
            yield return "\"backbone\" is missing.";
        }

        var names = text.Structures?.Select(name => StructureNames.Canonical(name ?? "")).ToList() ?? [];
        if (names.Count is < 1 or > 254 || names.Distinct(StringComparer.Ordinal).Count() < names.Count || !names.All(IsName))
        {
            yield return "\"structures\" names 1 to 254 structures, once each, with letters, digits, '_' and '-'.";
        }

        if (text.Seed is null)
        {
            yield return "\"seed\" is missing.";
        }

        if (text.Threads is not (>= 1 and <= 1024))
        {
            yield return "\"threads\" is a number from 1 to 1024.";
        }

        if (text.Device is null || Device.Find(text.Device) is null)
        {
            yield return "\"device\" is cpu or cuda.";
        }
    }

    private static bool IsName(string name) =>
        name.Length > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-');
}

/// <summary>A job as it is written: anything may be missing.</summary>
internal sealed record JobText
{
    public int? Schema { get; init; }

    public string? Job { get; init; }

    public string? Backbone { get; init; }

    public IReadOnlyList<string?>? Structures { get; init; }

    public long? Seed { get; init; }

    public JsonObject? Settings { get; init; }

    public int? Threads { get; init; }

    public string? Device { get; init; }
}

/// <summary>Reads jobs without reflection.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(JobText))]
internal sealed partial class JobJson : JsonSerializerContext;
