using System.Security.Cryptography;
using System.Text;
using Touchstone.Evaluators;
using Touchstone.Harness.Runs;

namespace Touchstone.Harness.Datasets;

/// <summary>Tells whether the reference masks of a case are the same as they were.</summary>
public static class ReferenceHash
{
    /// <summary>
    /// SHA-256, hexadecimal, of what <c>sha256sum</c> prints of the masks in a folder in the order of their names; of a label
    /// volume likewise, and of what its numbers mean.
    /// </summary>
    /// <param name="one">The case.</param>
    /// <exception cref="IOException">They cannot be read.</exception>
    /// <exception cref="DatasetFaultException">What their numbers mean is not to be had.</exception>
    public static string Of(DatasetCase one)
    {
        try
        {
            return one.ReadReference() is MaskSource.LabelFile { Labels: var labels }
                ? Of([one.SegmentationsPath], string.Concat(labels.Structures.OrderBy(label => label.Key)
                    .Select(label => FormattableString.Invariant($"{label.Key} {label.Value}\n"))))
                : Of(one.SegmentationsPath);
        }
        catch (VolumeException fault)
        {
            throw new DatasetFaultException(one.Dataset, one.Id, one.SegmentationsPath, fault);
        }
    }

    /// <summary>The same of a folder of masks.</summary>
    /// <param name="segmentations">The folder.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string Of(string segmentations) =>
        Of([.. Directory.GetFiles(segmentations).Where(path => VolumeFile.StemOf(path) is not null).Order(StringComparer.Ordinal)], "");

    private static string Of(string[] files, string more)
    {
        var lines = new StringBuilder();
        foreach (var path in files)
        {
            lines.Append(FileHash.Of(path)).Append("  ").Append(Path.GetFileName(path)).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines.Append(more).ToString())));
    }
}
