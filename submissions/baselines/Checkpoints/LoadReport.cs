using System.Globalization;
using System.Text;

namespace Touchstone.Baselines.Checkpoints;

/// <summary>A tensor that both sides know, in different shapes.</summary>
/// <param name="Name">In the network.</param>
/// <param name="Wanted">The network's shape.</param>
/// <param name="Found">The file's shape.</param>
internal sealed record ShapeDifference(string Name, IReadOnlyList<long> Wanted, IReadOnlyList<long> Found);

/// <summary>How the tensors of a checkpoint met those of a network. Names are in alphabetical order.</summary>
internal sealed record LoadReport
{
    private const int MostNames = 12;

    /// <summary>What was done to the file's names.</summary>
    public required Renaming Renaming { get; init; }

    /// <summary>In both, of one shape.</summary>
    public required IReadOnlyList<string> Matched { get; init; }

    /// <summary>In the network only.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>In the file only, by the file's names.</summary>
    public required IReadOnlyList<string> Unexpected { get; init; }

    /// <summary>In both, of different shapes.</summary>
    public required IReadOnlyList<ShapeDifference> Misshapen { get; init; }

    /// <summary>Whether the file gives everything that the network needs.</summary>
    public bool IsComplete => Missing.Count == 0 && Misshapen.Count == 0;

    /// <summary>For people: counts, and the first names of each kind.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Matched.Count} tensors matched, {Misshapen.Count} of another shape, ");
        text.Append(CultureInfo.InvariantCulture, $"{Missing.Count} missing, {Unexpected.Count} unexpected; {Renaming.Description}.");
        List(text, "Of another shape", [.. Misshapen.Select(difference =>
            $"{difference.Name}: [{string.Join(", ", difference.Found)}] for [{string.Join(", ", difference.Wanted)}]")]);
        List(text, "Missing", Missing);
        List(text, "Unexpected", Unexpected);
        return text.ToString();
    }

    private static void List(StringBuilder text, string title, IReadOnlyList<string> names)
    {
        foreach (var name in names.Take(MostNames))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {title}: {name}");
        }

        if (names.Count > MostNames)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {title}: and {names.Count - MostNames} more");
        }
    }
}
