using System.Globalization;
using Touchstone.Evaluators;
using Touchstone.Leaderboard;

namespace Touchstone.Harness.Evaluation;

/// <summary>What of folders of masks was not used, what was looked for, and which of one may be the other.</summary>
internal static class MaskFileRemarks
{
    /// <summary>The remarks, at most one of each kind for all cases.</summary>
    /// <param name="cases">What came of each case.</param>
    /// <param name="labels">What the labels are called; null without.</param>
    public static IEnumerable<string> Of(IReadOnlyList<EvaluatedCase> cases, string? labels)
    {
        var (unused, without, notNamed) = (new Tally(), new Tally(), new Tally());
        foreach (var one in cases)
        {
            if (one.Score is { } score && one.Case.Prediction is MaskSource.MaskFolder prediction)
            {
                var files = prediction.FindMasks();
                var lacking = score.Structures.Where(part => part.ReferenceVoxels > 0 && !files.ContainsKey(part.Structure))
                    .Select(part => part.Structure).ToList();
                without.Add(lacking);
                unused.Add(files.Where(file => score.Structures.All(part => part.Structure != file.Key))
                    .Select(file => Guessed(file.Value, lacking)));
            }

            if (one is { Score: not null, Case: { Reference: MaskSource.MaskFolder reference, Prediction: MaskSource.LabelFile file } })
            {
                notNamed.Add(reference.FindMasks().Keys.Where(name => file.Labels.LabelOf(name) is null));
            }
        }

        return
        [
            .. unused.Say(cases.Count, "Not used, because no structure of the reference has the name"),
            .. without.Say(cases.Count, "Looked for, and counted as not found for want of a file"),
            .. notNamed.Say(cases.Count, $"Not scored, because {labels} has no number for it"),
        ];
    }

    private static string Guessed(string file, IReadOnlyCollection<string> lacking) =>
        NameGuess.Of(SegmentationPath.StemOf(file) ?? file, lacking) is { } guess
            ? $"{Path.GetFileName(file)} (perhaps {guess})"
            : Path.GetFileName(file);

    /// <summary>Names, and in how many cases each was met.</summary>
    private sealed class Tally
    {
        private readonly OrderedDictionary<string, int> _counts = [];

        public void Add(IEnumerable<string> names)
        {
            foreach (var name in names)
            {
                _counts[name] = _counts.GetValueOrDefault(name) + 1;
            }
        }

        public IEnumerable<string> Say(int cases, string what)
        {
            if (_counts.Count > 0)
            {
                var names = _counts.Select(one => one.Value == cases
                    ? one.Key
                    : string.Create(CultureInfo.InvariantCulture, $"{one.Key} in {Counted.Of(one.Value, "case")}"));
                yield return $"{what}: {NameList.Of([.. names])}.";
            }
        }
    }
}
