using System.Text.Json;
using Touchstone.Evaluators;

namespace Touchstone.Tests.Evaluators;

/// <summary>
/// A golden metric case: made up, in <c>tests/golden/metrics</c>, or extra, of real anatomy. The README there says what each field is.
/// </summary>
internal sealed class GoldenCase(string name) : IDisposable
{
    private readonly JsonDocument _json =
        JsonDocument.Parse(File.ReadAllText(PathOf(name, "golden.json")));

    /// <summary>The cases that are in the repository, by folder name.</summary>
    public static IReadOnlyList<string> MadeUp { get; } =
    [
        .. Directory.EnumerateDirectories(Repository.File("tests", "golden", "metrics")).Select(Path.GetFileName).Order()!,
    ];

    /// <summary>A file of a case, wherever the case is.</summary>
    public static string PathOf(string name, string file) => MadeUp.Contains(name)
        ? Repository.File("tests", "golden", "metrics", name, file)
        : Repository.Shared("golden", "metrics", name, file);

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
        new(PathOf(name, file), LabelMaps.AbdomenAtlas11);
}
