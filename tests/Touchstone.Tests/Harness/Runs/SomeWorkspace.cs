using Touchstone.Harness.Runs;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Tests.Harness.Runs;

/// <summary>What a workspace must hold besides results.</summary>
internal static class SomeWorkspace
{
    /// <summary>Puts the rules of a contest and the files of entries there.</summary>
    public static void Accept(Workspace workspace, Contest contest, IEnumerable<Entry> entries)
    {
        Directory.CreateDirectory(Path.Combine(workspace.Root, "challenges"));
        File.WriteAllText(Path.Combine(workspace.Root, "challenges", $"{contest.Id}.yaml"), FormattableString.Invariant($$"""
            title: A contest
            description: Made by a test.
            labels: abdomenatlas-1.1
            structures: [{{string.Join(", ", contest.Structures)}}]
            datasets: [{{string.Join(", ", contest.Datasets.Select(dataset => dataset.Id))}}]
            metrics:
              protocol: {{contest.Protocol}}
              tolerance-mm: {{contest.ToleranceMm}}
            """) + "\n");
        foreach (var entry in entries.DistinctBy(one => one.Id))
        {
            SubmissionFile.Write(workspace, new Submission
            {
                Id = entry.Id,
                Team = entry.Team,
                Name = entry.Name,
                Challenge = entry.Challenge,
                Image = ImageDigest.Parse(entry.Image),
                Source = "a.tar",
                Layout = entry.Layout == "flat" ? SubmissionLayout.Flat : SubmissionLayout.Folder,
                Command = entry.Command,
                IsBaseline = entry.IsBaseline,
                TrainedOn = entry.TrainedOn,
                ReceivedAt = entry.ReceivedAt,
            });
        }
    }
}
