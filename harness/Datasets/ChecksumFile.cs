using Touchstone.Submissions.Yaml;

namespace Touchstone.Harness.Datasets;

/// <summary>Lists of SHA-256 sums in the format that <c>sha256sum</c> writes and checks.</summary>
public static class ChecksumFile
{
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
