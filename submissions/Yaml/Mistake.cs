namespace Touchstone.Submissions.Yaml;

/// <summary>One thing wrong in a file that a person wrote.</summary>
/// <param name="Line">Line in the file, from 1.</param>
/// <param name="Message">What is wrong and what was expected.</param>
public sealed record Mistake(int Line, string Message);

/// <summary>A file that a person wrote holds mistakes; they are listed in the order of their lines, the first twenty of many.</summary>
public sealed class MistakesException(string file, IReadOnlyList<Mistake> mistakes)
    : Exception(Describe(file, mistakes))
{
    // A table with the wrong separator has a mistake a line; nobody reads thousands.
    private const int MostShown = 20;

    /// <summary>The file, as it was named.</summary>
    public string File { get; } = file;

    /// <summary>Every mistake found.</summary>
    public IReadOnlyList<Mistake> Mistakes { get; } = [.. mistakes.OrderBy(mistake => mistake.Line)];

    private static string Describe(string file, IReadOnlyList<Mistake> mistakes) => string.Join('\n',
    [
        mistakes.Count == 1 ? $"{file} has a mistake:" : $"{file} has {mistakes.Count} mistakes:",
        .. mistakes.OrderBy(mistake => mistake.Line).Take(MostShown)
            .Select(mistake => $"  line {mistake.Line}: {mistake.Message}"),
        .. mistakes.Count > MostShown ? [$"  and {mistakes.Count - MostShown} more"] : Array.Empty<string>(),
    ]);
}
