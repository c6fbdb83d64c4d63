using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Harness.Checks;

/// <summary>Facts with their judgement: what <c>touchstone check --json</c> writes, as it is.</summary>
internal sealed record CheckReport : CheckFacts
{
    [SetsRequiredMembers]
    private CheckReport(CheckFacts facts, string build)
        : base(facts) => (Touchstone, Findings) = (build, FindingRules.Judge(facts));

    /// <summary>Version of the JSON; a new one only when something means something else than before.</summary>
    [JsonPropertyOrder(-4)]
    public int Schema { get; } = 1;

    /// <summary>The build that checked.</summary>
    [JsonPropertyOrder(-3)]
    public string Touchstone { get; }

    /// <summary><c>pass</c> or <c>fail</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Verdict => IsPass ? "pass" : "fail";

    /// <summary>What was judged, in a fixed order of codes.</summary>
    [JsonPropertyOrder(-1)]
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Whether nothing has to be repaired.</summary>
    [JsonIgnore]
    public bool IsPass => Findings.All(finding => finding.Level != FindingLevel.Fail);

    /// <summary>Judges facts. Pure.</summary>
    /// <param name="facts">What was found out.</param>
    /// <param name="build">The build that checked.</param>
    public static CheckReport Of(CheckFacts facts, string build) => new(facts, build);

    /// <summary>The report as JSON, with a line feed at its end. Pure.</summary>
    public byte[] ToJson() => [.. JsonSerializer.SerializeToUtf8Bytes(this, CheckJson.Reporting.CheckReport), (byte)'\n'];
}

/// <summary>Source-generated serialisers of reports.</summary>
[JsonSerializable(typeof(CheckReport))]
internal sealed partial class CheckJson : JsonSerializerContext
{
    /// <inheritdoc cref="JsonForms.Report" path="/summary"/>
    public static CheckJson Reporting { get; } = new(JsonForms.Report(
        new JsonStringEnumConverter<Ending>(JsonNamingPolicy.CamelCase),
        new JsonStringEnumConverter<Sameness>(JsonNamingPolicy.CamelCase),
        new JsonStringEnumConverter<FindingLevel>(JsonNamingPolicy.CamelCase)));
}
