using System.Text.Json;
using Touchstone.Evaluators;

namespace Touchstone.Tests.Evaluators;

/// <summary>The golden metric cases beside the repository; their own README says what each field is.</summary>
internal sealed class GoldenCase(string name) : IDisposable
{
    private readonly JsonDocument _json =
        JsonDocument.Parse(File.ReadAllText(Repository.Shared("golden", "metrics", name, "golden.json")));

    /// <summary>Every case, by folder name.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.EnumerateDirectories(Repository.Shared("golden", "metrics")).Select(Path.GetFileName).Order()!,
    ];

    /// <summary>
    /// Why the prediction must be rejected, <c>affine</c> or <c>shape</c>; null when it must be scored.
    /// </summary>
    public string? RejectReason =>
        _json.RootElement.TryGetProperty("reject_reason", out var reason) ? reason.GetString() : null;

    public JsonElement Organs => _json.RootElement.GetProperty("organs");

    public JsonElement Root => _json.RootElement;

    public MaskSource Reference => Labels("ref.nii.gz");

    public MaskSource Prediction => Labels("pred.nii.gz");

    public CaseScore Score(string protocol, double toleranceMm = 1) => CaseEvaluator.Score(
        Reference,
        Prediction,
        [.. LabelMaps.AbdomenAtlas11.Structures.Values],
        new Protocol { Name = protocol, ToleranceMm = toleranceMm });

    /// <summary>A number of an organ; null where the file says null, NaN or Infinity.</summary>
    public double? Number(string organ, string field)
    {
        var value = Organs.GetProperty(organ).GetProperty(field);
        return value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
    }

    public void Dispose() => _json.Dispose();

    private MaskSource.LabelFile Labels(string file) =>
        new(Repository.Shared("golden", "metrics", name, file), LabelMaps.AbdomenAtlas11);
}
