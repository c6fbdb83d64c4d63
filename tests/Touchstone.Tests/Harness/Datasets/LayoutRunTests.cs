using Touchstone.Harness.Boards;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Site;
using Touchstone.Submissions;
using Touchstone.Tests.Harness.EndToEnd;

namespace Touchstone.Tests.Harness.Datasets;

/// <summary>Data as they lie, from the container to the viewer.</summary>
[Trait("Category", "Engine")]
[Collection(RoadsWithTheEngine.Name)]
public sealed class LayoutRunTests(EngineFixture fixture)
{
    [Theory]
    [InlineData("atlas", "well-behaved")]
    [InlineData("atlas-mha", "well-behaved-folder")]
    [InlineData("combined", "well-behaved-folder")]
    [InlineData("nnunet", "well-behaved")]
    [InlineData("flare-mha", "well-behaved")]
    public async Task Run_AnyLayout_IsScoredShownAndScoredAgain(string kind, string participant)
    {
        using var set = new LayoutSet(kind);
        CommandRun.Here("datasets", "init", set.Root, "--manifest", set.ManifestPath).Succeeded();
        set.Complete();
        File.WriteAllText(set.ManifestPath, File.ReadAllText(set.ManifestPath)
            .Replace("access: private", "access: public\n    viewer: yes\n    license: CC0 1.0", StringComparison.Ordinal));
        var (workspace, manifest) = (Workspace.Open(set.InFolder("ws")), Manifest.Read(set.ManifestPath));
        var phase = EngineFixture.Challenge.Phases[0];
        var challenge = EngineFixture.Challenge with
        {
            Phases = [phase with { Datasets = ["st-elsewhere"], Limits = phase.Limits with { WallTime = TimeSpan.FromMinutes(2) } }],
        };
        var entry = fixture.Submission(Participant.Named(participant));

        var summary = await new RunLoop(
            workspace, fixture.Engine, new RunSettings { ManifestSha256 = manifest.Sha256, RetryDelays = [] })
            .RunAsync(PlannedCase.Of(entry, challenge, set.Cases()), _ => { });

        Assert.Equal(new RunSummary(2, 0, 0), summary);
        Assert.Equal(1, Liver(workspace, entry, LayoutSet.Ids[0]));
        Assert.Equal(6.0 / 7, Liver(workspace, entry, LayoutSet.Ids[1])!.Value, 12);

        var told = new List<string>();
        var board = new Board(
            ContestBuilder.Build(challenge, manifest, workspace), [.. ResultFile.ReadAll(workspace)], new RankingOptions { Resamples = 20 });
        var shown = new CasePreviews(workspace, manifest, told.Add).AddTo(board, challenge, CasePreviews.DefaultCases);
        Assert.Empty(told);
        Assert.All(set.Cases(), one => Assert.Contains(shown.Bundled.Shown!, picture => picture.Case == one.Id));

        Correct(set, LayoutSet.Ids[1]);
        var outcome = new Rescoring(workspace, manifest.Sha256, TimeProvider.System).Rescore(
            ResultFile.Read(workspace.ResultPath(entry.Id, "st-elsewhere", LayoutSet.Ids[1])),
            challenge,
            set.Cases()[1] with { ReferenceVersion = 2 });
        Assert.Equal(RescoreOutcome.Rescored, outcome);
        Assert.Equal(1, Liver(workspace, entry, LayoutSet.Ids[1]));
    }

    private static double? Liver(Workspace workspace, Submission entry, string id) =>
        ResultFile.Read(ResultFile.Current(workspace.CasePath(entry.Id, "st-elsewhere", id))).Scores.First(one => one.Structure == "liver").Dsc;

    /// <summary>Puts the reference of the first case in the place of another one's.</summary>
    private static void Correct(LayoutSet set, string id)
    {
        var (right, wrong) = (set.Cases()[0].SegmentationsPath, set.Cases().First(one => one.Id == id).SegmentationsPath);
        foreach (var (from, to) in File.Exists(right)
            ? [(right, wrong)] : Directory.GetFiles(right).Select(path => (path, Path.Combine(wrong, Path.GetFileName(path)))))
        {
            File.Copy(from, to, overwrite: true);
        }
    }
}
