using System.Security.Cryptography;
using System.Text;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Harness.Studies;

/// <summary>
/// The methods of a study as entries. A method is known by challenge, team and name: another part of the study, on another
/// dataset, extends the entry that is there.
/// </summary>
internal sealed class ImportedEntries(Workspace workspace, string dataset, Challenge challenge, ImportTerms terms)
{
    private const int Digits = 32;
    private const int EarlierDigits = 8;

    /// <summary>The entry of a method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="now">When it is accepted if it is new, UTC.</param>
    /// <exception cref="InvalidDataException">It is there with other declared training data.</exception>
    public Entry Of(StudyMethod method, DateTimeOffset now)
    {
        var (id, before) = Known(method);
        if (before is not null && terms.TrainedOn is { } stated && !stated.SequenceEqual(before.TrainedOn ?? []))
        {
            throw new InvalidDataException(
                $"{method.Title} is there already as {TrainedOn(before)}, which cannot be changed: import it with another --team.");
        }

        return new Entry
        {
            Id = id,
            Team = terms.Team,
            Name = method.Title,
            Challenge = challenge.Id,
            Phase = challenge.Phase.Name == Entry.TestPhase ? null : challenge.Phase.Name,
            IsBaseline = false,
            Image = "",
            Layout = "",
            Command = [],
            ReceivedAt = before?.ReceivedAt ?? now,
            Origin = EntryOrigin.Imported,
            TrainedOn = before is null ? terms.TrainedOn : before.TrainedOn,
        };
    }

    /// <summary>Whether scores are not there yet.</summary>
    /// <param name="scores">Scores on the dataset.</param>
    /// <exception cref="InvalidDataException">Other scores of the method on it are.</exception>
    public bool IsNew(ImportedScores scores)
    {
        var path = workspace.ImportPath(dataset, scores.Entry.Id);
        if (!File.Exists(path))
        {
            return true;
        }

        // The same scores, whenever and by whichever build they were imported.
        return ImportFile.Read(path).Sources.SequenceEqual(scores.Sources) ? false : throw new InvalidDataException(
            $"Other scores of {scores.Entry.Name} on {dataset} are there already; import a corrected study with another --team.");
    }

    private IEnumerable<string> Files(string id) => ImportFile.FindAll(workspace)
        .Where(path => Path.GetFileName(Path.GetDirectoryName(path)) == id);

    private static string TrainedOn(Entry entry) =>
        entry.TrainedOn is { Count: > 0 } ids ? $"trained on {string.Join(", ", ids)}" : "an entry that does not say what it was trained on";

    /// <summary>The id of a method, and its entry if it has one: also under the id of the time when ids had 32 bits.</summary>
    private (string Id, Entry? Before) Known(StudyMethod method)
    {
        foreach (var id in new[] { IdOf(method.Name, EarlierDigits), IdOf(method.Name, Digits) })
        {
            var before = Files(id).Select(path => ImportFile.Read(path).Entry).MinBy(entry => entry.ReceivedAt);
            if (before is not null && (before.Challenge, before.Team, before.Name) == (challenge.Id, terms.Team, method.Title))
            {
                return (id, before);
            }
        }

        return (IdOf(method.Name, Digits), null);
    }

    private string IdOf(string method, int digits)
    {
        var safe = string.Concat(method.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')).Trim('-');
        var facts = Encoding.UTF8.GetBytes(string.Join('\0', challenge.Id, terms.Team, method));
        return $"{safe[..Math.Min(40, safe.Length)]}-{Convert.ToHexStringLower(SHA256.HashData(facts))[..digits]}";
    }
}
