using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Data.Sqlite;
using Touchstone.Harness.Images;
using Touchstone.Harness.Intake;
using Touchstone.Harness.Runs;
using Touchstone.Submissions;

namespace Touchstone.Harness.Server.Problems;

/// <summary>What a caller is told of a fault. Pure.</summary>
internal static class ProblemOf
{
    private static Problem DiskFull => Make(
        507, "disk-full", "The server's disk is full. What was acknowledged is kept; go on when the organisers have made room.");

    /// <summary>The problem of a fault that is the caller's, or that it may know of; null for ours.</summary>
    /// <param name="fault">The fault.</param>
    public static Problem? Known(Exception fault) => fault switch
    {
        ProblemException own => Make(own.Status, own.Code, own.Message),
        IntakeException refusal => Make(StatusOf(refusal.Fault), Kebab(refusal.Fault.ToString()), refusal.Message) with
        {
            RetryAt = refusal.RetryAt,
        },
        SubmissionException refusal => Make(422, Kebab(refusal.Fault.ToString()), refusal.Message),
        JsonException json => Make(400, "malformed-json", Describe(json)),
        BadHttpRequestException { StatusCode: 413 } => Make(413, "body-too-large", "The request is larger than this address takes."),
        BadHttpRequestException bad => Make(bad.StatusCode, "malformed-request", "The request cannot be read."),
        // Without numbers: how much is free tells what containers leave there.
        IntakeClosedException => Make(507, "disk-full", "Intake is closed: the server's disk has no room for it. Runs go on. Submit again later."),
        IOException or SqliteException when Infrastructure.IsDiskFull(fault) => DiskFull,
        _ => null,
    };

    /// <summary>A status that nothing else explains, such as that of an unknown address.</summary>
    /// <param name="status">400 or above.</param>
    public static Problem OfStatus(int status) => status switch
    {
        404 => Make(404, "not-found", "There is nothing at this address."),
        405 => Make(405, "method-not-allowed", "This address does not take that method; the header Allow lists those that it takes."),
        415 => Make(415, "wrong-content-type", "Send application/json."),
        _ => Make(status, Kebab(ReasonPhrases.GetReasonPhrase(status).Replace(" ", "", StringComparison.Ordinal)), "The request was refused."),
    };

    /// <summary>Our own fault, which the caller learns nothing of but a number.</summary>
    /// <param name="incident">Finds it in the log.</param>
    public static Problem Ours(string incident) => Make(
        500, "internal-error", $"The server failed. Nothing that was acknowledged is lost. Tell the organisers the incident {incident}.") with
    {
        Incident = incident,
    };

    /// <summary>A name as a code: <c>QuotaExhausted</c> is <c>quota-exhausted</c>.</summary>
    public static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);

    private static Problem Make(int status, string code, string detail) => new()
    {
        Title = ReasonPhrases.GetReasonPhrase(status),
        Status = status,
        Detail = detail,
        Code = code,
    };

    private static int StatusOf(IntakeFault fault) => fault switch
    {
        IntakeFault.NotFound => 404,
        IntakeFault.InvitationInvalid or IntakeFault.TeamBarred or IntakeFault.ScopeTooWide => 403,
        IntakeFault.QuotaExhausted => 429,
        IntakeFault.TeamNameTaken or IntakeFault.TooManyTokens or IntakeFault.TooManyUploads or IntakeFault.UploadIncomplete
            or IntakeFault.WrongState or IntakeFault.PhaseClosed => 409,
        IntakeFault.Malformed or IntakeFault.TeamTooLarge or IntakeFault.IdempotencyKeyReused => 422,
    };

    private static string Describe(JsonException fault) => fault.Path is { Length: > 1 } path
        ? $"The JSON is not what is expected at {path}."
        : "The body is no JSON of the expected form.";
}
