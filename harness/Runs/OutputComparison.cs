using System.IO.Compression;
using System.Security.Cryptography;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Harness.Runs;

/// <summary>Compares the predictions of two runs of a case.</summary>
internal static class OutputComparison
{
    /// <summary>Compares by the hashes of the files, and where these differ by those of the volumes in them.</summary>
    /// <param name="result">The result.</param>
    /// <param name="predictions">Folder of the predictions that it was made of.</param>
    /// <param name="outputs">What the other run left.</param>
    /// <param name="repeated">Folder of that.</param>
    public static Sameness Of(CaseResult result, string predictions, IReadOnlyList<OutputFile> outputs, string repeated)
    {
        if (result.Ending != Ending.Completed || outputs.Count == 0)
        {
            return Sameness.NotComparable;
        }

        var first = result.Outputs.OrderBy(file => file.Path, StringComparer.Ordinal).ToList();
        var second = outputs.OrderBy(file => file.Path, StringComparer.Ordinal).ToList();
        return first.SequenceEqual(second) ? Sameness.Identical
            : HaveSameContent(predictions, repeated) ? Sameness.SameContent : Sameness.Different;
    }

    private static bool HaveSameContent(string predictions, string repeated)
    {
        var names = Names(predictions);
        return names.SequenceEqual(Names(repeated))
            && names.All(name => HasSameContent(Path.Combine(predictions, name), Path.Combine(repeated, name)));
    }

    private static List<string> Names(string folder) => Directory.Exists(folder)
        ?
        [
            .. OwnFolder.Files(folder)
                .Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal),
        ]
        : [];

    /// <summary>The first was scored, so its size is known to be right; no more than that is ever unpacked of the second.</summary>
    private static bool HasSameContent(string scored, string other)
    {
        try
        {
            var first = HashOf(scored, long.MaxValue);
            return first == HashOf(other, first.Bytes + 1);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static (string Sha256, long Bytes) HashOf(string path, long capBytes)
    {
        using var file = RegularFile.OpenRead(path);
        using var content = new GZipStream(file, CompressionMode.Decompress);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[128 << 10];
        long bytes = 0;
        while (bytes < capBytes && content.Read(buffer, 0, (int)Math.Min(buffer.Length, capBytes - bytes)) is > 0 and var read)
        {
            hash.AppendData(buffer, 0, read);
            bytes += read;
        }

        return (Convert.ToHexStringLower(hash.GetHashAndReset()), bytes);
    }
}
