using System.Security.Cryptography;
using System.Text.Json;
using Touchstone.Evaluators;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Bundles;

namespace Touchstone.Harness.Boards;

/// <summary>Bundles as files of a published site.</summary>
public static class BundleFile
{
    /// <summary>Reads a bundle and, where its checksum lies beside it, checks that.</summary>
    /// <param name="path">The file, or a folder of a site that has one.</param>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is no bundle, or not the one that its checksum is of.</exception>
    public static ResultsBundle Read(string path)
    {
        path = Directory.Exists(path) ? Path.Combine(path, ResultsBundle.FileName) : path;
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no bundle {path}.");
        }

        using var stream = RegularFile.OpenRead(path);
        var checksum = path + ".sha256";
        if (File.Exists(checksum) && RegularFile.ReadAllText(checksum).Split(' ')[0] != Convert.ToHexStringLower(SHA256.HashData(stream)))
        {
            throw new InvalidDataException($"{path} is not the file that {checksum} was made of: one of the two was changed.");
        }

        try
        {
            stream.Position = 0;
            return ResultsBundle.Read(stream);
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{path} is no bundle: {JsonWords.Of(fault)}", fault);
        }
    }
}
