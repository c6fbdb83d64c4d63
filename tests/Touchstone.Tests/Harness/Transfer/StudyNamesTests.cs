using Touchstone.Evaluators;
using Touchstone.Harness.Transfer;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Transfer;
using Touchstone.Submissions;

namespace Touchstone.Tests.Harness.Transfer;

/// <summary>How a study's cases are named inside, without an engine.</summary>
public sealed class StudyNamesTests
{
    private const string Text = """
        title: Names
        seed: 40
        trials: 2
        backbones:
          net: { image: IMAGE }
        pretrainings:
          scratch: { kind: scratch }
          supervised: { kind: trained, datasets: [source], structures: [liver], cases: 3 }
        tasks:
          organs: { structures: [liver, spleen], training: target, validation: 0.25, test: [test], cases: [1, 2] }
        """;

    [Fact]
    public void Inputs_OfOneJobInTwoWorkspaces_AreTheSame()
    {
        using var study = new TinyStudy(Text);
        var (one, other) = (study.Open("one"), study.Open("other"));

        foreach (var (first, second) in one.Jobs.Zip(other.Jobs))
        {
            Assert.Equal(Inputs(one, first), Inputs(other, second));
            Assert.Equal(one.FingerprintOf(first), other.FingerprintOf(second));
        }
    }

    [Fact]
    public void Inputs_OfAJob_AreNamedByTheirPlaceAndTellNoId()
    {
        using var study = new TinyStudy(Text);
        var open = study.Open("one");

        var folders = Inputs(open, Cell(open, "net.scratch.organs.n2.t0")).Select(file => Path.GetDirectoryName(file.Name)!)
            .Where(folder => !folder.EndsWith("segmentations", StringComparison.Ordinal)).Distinct();

        Assert.Equal(
            [
                "", "training/training_00001", "training/training_00002", "validation/validation_00001",
                "test/test_00001", "test/test_00002", "test/test_00003", "test/test_00004",
            ],
            folders);
    }

    [Fact]
    public void Names_OfAStudyThatAnEarlierBuildBegan_StayAsTheyWereToItsEnd()
    {
        using var study = new TinyStudy(Text);
        var before = study.Open("one");
        var done = Cell(before, "net.scratch.organs.n1.t0");
        Keep(before, done, names: null);

        var open = study.Open("one");
        var left = Cell(open, "net.scratch.organs.n2.t1");

        Assert.NotNull(open.ResultOf(Cell(open, done.Key.Name)));
        Assert.DoesNotContain("names", open.FingerprintOf(left).Keys);
        Assert.Contains(
            Inputs(open, left),
            file => file.Name == $"training/{open.Workspace.ShortPseudonym("target", left.Training[0].Id)}/ct.nii.gz");
        Assert.Equal(open.Workspace.ShortPseudonym("test", "test1"), open.Names.Pseudonym(left.Test[0]));
        Assert.Equal("waiting", open.State().Jobs.First(job => job.Job == left.Key.Name).State);

        open.Names.RequireDistinct(open.Jobs);

        // In another workspace the same study is a new one.
        Assert.Equal("by place", study.Open("other").FingerprintOf(left)["names"]);
    }

    [Fact]
    public void Result_OfTheOtherRule_IsRefusedByName()
    {
        using var study = new TinyStudy(Text);
        var open = study.Open("one");
        Keep(open, Cell(open, "net.scratch.organs.n1.t0"), InsideNames.PlaceRule);
        Keep(open, Cell(open, "net.scratch.organs.n2.t0"), names: null);

        var fault = Assert.Throws<InvalidDataException>(() => study.Open("one").State());

        Assert.Contains("net.scratch.organs.n2.t0", fault.Message, StringComparison.Ordinal);
        Assert.Contains("other names.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inputs_OfLabelVolumes_AreTheMasksThatFoldersWouldGive()
    {
        using var study = new TinyStudy(Text);
        var job = Cell(study.Open("one"), "net.scratch.organs.n2.t0");
        var before = Masks(study, study.Open("one"), job);

        study.Combine("target");
        var open = study.Open("two");
        job = Cell(open, "net.scratch.organs.n2.t0");

        Assert.Equal(6, before.Count); // two cases to learn from and one to choose by, a liver and a spleen each
        Assert.Equal(before, Masks(study, open, job));
    }

    /// <summary>Voxels inside of every mask that the job is given.</summary>
    private static Dictionary<string, long> Masks(TinyStudy study, OpenStudy open, PlannedJob job) => TrainingFiles
        .Of(job, open.Names.Of(job), [], new SandboxLimits(), needsGpu: false, one => one.CtPath).Inputs
        .Where(file => file.Name.Contains("/segmentations/", StringComparison.Ordinal))
        .ToDictionary(file => file.Name, file =>
        {
            var path = file.Path ?? study.PathOf("mask.nii.gz");
            if (file.Path is null)
            {
                File.WriteAllBytes(path, file.Content.ToArray());
            }

            long inside = 0;
            MaskFile.ReadSlices(path, (voxels, z) =>
            {
                foreach (var (index, voxel) in voxels.ToArray().Index())
                {
                    inside += voxel * (index + 1L) * (z + 1);
                }
            });
            return inside;
        });

    private static PlannedJob Cell(OpenStudy open, string name) => open.Jobs.First(job => job.Key.Name == name);

    private static IReadOnlyList<(string Name, string? Path, string Content)> Inputs(OpenStudy open, PlannedJob job) =>
    [
        .. TrainingFiles.Of(job, open.Names.Of(job), [], new SandboxLimits(), needsGpu: false, one => one.CtPath).Inputs
            .Select(file => (file.Name, file.Path, Convert.ToHexString(file.Content.Span))),
    ];

    /// <summary>Leaves the result that a build with a rule would leave, of an empty run.</summary>
    private static void Keep(OpenStudy open, PlannedJob job, string? names) => open.Folder.Write(new JobResult
    {
        Study = open.Study.Id,
        Job = job.Key,
        Fingerprint = JobFingerprint.Of(job, "", needsGpu: false, "", names),
        Run = null,
        Ending = Ending.Crashed,
        EndingDetail = "Exited with code 1.",
        Training = [],
        Validation = [],
        Test = [.. job.Test.Select(one => new TestedCase(new CaseUse(one.Dataset, one.Id, one.Id), Ending.Crashed, []))],
        Protocol = job.Task?.Protocol,
        ToleranceMm = job.Task?.ToleranceMm,
        Log = [],
        LogRemark = null,
        Initial = null,
        Model = null,
        Sources = [],
        Provenance = new StudyProvenance("earlier", "manifest", "study"),
    });
}
