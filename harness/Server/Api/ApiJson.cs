using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Touchstone.Harness.Intake;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Server.Problems;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Harness.Server.Api;

/// <summary>Source-generated serialisers of what goes over the wire.</summary>
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(IReadOnlyList<ChallengeAnswer>))]
[JsonSerializable(typeof(ChallengeRulesAnswer))]
[JsonSerializable(typeof(AmendmentBody))]
[JsonSerializable(typeof(AmendmentAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(QuotaAnswer))]
[JsonSerializable(typeof(RegisterRequest))]
[JsonSerializable(typeof(RegisterAnswer))]
[JsonSerializable(typeof(TeamAnswer))]
[JsonSerializable(typeof(IReadOnlyList<TeamAnswer>))]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(SecretAnswer))]
[JsonSerializable(typeof(IReadOnlyList<TokenAnswer>))]
[JsonSerializable(typeof(UploadAnswer))]
[JsonSerializable(typeof(IReadOnlyList<UploadAnswer>))]
[JsonSerializable(typeof(AttemptBody))]
[JsonSerializable(typeof(AttemptAnswer))]
[JsonSerializable(typeof(IReadOnlyList<AttemptAnswer>))]
[JsonSerializable(typeof(IReadOnlyList<ParticipantReport>))]
[JsonSerializable(typeof(ScoresAnswer))]
[JsonSerializable(typeof(InvitationRequest))]
[JsonSerializable(typeof(IReadOnlyList<InvitationAnswer>))]
[JsonSerializable(typeof(ReasonRequest))]
[JsonSerializable(typeof(QuotaRequest))]
[JsonSerializable(typeof(IReadOnlyList<AuditAnswer>))]
[JsonSerializable(typeof(Errand))]
[JsonSerializable(typeof(IReadOnlyList<Errand>))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>Camel case, enums by name; what a request has too much or too little is an error.</summary>
    public static ApiJson Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        MaxDepth = 16,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter<AttemptState>(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
            new JsonStringEnumConverter<Ending>(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
            new JsonStringEnumConverter<SubmissionLayout>(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
            new JsonStringEnumConverter<DecisionKind>(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
            new JsonStringEnumConverter<QuotaRule>(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
            new JsonStringEnumConverter<Scope>(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
        },
    });
}
