using System.IO.Compression;

namespace Touchstone.Evaluators;

/// <summary>
/// Decompression that refuses a damaged file. The runtime checks every checksum it reaches, but takes a file cut short for
/// complete unless told otherwise, and ignores what follows the last member.
/// </summary>
internal static class StrictDecompression
{
    private const string Switch = "System.IO.Compression.UseStrictValidation";

    private static readonly bool TruncationIsAnError = RefusesTruncation();

    /// <summary>Opens gzip, of one or several members, or zlib for reading.</summary>
    /// <param name="compressed">The compressed bytes, to their very end; wrapped so that what is left over is noticed.</param>
    /// <param name="isGzip">Gzip rather than zlib.</param>
    /// <exception cref="InvalidOperationException">The process runs without strict validation.</exception>
    public static Stream Open(EndWitness compressed, bool isGzip)
    {
        if (!TruncationIsAnError)
        {
            throw new InvalidOperationException(
                $"Truncated files would be scored as if whole: set {Switch} to true in the program's runtime configuration.");
        }

        return isGzip
            ? new GZipStream(compressed, CompressionMode.Decompress)
            : new ZLibStream(compressed, CompressionMode.Decompress);
    }

    private static bool RefusesTruncation()
    {
        using var whole = new MemoryStream();
        using (var gzip = new GZipStream(whole, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write("voxels"u8);
        }

        using var cut = new GZipStream(new MemoryStream(whole.ToArray(), 0, (int)whole.Length - 1), CompressionMode.Decompress);
        try
        {
            cut.CopyTo(Stream.Null);
            return false;
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }
}
