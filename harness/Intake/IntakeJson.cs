using System.Text.Json.Serialization;
using Touchstone.Submissions;

namespace Touchstone.Harness.Intake;

/// <summary>Source-generated serialisers of what a column holds as JSON.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(SubmissionDraft))]
[JsonSerializable(typeof(Quota))]
internal sealed partial class IntakeJson : JsonSerializerContext;
