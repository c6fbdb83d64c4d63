using Touchstone.Evaluators;
using Touchstone.Harness.Commands;

namespace Touchstone.Harness.Evaluation;

/// <summary>What <c>--labels</c> chose.</summary>
/// <param name="Map">What the numbers mean.</param>
/// <param name="Shown">Its name in messages: that of a numbering or of the file.</param>
internal sealed record LabelChoice(LabelMap Map, string Shown)
{
    /// <summary>Reads it.</summary>
    /// <param name="name">Name of a numbering, or a file; null when it was not given.</param>
    /// <exception cref="WrongUseException">There is none, or the file is no label map.</exception>
    public static LabelChoice? Read(string? name)
    {
        if (name is null)
        {
            return null;
        }

        if (LabelMaps.Find(name) is { } known)
        {
            return new LabelChoice(known, name);
        }

        try
        {
            return File.Exists(name)
                ? new LabelChoice(LabelMapFile.Read(name), Path.GetFileName(name))
                : throw new WrongUseException(
                    $"There are no labels {name}: name {LabelMaps.Names}, or a file.");
        }
        catch (FormatException fault)
        {
            throw new WrongUseException(fault.Message);
        }
    }
}
