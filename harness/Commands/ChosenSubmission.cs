using Touchstone.Evaluators;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard;
using Touchstone.Submissions;

namespace Touchstone.Harness.Commands;

/// <summary>Finds the entry that somebody names: by its id, or by a beginning of it that no other one has.</summary>
internal static class ChosenSubmission
{
    private const int MostNamed = 5;

    /// <summary>The entry.</summary>
    /// <param name="workspace">Where.</param>
    /// <param name="text">What was given.</param>
    /// <exception cref="WrongUseException">There is none, or several begin so.</exception>
    public static Submission Find(Workspace workspace, string text)
    {
        if (SubmissionFile.Find(workspace, text) is { } exact)
        {
            return exact;
        }

        string[] ids = [.. OwnFolder.Folders(workspace.SubmissionsPath).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        string[] found = text.Length == 0 ? [] : [.. ids.Where(id => id.StartsWith(text, StringComparison.Ordinal))];
        if (found is [var only] && SubmissionFile.Find(workspace, only) is { } one)
        {
            return one;
        }

        if (found.Length > 1)
        {
            throw new WrongUseException($"{Counted.Of(found.Length, "submission")} begin with \"{text}\": {NameList.Of(found, MostNamed)}. Give more of the id.");
        }

        var near = NameGuess.Nearest(text, ids);
        throw new WrongUseException(
            $"There is no submission \"{text}\" in {workspace.Root}.{(near is null ? "" : $" Did you mean {near}?")} `touchstone submissions` lists them.");
    }
}
