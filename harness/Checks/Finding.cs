namespace Touchstone.Harness.Checks;

/// <summary>How much a finding matters. The names are part of the JSON: never rename one.</summary>
public enum FindingLevel
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>The entry would be accepted and scored, but probably not as its maker means it.</summary>
    Warning,

    /// <summary>The entry would be refused, would fail, or answers what nobody asked. The check fails.</summary>
    Fail,
}

/// <summary>One thing that a check looked at.</summary>
/// <param name="Code">What, a code for programs: <c>image</c>, <c>contract</c>, <c>time</c>… Never renamed.</param>
/// <param name="Level">How much it matters.</param>
/// <param name="Case">The case that it is about; null for all.</param>
/// <param name="What">What was found, with numbers.</param>
/// <param name="ToDo">What to do about it; null when nothing has to be done.</param>
internal sealed record Finding(string Code, FindingLevel Level, string? Case, string What, string? ToDo)
{
    /// <summary>Something as it should be.</summary>
    public static Finding Ok(string code, string what) => new(code, FindingLevel.Ok, null, what, null);

    /// <summary>Something to look at.</summary>
    public static Finding Warn(string code, string what, string toDo, string? inCase = null) =>
        new(code, FindingLevel.Warning, inCase, what, toDo);

    /// <summary>Something to repair.</summary>
    public static Finding Fail(string code, string what, string toDo, string? inCase = null) =>
        new(code, FindingLevel.Fail, inCase, what, toDo);
}
