using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Touchstone.Baselines.Networks;
using Touchstone.Evaluators;

namespace Touchstone.Baselines.Training;

/// <summary>Reads recipes and lays a job's settings over them.</summary>
internal static class RecipeFile
{
    private static readonly JsonDocumentOptions Comments = new() { CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The recipe of one job.</summary>
    /// <param name="path">A <c>recipe.json</c>.</param>
    /// <param name="job">Whose settings go over the file's members, and whose backbone is taken where the file names none.</param>
    /// <exception cref="TrainingException">A member is unknown or cannot be; all mistakes are listed.</exception>
    public static Recipe Read(string path, JobFile job)
    {
        JsonObject members;
        try
        {
            members = JsonNode.Parse(File.ReadAllBytes(path), documentOptions: Comments)?.AsObject() ?? [];
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new TrainingException($"{path}: {JsonWords.Of(fault)}", fault);
        }

        RequireKnown($"{path}", members);
        RequireKnown("The job's settings", job.Settings);
        foreach (var (name, value) in job.Settings)
        {
            members[name] = value?.DeepClone();
        }

        var recipe = Parsed(path, members);
        recipe.Backbone ??= BackboneOf(job.Backbone);
        TrainingException.ThrowIfAny(path, [.. Faults(recipe, job)]);
        return recipe;
    }

    private static void RequireKnown(string where, JsonObject members)
    {
        var known = RecipeJson.Default.Recipe.Properties.Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
        TrainingException.ThrowIfAny(where, [.. members.Where(member => !known.Contains(member.Key)).Select(member =>
            $"there is no \"{member.Key}\" in a recipe; known are {string.Join(", ", known.Order(StringComparer.Ordinal))}.")]);
    }

    private static Recipe Parsed(string path, JsonObject members)
    {
        try
        {
            return members.Deserialize(RecipeJson.Default.Recipe)!;
        }
        catch (JsonException fault)
        {
            throw new TrainingException($"{path} with the job's settings: {JsonWords.Of(fault)}", fault);
        }
    }

    private static Backbone? BackboneOf(string name) => name.ToLowerInvariant() switch
    {
        "unet" => Backbone.UNet,
        "segresnet" => Backbone.SegResNet,
        "swinunetr" => Backbone.SwinUnetr,
        _ => null,
    };

    private static IEnumerable<string> Faults(Recipe recipe, JobFile job)
    {
        if (recipe.Backbone is null)
        {
            yield return $"it names no backbone, and the job's {job.Backbone} is none of unet, segresnet, swinunetr.";
            yield break;
        }

        if (BackboneOf(job.Backbone) is { } wanted && wanted != recipe.Backbone)
        {
            yield return $"its backbone is {recipe.Backbone}, the job wants {job.Backbone}.";
        }

        foreach (var fault in Network(recipe, job).Concat(Numbers(recipe)).OfType<string>())
        {
            yield return fault;
        }
    }

    private static IEnumerable<string?> Network(Recipe recipe, JobFile job)
    {
        string? fault = null;
        try
        {
            _ = recipe.ModelFor(job.Structures, "").Plan.Define();
        }
        catch (ArgumentException wrong)
        {
            fault = wrong.Message;
        }

        yield return fault;
        yield return Unless(
            recipe.SpacingMm.Count == 3 && recipe.SpacingMm.All(spacing => spacing is > 0.1 and < 100),
            "\"spacingMm\" is three lengths from 0.1 to 100.");
        yield return Unless(
            recipe.IntensityHu is [var dark, var bright] && dark < bright, "\"intensityHu\" is the dark and the bright end.");
        var divisor = new NetworkPlan { Backbone = recipe.Backbone!.Value, Outputs = 1 }.Divisor;
        yield return Unless(
            recipe.Window is >= 1 and <= 1024 && recipe.Window % divisor == 0,
            $"\"window\" is a multiple of {divisor} for this network.");
    }

    private static IEnumerable<string?> Numbers(Recipe recipe)
    {
        foreach (var (name, count) in new[]
        {
            ("batch", recipe.Batch), ("accumulation", recipe.Accumulation), ("steps", recipe.Steps),
            ("validationInterval", recipe.ValidationInterval),
        })
        {
            yield return Unless(count is >= 1 and <= 100_000_000, $"\"{name}\" is at least 1.");
        }

        foreach (var (name, share) in new[]
        {
            ("warmUpShare", recipe.WarmUpShare), ("foregroundShare", recipe.ForegroundShare),
            ("flipProbability", recipe.FlipProbability), ("rotationProbability", recipe.RotationProbability),
            ("shiftProbability", recipe.ShiftProbability), ("shiftOffset", recipe.ShiftOffset),
            ("weightDecay", recipe.WeightDecay),
        })
        {
            yield return Unless(share is >= 0 and <= 1, $"\"{name}\" lies from 0 to 1.");
        }

        yield return Unless(recipe.LearningRate is > 0 and <= 10, "\"learningRate\" lies above 0.");
        yield return Unless(
            recipe.Betas.Count == 2 && recipe.Betas.All(beta => beta is >= 0 and < 1), "\"betas\" are two numbers from 0 to 1.");
        yield return Unless(recipe.Overlap is >= 0 and <= 0.95, "\"overlap\" lies from 0 to 0.95.");
        yield return Unless(Enum.IsDefined(recipe.Loss), "\"loss\" is given by name.");
    }

    private static string? Unless(bool isRight, string fault) => isRight ? null : fault;
}

/// <summary>Reads recipes without reflection.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UseStringEnumConverter = true,
    PropertyNameCaseInsensitive = false,
    NumberHandling = JsonNumberHandling.Strict,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Recipe))]
internal sealed partial class RecipeJson : JsonSerializerContext;
