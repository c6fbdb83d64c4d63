using System.Security.Cryptography;
using System.Text;

namespace Touchstone.Harness.Datasets;

/// <summary>Tells whether the reference masks of a case are the same as they were.</summary>
public static class ReferenceHash
{
    /// <summary>SHA-256, hexadecimal, of what <c>sha256sum *.nii.gz</c> prints in a folder of masks.</summary>
    /// <param name="segmentations">The folder.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string Of(string segmentations)
    {
        var lines = new StringBuilder();
        foreach (var path in Directory.GetFiles(segmentations, "*.nii.gz").Order(StringComparer.Ordinal))
        {
            lines.Append(FileHash.Of(path)).Append("  ").Append(Path.GetFileName(path)).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines.ToString())));
    }
}
