using System.Globalization;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Transfer;
using Touchstone.Leaderboard.Transfer;
using Touchstone.Submissions;

namespace Touchstone.Tests.Harness.Transfer;

public sealed class StudyPlanTests
{
    private const string Text = """
        title: Plan
        seed: 100
        trials: 3
        backbones:
          a: { image: a.tar, settings: { width: 8, steps: 10 } }
          b: { image: b.tar }
        pretrainings:
          scratch: { kind: scratch }
          small: { kind: trained, datasets: [source], structures: [liver], cases: 5, settings: { steps: 99 } }
          large: { kind: trained, datasets: [source], structures: [liver], cases: 10, backbones: [a] }
        tasks:
          organs: { structures: [liver, spleen], training: target, validation: 0.2, test: [other], cases: [5, 10, all], settings: { steps: 20 } }
        exclude:
          - { backbone: b, cases: 5 }
        """;

    [Fact]
    public void Make_Grid_HasPretrainingsFirstThenTrialByTrial()
    {
        var jobs = Make(Text);

        Assert.Equal(["a.small", "b.small", "a.large"], jobs.Take(3).Select(job => job.Key.Name));
        Assert.Equal(3 + (3 * ((3 * 3) + (2 * 2))), jobs.Count);
        Assert.Equal("a.scratch.organs.n5.t0", jobs[3].Key.Name);
        Assert.Equal("b.small.organs.n24.t2", jobs[^1].Key.Name);
        Assert.Equal("b.small", jobs[^1].StartsFrom);
        Assert.DoesNotContain(jobs, job => job.Key.Name.StartsWith("b.", StringComparison.Ordinal) && job.Key.Cases == 5 && job.Task is not null);
    }

    [Fact]
    public void Make_CasesOfATrial_AreNestedAndTheSameForEveryMethod()
    {
        var jobs = Make(Text).Where(job => job.Task is not null).ToList();

        foreach (var trial in jobs.GroupBy(job => job.Key.Trial))
        {
            foreach (var same in trial.GroupBy(job => job.Key.Cases))
            {
                Assert.Single(same.Select(job => string.Join(' ', job.Training.Select(one => one.Id))).Distinct());
            }

            var five = trial.First(job => job.Key.Cases == 5).Training;
            var ten = trial.First(job => job.Key.Cases == 10).Training;
            Assert.Equal(five.Select(one => one.Id), ten.Take(5).Select(one => one.Id));
            Assert.Single(trial.Select(job => job.Seed).Distinct());
        }

        Assert.Equal(3, jobs.Where(job => job.Key.Cases == 5).Select(job => string.Join(' ', job.Training.Select(one => one.Id))).Distinct().Count());
        Assert.Equal([100, 101, 102], jobs.Select(job => job.Seed).Distinct());
    }

    [Fact]
    public void Make_Validation_IsTheSameInEveryTrialAndNeverLearntFrom()
    {
        var jobs = Make(Text).Where(job => job.Task is not null).ToList();

        var validation = Assert.Single(jobs.Select(job => string.Join(' ', job.Validation.Select(one => one.Id))).Distinct()).Split(' ');
        Assert.Equal(6, validation.Length);
        Assert.All(jobs, job => Assert.Empty(job.Training.Select(one => one.Id).Intersect(validation)));
    }

    [Fact]
    public void Make_Choice_IsWhatItAlwaysWas()
    {
        // The order is a promise: a study that is gone on with next year must learn from the same cases. The witness is Python:
        // sorted(cases, key=lambda c: sha256(f"100\norgans\n0\ntarget\n{c}".encode()).hexdigest()), less those for validation.
        var first = Make(Text).First(job => job.Key.Name == "a.scratch.organs.n5.t0");

        Assert.Equal("T11 T01 T06 T21 T04", string.Join(' ', first.Training.Select(one => one.Id)));
    }

    [Fact]
    public void Make_PretrainingsOfOneSeed_AreNestedAndSettingsAreMerged()
    {
        var jobs = Make(Text);

        Assert.Equal(jobs[0].Training.Select(one => one.Id), jobs[2].Training.Take(5).Select(one => one.Id));
        Assert.Equal(["steps=99", "width=8"], jobs[0].Settings.Select(one => $"{one.Key}={one.Value}"));
        Assert.Equal(["steps=20", "width=8"], jobs[3].Settings.Select(one => $"{one.Key}={one.Value}"));
    }

    [Fact]
    public void Make_MoreCasesThanThereAre_SaysHowManyThereAre()
    {
        var fault = Assert.Throws<InvalidDataException>(() => Make(Text.Replace("[5, 10, all]", "[5, 25]", StringComparison.Ordinal)));

        Assert.Contains("from 25 cases, of 24 that there are", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fingerprint_AnyChangeOfADefinition_ChangesThePartThatItIs()
    {
        var before = Of(Text);
        string[] Changed(string from, string to) => Differences(before, Of(Text.Replace(from, to, StringComparison.Ordinal)));

        Assert.Equal(["settings"], Changed("width: 8", "width: 16"));
        Assert.Equal(["seed", "training", "validation"], Changed("seed: 100", "seed: 7"));
        Assert.Equal(["structures"], Changed("[liver, spleen]", "[spleen, liver]"));
        Assert.Equal(["command"], Changed("image: a.tar,", "image: a.tar, command: sh other.sh,"));
        Assert.Equal(["metrics"], Changed("title: Plan", "title: Plan\nmetrics: { tolerance-mm: 2 }"));
        Assert.Equal(["limits"], Changed("title: Plan", "title: Plan\nlimits: { memory-mb: 10 }"));
        Assert.Empty(Changed("title: Plan", "title: Another"));
        Assert.Equal(["names"], Differences(before, JobFingerprint.Of(Cell(Text), "sha256:image", false, "", "by another rule")));
        Assert.Equal(["gpu", "image", "initial"], Differences(before, JobFingerprint.Of(Cell(Text), "sha256:other", true, "model", "by place")));
    }

    private static string[] Differences(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
        [.. one.Keys.Where(part => one[part] != other[part])];

    private static IReadOnlyDictionary<string, string> Of(string text) => JobFingerprint.Of(Cell(text), "sha256:image", false, "", "by place");

    private static PlannedJob Cell(string text) => Make(text).First(job => job.Key.Kind == JobKind.Cell);

    private static IReadOnlyList<PlannedJob> Make(string text) => StudyPlan.Make(
        TransferStudyFile.Parse("plan", "plan.yaml", text),
        dataset => [.. Enumerable.Range(1, dataset == "other" ? 4 : 30).Select(number => Case(dataset, number))],
        "/studies");

    private static DatasetCase Case(string dataset, int number) => new()
    {
        Dataset = dataset,
        Id = string.Create(CultureInfo.InvariantCulture, $"{char.ToUpperInvariant(dataset[0])}{number:00}"),
        CtPath = "ct.nii.gz",
        SegmentationsPath = "segmentations",
        IsInDistribution = true,
        Metadata = new Dictionary<string, string>(),
    };
}
