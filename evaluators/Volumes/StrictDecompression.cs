using System.IO.Compression;

namespace Touchstone.Evaluators;

/// <summary>
/// Decompression that refuses a file cut short. The runtime checks every checksum it reaches, but takes a truncated file for
/// complete unless told otherwise.
/// </summary>
internal static class StrictDecompression
{
    private const string Switch = "System.IO.Compression.UseStrictValidation";

    private static readonly bool TruncationIsAnError = RefusesTruncation();

    /// <summary>Opens gzip, of one or several members.</summary>
    /// <param name="compressed">The compressed bytes, to their very end; left open.</param>
    /// <exception cref="InvalidOperationException">The process runs without strict validation.</exception>
    public static Stream Gzip(EndWitness compressed)
    {
        RequireStrictness();
        return new GZipStream(compressed, CompressionMode.Decompress, leaveOpen: true);
    }

    /// <summary>Opens deflated data without a header or a checksum.</summary>
    /// <param name="compressed">The compressed bytes, to their very end; left open.</param>
    /// <exception cref="InvalidOperationException">The process runs without strict validation.</exception>
    public static Stream Deflate(EndWitness compressed)
    {
        RequireStrictness();
        return new DeflateStream(compressed, CompressionMode.Decompress, leaveOpen: true);
    }

    /// <summary>Opens zlib.</summary>
    /// <param name="compressed">The compressed bytes, to their very end; disposed with it.</param>
    /// <exception cref="InvalidOperationException">The process runs without strict validation.</exception>
    public static Stream Zlib(EndWitness compressed)
    {
        RequireStrictness();
        return new ZLibStream(compressed, CompressionMode.Decompress);
    }

    private static void RequireStrictness()
    {
        if (!TruncationIsAnError)
        {
            throw new InvalidOperationException(
                $"Truncated files would be scored as if whole: set {Switch} to true in the program's runtime configuration.");
        }
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
