using Touchstone.Evaluators;
using Touchstone.Harness.Runs;

namespace Touchstone.Harness.Datasets;

/// <summary>What the numbers in a dataset's label volumes mean.</summary>
internal static class DatasetLabels
{
    /// <summary>Reads it.</summary>
    /// <param name="labels">Name of a numbering, or the path of a file.</param>
    /// <exception cref="VolumeException">The file is absent, or is no label map.</exception>
    public static LabelMap Read(string labels)
    {
        if (LabelMaps.Find(labels) is { } known)
        {
            return known;
        }

        if (!File.Exists(labels))
        {
            throw new VolumeException(VolumeFault.Missing, $"What its numbers mean should be said by {labels}, which is not there.");
        }

        try
        {
            RegularFile.Demand(labels);
            return LabelMapFile.Read(labels);
        }
        catch (Exception fault) when (fault is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new VolumeException(VolumeFault.Unreadable, fault.Message, fault);
        }
    }
}
