using System.Security.Cryptography;

namespace Touchstone.Harness.Datasets;

/// <summary>What a file's content is known by.</summary>
internal static class FileHash
{
    /// <summary>SHA-256 of a file's bytes, hexadecimal, as <c>sha256sum</c> prints it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string Of(string path)
    {
        using var file = Runs.RegularFile.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
