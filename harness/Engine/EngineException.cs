using System.Net;

namespace Touchstone.Harness.Engine;

/// <summary>
/// The container engine is absent, refuses a request or breaks off. The message is for operators; it is never a
/// participant's fault and never becomes a score. What an image wrote can stand in it, so it passes <see cref="LogText"/>.
/// </summary>
public sealed class EngineException(string message, Exception? inner = null)
    : Exception(LogText.Line(EngineException.Ends(message), int.MaxValue), inner)
{
    private const int Most = 4096;

    /// <summary>What the engine itself said, as it came, with paths of its machine; null when no answer came.</summary>
    public string? Words
    {
        get;
        init => field = value is null ? null : Ends(value);
    }

    /// <summary>The engine's HTTP status; null when no answer came.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>
    /// True when trying again may help; false for what stays wrong until somebody changes the machine.
    /// </summary>
    public bool IsTransient { get; init; } = true;

    internal static EngineException Unreachable(string endpoint, Exception inner) => new(
        $"No container engine answers at {endpoint} ({inner.Message}). "
        + "Start Docker Engine, or run harness/install-engine.sh, which installs and starts one; "
        + "where one runs, check that this user may open its socket (member of the group \"docker\", or root).",
        inner);

    /// <summary>Begin and end of a text: between them an image may be quoted, as long as its author likes.</summary>
    private static string Ends(string text) => text.Length <= Most ? text : $"{text[..(Most / 2)]}…{text[^(Most / 2)..]}";
}
