using Touchstone.Evaluators;
using Touchstone.Submissions;

namespace Touchstone.Harness.Sandbox;

/// <summary>Which files of the output folder are predictions. Everything else in it is left where it is.</summary>
/// <param name="Layout">The submission's layout.</param>
/// <param name="Pseudonym">The name under which the container saw the case.</param>
/// <param name="Structures">Canonical names of the structures that count.</param>
public sealed record ExpectedOutputs(SubmissionLayout Layout, string Pseudonym, IReadOnlyList<string> Structures)
{
    private const string Extension = ".nii.gz";

    /// <summary>What a participant should have written, for messages.</summary>
    public string Description => Layout == SubmissionLayout.Flat
        ? $"outputs/{Pseudonym}{Extension}"
        : $"outputs/{Pseudonym}/segmentations/<structure>{Extension}";

    /// <summary>Where a file belongs below the prediction folder; null when it is no prediction.</summary>
    /// <param name="path">Path below the output folder, as the participant wrote it.</param>
    public string? Accept(string path)
    {
        if (Layout == SubmissionLayout.Flat)
        {
            return path == $"{Pseudonym}{Extension}" ? path : null;
        }

        var folder = $"{Pseudonym}/segmentations/";
        if (!path.StartsWith(folder, StringComparison.Ordinal) || !path.EndsWith(Extension, StringComparison.Ordinal))
        {
            return null;
        }

        // Only a name from our own list ever becomes the name of a file on this machine.
        var name = StructureNames.Canonical(path[folder.Length..^Extension.Length]);
        return Structures.Contains(name) ? $"{folder}{name}{Extension}" : null;
    }
}
