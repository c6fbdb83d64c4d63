using System.Security.Cryptography;
using Touchstone.Harness.Server.Problems;

namespace Touchstone.Harness.Server.Uploads;

/// <summary>What the bytes of one request must sum to: tus's header <c>Upload-Checksum</c>.</summary>
/// <param name="Algorithm">The algorithm.</param>
/// <param name="Value">The sum.</param>
public sealed record UploadChecksum(HashAlgorithmName Algorithm, byte[] Value)
{
    /// <summary>Names of the algorithms, as tus has them.</summary>
    public const string Algorithms = "sha256,sha1";

    /// <summary>Reads the header; null when there is none.</summary>
    /// <param name="header">Algorithm, a blank, and the sum in Base64.</param>
    /// <exception cref="ProblemException">It is something else.</exception>
    public static UploadChecksum? Parse(string header)
    {
        if (header.Length == 0)
        {
            return null;
        }

        var parts = header.Split(' ');
        var (name, bytes) = parts[0] switch
        {
            "sha256" => (HashAlgorithmName.SHA256, SHA256.HashSizeInBytes),

            // The protocol demands it; it guards against broken connections, not against people.
            "sha1" => (HashAlgorithmName.SHA1, SHA1.HashSizeInBytes),
            _ => throw new ProblemException(400, "checksum-unknown", $"Checksums are made with one of {Algorithms}."),
        };
        var value = new byte[bytes];
        return parts.Length == 2 && Convert.TryFromBase64String(parts[1], value, out var written) && written == bytes
            ? new UploadChecksum(name, value)
            : throw new ProblemException(400, "malformed-request", "Upload-Checksum holds no sum of that algorithm in Base64.");
    }
}
