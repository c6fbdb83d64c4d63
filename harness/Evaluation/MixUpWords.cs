using System.Globalization;
using Touchstone.Evaluators;

namespace Touchstone.Harness.Evaluation;

/// <summary>
/// Guesses at wrong names and numbers in words, for people who may see the reference: those who evaluate on their own machine, and
/// those who check an image on public cases. Pure.
/// </summary>
internal static class MixUpWords
{
    /// <summary>One remark for each numbering, and one for all other mix-ups.</summary>
    /// <param name="cases">Cases with their guesses; null for none.</param>
    public static IEnumerable<string> Of(IReadOnlyList<(string Case, LabelMixUp? MixUp)> cases)
    {
        var guesses = cases.Where(one => one.MixUp is not null).Select(one => (one.Case, MixUp: one.MixUp!)).ToList();
        foreach (var group in guesses.Where(one => one.MixUp.Numberings.Count > 0)
            .GroupBy(one => string.Join(" or ", one.MixUp.Numberings)))
        {
            yield return Words(
                $"The numbers look like those of {group.Key}: read so, the mean DSC is {group.Average(one => one.MixUp.DscOtherwise):0.00}, ")
                + Words($"as given {group.Average(one => one.MixUp.DscAsCalled):0.00}{Places(group.Select(one => one.Case), cases.Count)}.");
        }

        var pairs = guesses.Where(one => one.MixUp.Numberings.Count == 0)
            .SelectMany(one => Sentences(one.MixUp), (one, sentence) => (one.Case, Sentence: sentence)).ToList();
        if (pairs.Count > 0)
        {
            var sentences = pairs.GroupBy(pair => pair.Sentence.Text)
                .Select(group => group.Key + Words(
                    $" (DSC {group.Average(pair => pair.Sentence.Otherwise):0.00} that way, {group.Average(pair => pair.Sentence.AsCalled):0.00} as given{Places(group.Select(pair => pair.Case), cases.Count, ", ")})"));
            yield return $"Right shapes under wrong names? {string.Join("; ", sentences.Take(10))}.";
        }
    }

    private static IEnumerable<(string Text, double AsCalled, double Otherwise)> Sentences(LabelMixUp mixUp)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var one in mixUp.Misplaced.Where(one => !done.Contains(one.Structure)))
        {
            done.Add(one.Structure);
            var other = mixUp.Misplaced.FirstOrDefault(
                other => other.Structure == one.Part.Structure && other.Part.Structure == one.Structure);
            if (other is not null)
            {
                done.Add(other.Structure);
                yield return (
                    $"{one.Structure} and {other.Structure} look exchanged",
                    (one.DscAsCalled + other.DscAsCalled) / 2,
                    (one.DscOtherwise + other.DscOtherwise) / 2);
            }
            else
            {
                yield return ($"what is called {NameOf(one.Part)} lies where {one.Structure} is", one.DscAsCalled, one.DscOtherwise);
            }
        }
    }

    private static string NameOf(PredictedPart part) => (part.Structure, part.Label) switch
    {
        ({ } name, { } label) => Words($"{name} ({label})"),
        (null, { } label) => Words($"label {label}"),
        _ => part.Structure ?? "",
    };

    private static string Places(IEnumerable<string> places, int cases, string before = " ") =>
        places.ToList() is var list && list.Count == cases ? "" : $"{before}in {NameList.Of(list, 5)}";

    private static string Words(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
