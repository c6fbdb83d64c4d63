using System.Text.Json;
using System.Text.Json.Serialization;
using Touchstone.Baselines.Networks;
using Touchstone.Evaluators;

namespace Touchstone.Baselines.Inference;

/// <summary>How the outputs of a network become masks.</summary>
internal enum Activation
{
    /// <summary>One class per voxel, the largest; output 0 is the background.</summary>
    Softmax,

    /// <summary>Each output for itself, inside where its sigmoid exceeds the threshold; masks may overlap.</summary>
    Sigmoid,
}

/// <summary>What a network's container finds and leaves; see the contract in <c>submissions/README.md</c>.</summary>
internal enum Layout
{
    /// <summary>One multi-label volume per case.</summary>
    Flat,

    /// <summary>One mask per structure.</summary>
    Folder,
}

/// <summary>All that is needed to segment CTs with a network: <c>model.json</c>, beside its weights.</summary>
/// <remarks>
/// What a file may leave out is set, not init: the JSON source generator fills init-only properties with the type's default where
/// the file is silent, instead of with the default written here.
/// </remarks>
internal sealed record ModelFile
{
    /// <summary>Which network.</summary>
    public required Backbone Network { get; init; }

    /// <summary>Whether its head is the CLIP-driven one of SuPreM's published U-Net and Swin UNETR.</summary>
    public bool Universal { get; set; }

    /// <summary>Channels of its first level; null for the published ones.</summary>
    public int? Width { get; set; }

    /// <summary>Checkpoint file, relative to the model file.</summary>
    public required string Weights { get; init; }

    /// <summary>How outputs become masks.</summary>
    public required Activation Activation { get; init; }

    /// <summary>For a sigmoid: inside above this probability. Default 0.5, SuPreM's for all classes.</summary>
    public double Threshold { get; set; } = 0.5;

    /// <summary>What each output is, in order; null for the background and for what is not to be written.</summary>
    public required IReadOnlyList<string?> Structures { get; init; }

    /// <summary>What the container leaves.</summary>
    public required Layout Layout { get; init; }

    /// <summary>Numbering of the flat layout. Default <c>abdomenatlas-1.1</c>.</summary>
    public string Labels { get; set; } = LabelMaps.AbdomenAtlas11.Name;

    /// <summary>Whether only the largest part of each structure stays, as in SuPreM's post-processing. Default true.</summary>
    public bool LargestPartOnly { get; set; } = true;

    /// <summary>Millimetres between the network's voxels: right, front, head. Default 1.5 each.</summary>
    public IReadOnlyList<double> SpacingMm { get; set; } = [1.5, 1.5, 1.5];

    /// <summary>Hounsfield units that become 0 and 1. Default −175 and 250.</summary>
    public IReadOnlyList<float> IntensityHu { get; set; } = [-175, 250];

    /// <summary>Voxels of a window along each axis. Default 96.</summary>
    public int Window { get; set; } = 96;

    /// <summary>Share of a window that its neighbour covers too. Default 0.5.</summary>
    public double Overlap { get; set; } = 0.5;

    /// <summary>The network to build.</summary>
    [JsonIgnore]
    public NetworkPlan Plan => new() { Backbone = Network, Outputs = Structures.Count, IsUniversal = Universal, Width = Width };

    /// <summary>What CTs go through.</summary>
    [JsonIgnore]
    public Preparation Preparation => new()
    {
        SpacingMm = new(SpacingMm[0], SpacingMm[1], SpacingMm[2]),
        DarkHu = IntensityHu[0],
        BrightHu = IntensityHu[1],
    };

    /// <summary>Reads a model file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelException">It is missing, is no JSON, lacks a field, or contradicts itself; all that is wrong is listed.</exception>
    public static ModelFile Read(string path)
    {
        ModelFile model;
        try
        {
            using var file = File.OpenRead(path);
            model = JsonSerializer.Deserialize(file, ModelJson.Default.ModelFile) ?? throw new JsonException("It is empty.");
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"{path}: {JsonWords.Of(fault)}", fault);
        }

        var faults = model.Faults().ToList();
        return faults.Count == 0 ? model : throw new ModelException($"{path}: {string.Join(" ", faults)}");
    }

    /// <summary>Writes the file: whole under its name, or not at all.</summary>
    /// <param name="path">To make or replace.</param>
    public void Write(string path)
    {
        File.WriteAllBytes(path + ".part", JsonSerializer.SerializeToUtf8Bytes(this, ModelJson.Default.ModelFile));
        File.Move(path + ".part", path, overwrite: true);
    }

    private IEnumerable<string> Faults()
    {
        if (!Enum.IsDefined(Network) || !Enum.IsDefined(Activation) || !Enum.IsDefined(Layout))
        {
            yield return "\"network\", \"activation\" and \"layout\" are given by name.";
        }

        if (SpacingMm.Count != 3 || SpacingMm.Any(spacing => !(spacing is > 0.1 and < 100)))
        {
            yield return "\"spacingMm\" is three lengths from 0.1 to 100.";
        }

        if (IntensityHu is not [var dark, var bright] || !(dark < bright))
        {
            yield return "\"intensityHu\" is the dark and the bright end.";
        }

        if (Window is < 1 or > 1024 || Structures.Count < 1 || Window % Plan.Divisor != 0)
        {
            yield return $"\"window\" is a multiple of {Plan.Divisor} for this network.";
        }

        if (!(Overlap is >= 0 and <= 0.95))
        {
            yield return "\"overlap\" lies from 0 to 0.95.";
        }

        if (!(Threshold is > 0 and < 1))
        {
            yield return "\"threshold\" lies between 0 and 1.";
        }

        foreach (var fault in StructureFaults())
        {
            yield return fault;
        }
    }

    private IEnumerable<string> StructureFaults()
    {
        var names = Structures.OfType<string>().Select(StructureNames.Canonical).ToList();
        if (names.Count == 0 || names.Distinct(StringComparer.Ordinal).Count() < names.Count || Structures.Count > 255)
        {
            yield return "\"structures\" names each output once, at most 255, null for what is not written.";
        }

        if (names.Any(name => name.Length == 0 || name.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('_' or '-'))))
        {
            yield return "\"structures\" are names of letters, digits and underscores.";
        }

        if (Activation == Activation.Softmax && Structures is [not null, ..])
        {
            yield return "With a softmax the first of \"structures\" is null, the background.";
        }

        if (LabelMaps.Find(Labels) is not { } map)
        {
            yield return $"\"labels\" is one of {string.Join(", ", LabelMaps.All.Select(known => known.Name))}.";
        }
        else if (Layout == Layout.Flat && names.Find(name => map.LabelOf(name) is null) is { } strange)
        {
            yield return $"{Labels} has no label for {strange}.";
        }
    }
}

/// <summary>A model file that cannot be used; the message says why.</summary>
internal sealed class ModelException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Reads model files without reflection.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    WriteIndented = true,
    ReadCommentHandling = JsonCommentHandling.Skip)]
[JsonSerializable(typeof(ModelFile))]
internal sealed partial class ModelJson : JsonSerializerContext;
