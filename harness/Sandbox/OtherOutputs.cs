using Touchstone.Leaderboard;
using Touchstone.Submissions;

namespace Touchstone.Harness.Sandbox;

/// <summary>
/// What lies in an output folder in place of what was expected, in words: names and a guess at what went wrong. A container
/// chooses the names, so the words are for operators and open phases alone. Pure.
/// </summary>
internal static class OtherOutputs
{
    private const int LongestName = 80;
    private const string Extension = ".nii.gz";

    /// <summary>A path without signs that steer a terminal, and not too long.</summary>
    /// <param name="path">As a container wrote it.</param>
    public static string Printable(string path)
    {
        // What the log's cleaning would take out or turn into a line's end is shown to be there: it is often the mistake.
        var clean = string.Concat(path.EnumerateRunes().Select(sign =>
            sign.Value == '\r' ? "\\r" : sign.Value == '\n' ? "\\n" : sign.Value == '\t' ? "\\t" : LogText.IsVisible(sign) ? sign.ToString() : "?"));
        return LogText.Cut(clean, LongestName);
    }

    /// <summary>Names of what was found, and how many there are beyond.</summary>
    /// <param name="output">What was found.</param>
    public static string Listed(CollectedOutput output)
    {
        if (output.OtherFiles == 0)
        {
            return "Found: no file at all.";
        }

        var more = output.OtherFiles - output.OtherNames.Count;
        var others = Counted.Of(more, "other file");
        return output.OtherNames.Count == 0 ? $"Found: {others}."
            : $"Found: {string.Join(", ", output.OtherNames)}{(more > 0 ? $" and {others}" : "")}.";
    }

    /// <summary>What probably went wrong; null when nobody can say.</summary>
    /// <param name="output">What was found.</param>
    /// <param name="expected">What was expected.</param>
    public static string? Guess(CollectedOutput output, ExpectedOutputs expected)
    {
        var names = output.OtherNames;
        var isFlat = expected.Layout == SubmissionLayout.Flat;
        var flat = $"{expected.Pseudonym}{Extension}";
        var stem = isFlat ? flat[..^3] : ".nii";
        if (names.FirstOrDefault(name => name.Contains("\\r", StringComparison.Ordinal)) is not null)
        {
            return "A name ends in a carriage return (\\r): the script that wrote it has Windows line ends.";
        }

        if (isFlat && names.Any(name => name.StartsWith($"{expected.Pseudonym}/", StringComparison.Ordinal)
            && name.EndsWith(Extension, StringComparison.Ordinal)))
        {
            return "That is the folder layout: submit it with --layout folder.";
        }

        if (!isFlat && names.Contains(flat))
        {
            return "That is the flat layout: submit it with --layout flat.";
        }

        if (names.FirstOrDefault(name => name.EndsWith(stem, StringComparison.Ordinal)) is { } plain)
        {
            return $"{plain} is there, but not compressed: write {Path.GetFileName(plain)}.gz.";
        }

        if (names.FirstOrDefault(name => isFlat && name.EndsWith($"/{flat}", StringComparison.Ordinal)) is { } deeper)
        {
            return $"{deeper} lies in a folder of its own: write it to /workspace/outputs itself.";
        }

        return Elsewhere(names, expected, isFlat);
    }

    private static string? Elsewhere(IReadOnlyList<string> names, ExpectedOutputs expected, bool isFlat)
    {
        if (!isFlat && names.Any(name => name.StartsWith($"{expected.Pseudonym}/segmentations/", StringComparison.Ordinal)))
        {
            return "No name there is that of one of the challenge's structures.";
        }

        if (!isFlat && names.Any(name => name.StartsWith($"{expected.Pseudonym}/", StringComparison.Ordinal)))
        {
            return "The masks belong into the folder segmentations of the case.";
        }

        return names.Any(name => name.EndsWith(Extension, StringComparison.Ordinal) || name.EndsWith(".nii", StringComparison.Ordinal))
            ? "Take the case's name from the input."
            : null;
    }
}
