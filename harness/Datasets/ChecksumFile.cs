using Touchstone.Submissions.Yaml;

namespace Touchstone.Harness.Datasets;

/// <summary>Lists of SHA-256 sums in the format that <c>sha256sum</c> writes and checks.</summary>
public static class ChecksumFile
{
    /// <summary>The text of a list.</summary>
    /// <param name="root">The folder that paths are relative to.</param>
    /// <param name="files">The files, each once.</param>
    /// <param name="progress">Told the share of them that is done, 0 to 1.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static string Write(string root, IEnumerable<string> files, Action<double> progress)
    {
        string[] all = [.. files.Order(StringComparer.Ordinal)];
        var text = new System.Text.StringBuilder();
        foreach (var (index, path) in all.Index())
        {
            text.Append(FileHash.Of(path)).Append("  ").Append(Path.GetRelativePath(root, path)).Append('\n');
            progress((index + 1.0) / all.Length);
        }

        return text.ToString();
    }

    /// <summary>Paths of a list that another one has otherwise or not at all.</summary>
    /// <param name="path">The list.</param>
    /// <param name="text">The other one.</param>
    /// <exception cref="MistakesException">The list is malformed.</exception>
    public static IReadOnlyList<string> Changed(string path, string text)
    {
        var now = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToDictionary(line => line[66..], line => line[..64]);
        return [.. Read(path).Where(sum => now.GetValueOrDefault(sum.Key) != sum.Value).Select(sum => sum.Key)];
    }

    /// <summary>Reads a list.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Hexadecimal sums by relative path.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="MistakesException">A line is malformed or a path is listed twice.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"The list of checksums {path} is absent.");
        }

        Runs.RegularFile.Demand(path);
        var sums = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var mistakes = new List<Mistake>();
        foreach (var (index, line) in File.ReadLines(path).Index().Where(line => line.Item.Length > 0))
        {
            var sum = line.Length > 66 ? line[..64] : "";
            if (sum.Length == 0 || !sum.All(char.IsAsciiHexDigitLower) || line[64] != ' ')
            {
                mistakes.Add(new Mistake(index + 1, "expected 64 hexadecimal digits, two spaces and a path."));
            }
            else if (!sums.TryAdd(line[66..], sum))
            {
                mistakes.Add(new Mistake(index + 1, $"{line[66..]} is listed twice."));
            }
        }

        return mistakes.Count > 0 ? throw new MistakesException(path, mistakes) : sums;
    }
}
