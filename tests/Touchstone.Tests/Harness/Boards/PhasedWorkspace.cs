using System.Security.Cryptography;
using Touchstone.Evaluators;
using Touchstone.Harness.Boards;
using Touchstone.Harness.Commands;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Site;
using Touchstone.Submissions;
using Touchstone.Tests.Harness.EndToEnd;

namespace Touchstone.Tests.Harness.Boards;

/// <summary>
/// A workspace with a challenge of two phases on tiny cases, and entries whose results look as a run left them: the
/// predictions are on the disk and the scores are really theirs. No engine is needed.
/// </summary>
internal sealed class PhasedWorkspace : IDisposable
{
    public static readonly DateTimeOffset Now = new(2027, 1, 20, 15, 0, 0, TimeSpan.Zero);

    private const string Id = "ours";

    private readonly TemporaryFolder _folder = new();

    /// <summary>Makes the challenge.</summary>
    /// <param name="ofTest">More keys of the phase <c>test</c>, indented by four blanks.</param>
    /// <param name="more">More keys at the top.</param>
    public PhasedWorkspace(string ofTest = "", string more = "")
    {
        WriteManifest();
        foreach (var dataset in new[] { "easy", "hard" })
        {
            _folder.Write($"{dataset}.csv", $"case\n{dataset}1\n{dataset}2\n");
            WriteMask(dataset, 1, 2);
            WriteMask(dataset, 2, 2);
        }

        Directory.CreateDirectory(_folder.File("workspace", "challenges"));
        _folder.Write(Path.Combine("workspace", "challenges", $"{Id}.yaml"), $$"""
            title: Ours
            description: One structure.
            labels: bodymaps-2024
            structures: [liver]
            {{more}}
            phases:
              debug:
                datasets: [easy]
                logs: open
              test:
                datasets: [easy, hard]
            {{ofTest}}
            """);
    }

    public Workspace Workspace => Workspace.Open(_folder.File("workspace"));

    public Manifest Manifest => Manifest.Read(_folder.File("datasets.manifest"));

    public string[] Options => ["--workspace", _folder.File("workspace"), "--manifest", _folder.File("datasets.manifest")];

    public string File(params string[] parts) => _folder.File(parts);

    public void Dispose() => _folder.Dispose();

    public CommandRun Touchstone(params string[] arguments) => CommandRun.Here([.. arguments, .. Options]);

    /// <summary>What is wrong with its decisions.</summary>
    public IReadOnlyList<string> Problems() => new DecisionJournal(Workspace).Problems();

    /// <summary>The rules in a phase.</summary>
    public Challenge Rules(string phase) => ChallengeRules.Read(Workspace, Id).In(phase);

    /// <summary>Enters a submission and leaves its results on all cases of its phase.</summary>
    /// <param name="team">Its team; the id begins with it.</param>
    /// <param name="phase">The phase.</param>
    /// <param name="from">Where its liver begins along x; the reference's begins at 2.</param>
    /// <param name="isBaseline">Whether it is the organisers' own.</param>
    /// <param name="ending">How its cases ended.</param>
    public Submission Enter(
        string team, string phase, int from = 2, bool isBaseline = false, Ending ending = Ending.Completed)
    {
        var draft = new SubmissionDraft { Team = team, Name = "Method", Challenge = Id, Phase = phase, IsBaseline = isBaseline };
        var submission = draft.Accept(ImageDigest.Parse("sha256:" + new string('a', 64)), "a.tar", Now);
        SubmissionFile.Write(Workspace, submission);
        foreach (var planned in RunCommand.Plan(Workspace, Manifest, [submission]))
        {
            WriteResult(planned, from, ending);
        }

        return submission;
    }

    /// <summary>Raises the reference version of a dataset in the manifest.</summary>
    public void WriteManifest(int easy = 1, int hard = 1) => _folder.Write("datasets.manifest", $$"""
        version: 1
        datasets:
        {{Entry("easy", easy)}}
        {{Entry("hard", hard)}}
        """);

