namespace Touchstone.Harness.Intake;

/// <summary>
/// Why intake refuses something. The names, in kebab case, are the codes of the server's problems: never rename one.
/// </summary>
public enum IntakeFault
{
    /// <summary>A name or number is empty, too long, or holds what is not allowed.</summary>
    Malformed,

    /// <summary>The invitation is unknown, used or too old.</summary>
    InvitationInvalid,

    /// <summary>Another team has that name.</summary>
    TeamNameTaken,

    /// <summary>The team has more members than the challenge allows.</summary>
    TeamTooLarge,

    /// <summary>The organiser barred the team.</summary>
    TeamBarred,

    /// <summary>A token was asked for that may do more than the one that asks.</summary>
    ScopeTooWide,

    /// <summary>The team has too many tokens that still work.</summary>
    TooManyTokens,

    /// <summary>The team has too many archives lying here.</summary>
    TooManyUploads,

    /// <summary>There is nothing of that id for this caller.</summary>
    NotFound,

    /// <summary>The archive is not whole yet.</summary>
    UploadIncomplete,

    /// <summary>The quota is spent.</summary>
    QuotaExhausted,

    /// <summary>The phase takes no attempts now.</summary>
    PhaseClosed,

    /// <summary>The idempotency key came with another request before.</summary>
    IdempotencyKeyReused,

    /// <summary>The attempt's state does not allow it.</summary>
    WrongState,
}

/// <summary>A refusal whose message is the participant's to read: no host path, no hidden case, no other team.</summary>
public sealed class IntakeException(IntakeFault fault, string message) : Exception(message)
{
    /// <summary>The stable code.</summary>
    public IntakeFault Fault { get; } = fault;

    /// <summary>When trying again may help, UTC; null when nobody can say.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>The usual answer for what is not there or not the caller's: neither tells which.</summary>
    /// <param name="what">Such as "attempt".</param>
    /// <param name="id">What was asked for.</param>
    public static IntakeException NoSuch(string what, string id) => new(IntakeFault.NotFound, $"There is no {what} \"{id}\".");
}
