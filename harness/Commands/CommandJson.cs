using System.Text.Json;
using System.Text.Json.Serialization;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Sandbox;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Harness.Commands;

/// <summary>Source-generated serialisers of what commands report with <c>--json</c>.</summary>
[JsonSerializable(typeof(IReadOnlyList<Dataset>))]
[JsonSerializable(typeof(DatasetDescription))]
[JsonSerializable(typeof(ChallengeReport))]
[JsonSerializable(typeof(SubmissionLine[]))]
[JsonSerializable(typeof(IReadOnlyList<DatasetVerification>))]
[JsonSerializable(typeof(IReadOnlyList<SandboxSetting>))]
[JsonSerializable(typeof(IReadOnlyList<RepeatSummary>))]
[JsonSerializable(typeof(IReadOnlyList<ParticipantReport>))]
internal sealed partial class CommandJson : JsonSerializerContext
{
    /// <inheritdoc cref="JsonForms.Report" path="/summary"/>
    public static CommandJson Reporting { get; } = new(JsonForms.Report(
        new JsonStringEnumConverter<Ending>(JsonNamingPolicy.CamelCase),
        new JsonStringEnumConverter<Sameness>(JsonNamingPolicy.CamelCase),
        new JsonStringEnumConverter<DatasetPurpose>(JsonNamingPolicy.KebabCaseLower),
        new JsonStringEnumConverter<DatasetLayout>(JsonNamingPolicy.KebabCaseLower),
        new JsonStringEnumConverter<Distribution>(JsonNamingPolicy.KebabCaseLower),
        new JsonStringEnumConverter<VerificationStatus>(JsonNamingPolicy.KebabCaseLower)));
}

/// <summary>A dataset with its cases, as <c>touchstone datasets describe --json</c> reports it.</summary>
/// <param name="Dataset">The manifest's entry.</param>
/// <param name="Cases">Its cases on this machine; null when they are not here.</param>
internal sealed record DatasetDescription(Dataset Dataset, IReadOnlyList<DatasetCase>? Cases);
