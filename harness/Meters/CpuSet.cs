using System.Globalization;

namespace Touchstone.Harness.Meters;

/// <summary>Cores of a machine in the kernel's notation, such as <c>0-3,8</c>.</summary>
/// <param name="Cores">The cores, in ascending order, each once.</param>
public sealed record CpuSet(IReadOnlyList<int> Cores)
{
    /// <summary>The kernel's notation.</summary>
    public string Text => string.Join(',', Ranges().Select(range => range.First == range.Last
        ? string.Create(CultureInfo.InvariantCulture, $"{range.First}")
        : string.Create(CultureInfo.InvariantCulture, $"{range.First}-{range.Last}")));

    /// <summary>All cores of a machine.</summary>
    /// <param name="count">How many it has.</param>
    public static CpuSet All(int count) => new([.. Enumerable.Range(0, count)]);

    /// <summary>Reads the kernel's notation.</summary>
    /// <param name="text">Numbers and ranges, separated by commas.</param>
    /// <param name="cores">Cores of the machine; higher numbers are refused.</param>
    /// <exception cref="FormatException">It is none, or names cores that the machine does not have.</exception>
    public static CpuSet Parse(string text, int cores)
    {
        SortedSet<int> found = [];
        foreach (var part in text.Split(','))
        {
            var ends = part.Split('-');
            if (ends.Length > 2
                || !int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
                || !int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
                || first > last)
            {
                throw new FormatException($"\"{text}\" is no set of cores: give numbers and ranges, such as 0-3,8.");
            }

            if (last >= cores)
            {
                throw new FormatException($"\"{text}\" names core {last}; this machine has cores 0 to {cores - 1}.");
            }

            found.UnionWith(Enumerable.Range(first, last - first + 1));
        }

        return new CpuSet([.. found]);
    }

    /// <inheritdoc/>
    public bool Equals(CpuSet? other) => other is not null && Cores.SequenceEqual(other.Cores);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    private IEnumerable<(int First, int Last)> Ranges()
    {
        for (var i = 0; i < Cores.Count;)
        {
            var first = Cores[i];
            var last = first;
            while (++i < Cores.Count && Cores[i] == last + 1)
            {
                last++;
            }

            yield return (first, last);
        }
    }
}