    /// <summary>Writes CT and reference mask of a case.</summary>
    /// <param name="dataset">Its dataset.</param>
    /// <param name="number">1 or 2.</param>
    /// <param name="from">Where its liver begins along x.</param>
    public void WriteMask(string dataset, int number, int from)
    {
        var folder = Directory.CreateDirectory(_folder.File(dataset, $"{dataset}{number}", "segmentations")).FullName;
        NiftiWriter.Write(
            Path.Combine(folder, "..", "ct.nii.gz"), EngineFixture.Geometry, new short[EngineFixture.Geometry.Grid.VoxelCount]);
        NiftiWriter.Write(Path.Combine(folder, "liver.nii.gz"), EngineFixture.Geometry, Liver(1, from));
    }

    /// <summary>The site that everybody would see, or that of the organisers.</summary>
    public IReadOnlyList<SiteFile> Site(bool forOrganisers = false, DateTimeOffset? now = null)
    {
        using var store = ResultIndex.OpenCurrent(Workspace);
        var boards = BoardList.Make(
            BoardList.Entered(Workspace, []), Manifest, Workspace, store, now ?? Now, forOrganisers, _ => { });
        return [.. StaticSite.Build(boards, new BuildInfo(Now, "test")).Select(file => new SiteFile(file.Path, file.Content))];
    }

    /// <summary>What the board of a phase is made of.</summary>
    public BoardContent Content(string phase)
    {
        using var store = ResultIndex.OpenCurrent(Workspace);
        var content = BoardContent.Read(Rules(phase), Manifest, Workspace, store);
        return content with { Results = ResultSet.Of(content.Results.ToList()) };
    }

    private void WriteResult(PlannedCase planned, int from, Ending ending)
    {
        var (submission, challenge, item) = planned;
        var pseudonym = Workspace.Pseudonym(item.Dataset, item.Id);
        var folder = Path.Combine(Workspace.CasePath(submission.Id, item.Dataset, item.Id), "prediction");
        var file = Path.Combine(folder, $"{pseudonym}.nii.gz");
        Directory.CreateDirectory(folder);
        NiftiWriter.Write(file, EngineFixture.Geometry, Liver(5, from));
        var reference = new MaskSource.MaskFolder(item.SegmentationsPath);
        var score = ending != Ending.Completed ? CaseEvaluator.Inventory(reference, ["liver"]) : CaseEvaluator.Score(
            reference, StoredPrediction.Source(folder, pseudonym, submission.Layout, challenge), ["liver"],
            new Protocol { Name = challenge.Protocol, ToleranceMm = challenge.ToleranceMm });
        var contest = ContestBuilder.Build(challenge, Manifest, Workspace);
        var dataset = contest.Datasets.First(one => one.Id == item.Dataset);
        var like = Leaderboard.Some.Result(
            contest, submission.Id, dataset, dataset.Cases.First(one => one.Id == item.Id), dsc: null, ending);
        ResultFile.Write(Workspace, like with
        {
            Entry = CaseRunner.EntryOf(submission),
            Outputs = ending != Ending.Completed ? [] :
                [new OutputFile($"{pseudonym}.nii.gz", new FileInfo(file).Length, Sha256(file))],
            Scores = score.Structures,
            Reference = new ReferenceUse(item.ReferenceVersion, ReferenceHash.Of(item.SegmentationsPath)),
        });
    }

    private static string Sha256(string path) =>
        Convert.ToHexStringLower(SHA256.HashData(System.IO.File.ReadAllBytes(path)));

    private static byte[] Liver(byte label, int from)
    {
        var (grid, labels) = (EngineFixture.Geometry.Grid, new byte[EngineFixture.Geometry.Grid.VoxelCount]);
        for (var i = 0; i < labels.Length; i++)
        {
            var (x, y) = (i % grid.Nx, i / grid.Nx % grid.Ny);
            labels[i] = x >= from && x < from + 4 && y is >= 2 and < 7 ? label : (byte)0;
        }

        return labels;
    }

    private static string Entry(string dataset, int version) => $$"""
          - id: {{dataset}}
            title: Hospital {{dataset}}
            purpose: demonstration
            access: private
            volumes: { original: 2, accessible: 2 }
            distribution: {{(dataset == "easy" ? "iid" : "ood")}}
            reference-version: {{version}}
            source: made by a test
            files: { root: {{dataset}}, case-list: {{dataset}}.csv }
        """;
}
