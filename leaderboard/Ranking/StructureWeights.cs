using System.Globalization;

namespace Touchstone.Leaderboard;

/// <summary>What a structure weighs in means over structures.</summary>
/// <param name="Structure">Canonical name.</param>
/// <param name="Weight">0 or more; 0 leaves it out of the mean.</param>
public sealed record StructureWeight(string Structure, double Weight);

/// <summary>Weights of a contest's structures in means over structures.</summary>
public static class StructureWeights
{
    /// <summary>One weight per structure, in the contest's order.</summary>
    /// <param name="contest">The contest.</param>
    public static double[] Of(Contest contest) => Of(contest.Structures, contest.Rules.Weights);

    /// <summary>The same of the parts of its rules.</summary>
    /// <param name="structures">Canonical names.</param>
    /// <param name="stated">The weights that the rules state; a structure without one weighs 1.</param>
    public static double[] Of(IEnumerable<string> structures, IReadOnlyDictionary<string, double> stated) =>
        [.. structures.Select(structure => stated.GetValueOrDefault(structure, 1))];

    /// <summary>
    /// The weight of every structure, in the contest's order, for whoever shows a mean over structures; null when all weigh
    /// the same, so that there is nothing to tell.
    /// </summary>
    /// <param name="structures">Canonical names, in the contest's order.</param>
    /// <param name="stated">The weights that the rules state; a structure without one weighs 1.</param>
    public static IReadOnlyList<StructureWeight>? Told(
        IReadOnlyList<string> structures, IReadOnlyDictionary<string, double> stated)
    {
        var weights = Of(structures, stated);
        return weights.Distinct().Count() < 2
            ? null : [.. structures.Zip(weights, (name, weight) => new StructureWeight(name, weight))];
    }

    /// <summary>Weights in words, heaviest first: <c>liver 2, spleen 0.5, every other structure 1</c>.</summary>
    /// <param name="told">What <see cref="Told"/> gave; empty text for null.</param>
    public static string Words(IReadOnlyList<StructureWeight>? told)
    {
        if (told is null)
        {
            return "";
        }

        var odd = told.Where(one => one.Weight != 1).OrderByDescending(one => one.Weight)
            .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Structure.Replace('_', ' ')} {one.Weight:0.####}"));
        return string.Join(", ", odd) + (told.Any(one => one.Weight == 1) ? ", every other structure 1" : "");
    }

    /// <summary>
    /// The weighted mean of the values that are there; null when none is, or all of these weigh nothing.
    /// </summary>
    /// <param name="values">One per structure; null is left out.</param>
    /// <param name="weights">One per structure; 0 or more.</param>
    public static double? Mean(IReadOnlyList<double?> values, IReadOnlyList<double> weights)
    {
        var (sum, total) = (0.0, 0.0);
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is { } value)
            {
                sum += weights[i] * value;
                total += weights[i];
            }
        }

        return total > 0 ? sum / total : null;
    }
}
