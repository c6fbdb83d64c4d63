using Touchstone.Submissions;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Tests.Submissions;

public sealed class TransferStudyFileTests
{
    private const string Small = """
        title: Small
        backbones:
          net: { image: net.tar }
        pretrainings:
          scratch: { kind: scratch }
          supervised: { kind: trained, datasets: [source], structures: [liver, spleen], cases: 8 }
        tasks:
          organs: { structures: [liver, spleen], training: target, test: [elsewhere] }
        """;

    [Fact]
    public void Parse_SmallStudy_HasTheDefaults()
    {
        var study = TransferStudyFile.Parse("small", "small.yaml", Small);

        Assert.Equal(("small", 1, 1L, false), (study.Id, study.Trials, study.Seed, study.NeedsGpu));
        Assert.Equal("sh train.sh", study.Backbones[0].Command);
        Assert.Equal(("surface-distance", 1.0), (study.Tasks[0].Protocol, study.Tasks[0].ToleranceMm));
        Assert.Equal([null], study.Tasks[0].Cases);
        Assert.Equal(TimeSpan.FromDays(1), study.Tasks[0].Limits.WallTime);
        Assert.Equal(8, study.Pretrainings[1].Cases);
        Assert.Equal("supervised", study.Pretrainings[1].Family);
    }

    [Fact]
    public void Parse_LimitsAndMetricsAtSeveralLevels_TheNearestWins()
    {
        var study = TransferStudyFile.Parse("small", "small.yaml", Small
            .Replace("test: [elsewhere] }", "test: [elsewhere], limits: { cpus: 1 }, metrics: { tolerance-mm: 3 }, cases: [all, 4, 2] }", StringComparison.Ordinal)
            + "\nlimits: { wall-seconds: 60, cpus: 2, image-mb: 100 }\nmetrics: { protocol: monai, tolerance-mm: 2 }\ngpu: yes\n");

        Assert.Equal((60.0, 1.0), (study.Tasks[0].Limits.WallTime.TotalSeconds, study.Tasks[0].Limits.Cpus));
        Assert.Equal((60.0, 2.0), (study.Pretrainings[1].Limits.WallTime.TotalSeconds, study.Pretrainings[1].Limits.Cpus));
        Assert.Equal(("monai", 3.0), (study.Tasks[0].Protocol, study.Tasks[0].ToleranceMm));
        Assert.Equal([2, 4, null], study.Tasks[0].Cases);
        Assert.Equal((100L << 20, true), (study.ImageBytes, study.NeedsGpu));
    }

    [Fact]
    public void Parse_Settings_AreJsonAsYamlMeansThem()
    {
        var settings = TransferStudyFile.Parse("small", "small.yaml", Small.Replace(
            "image: net.tar", """image: net.tar, settings: { steps: 400, rate: 1e-4, name: unet, text: "400", on: true, off: false, none: null, list: [1, a] }""",
            StringComparison.Ordinal)).Backbones[0].Settings;

        Assert.Equal(
            ["list=[1,\"a\"]", "name=\"unet\"", "none=null", "off=false", "on=true", "rate=1e-4", "steps=400", "text=\"400\""],
            settings.Select(one => $"{one.Key}={one.Value}"));
    }

    [Fact]
    public void Parse_SeveralMistakes_ReportsEachWithItsLine()
    {
        var fault = Assert.Throws<MistakesException>(() => TransferStudyFile.Parse("small", "small.yaml", """
            title: Small
            trials: 0
            backbones:
              Net: { image: net.tar }
              other: { title: Other }
            pretrainings:
              scratch: { kind: none }
              weights: { kind: weights, weights: { nobody: file } }
              supervised: { kind: trained, datasets: [a, a], steps: 3 }
            tasks:
              organs:
                structures: [liver]
                training: target
                test: [target]
                validation: 1.5
                cases: [5, many]
            exclude:
              - { }
              - { task: nothing }
            reported:
              - { table: suprem-table-3, backbones: { Net: U-Net }, pretrainings: { scratch: scratch }, tasks: { organs: organ } }
            comparison: { backbone: Net, task: organs, first: scratch }
            budget: 3
            """));

        Assert.Equal(
            """
            2: "trials" is "0"; it must be a number of 1 or more, without separators or fractions.
            3: "other" needs an "image": only cells of imported pre-trainings do without.
            4: "Net" is no name of a backbone: use lower-case letters, digits and hyphens, 40 at most.
            6: "nobody" is no backbone of this study: Net, other.
            6: "weights" has no "weights" for Net; name the networks that it has in "backbones".
            6: "weights" has no "weights" for other; name the networks that it has in "backbones".
            7: "kind" is "none"; it must be scratch or trained or weights or imported.
            9: "a" is listed 2 times in "datasets".
            9: a pre-training has no "steps". Known: backbones, cases, datasets, family, kind, limits, settings, structures, title, validation.
            9: this pre-training needs "structures".
            14: a task cannot be tested on a dataset that it learns from.
            15: "validation" is "1.5"; it must be a dataset, or a share between 0 and 1.
            16: "many" in "cases" must be a number of 1 or more, or all.
            17: "nothing" is no task of this study: organs.
            18: an exclusion that names nothing leaves out everything.
            21: "organ" in "tasks" must be dataset/target, such as totalsegmentator/organ.
            22: this comparison needs "second".
            23: a study has no "budget". Known: backbones, comparison, description, exclude, few-shot, gpu, imported, limits, metrics, pretrainings, reported, seed, tasks, title, trials.
            """,
            string.Join('\n', fault.Mistakes.OrderBy(one => one.Line).ThenBy(one => one.Message, StringComparer.Ordinal)
                .Select(one => $"{one.Line}: {one.Message}")));
    }

    [Fact]
    public void Parse_NamesThatNobodyKnows_AreMistakes()
    {
        var vocabulary = new StudyVocabulary
        {
            Datasets = ["source", "target", "elsewhere"],
            Overlap = (one, other) => one == other || (one, other) == ("source", "elsewhere"),
            FaultOfMetrics = (protocol, _) => protocol == "surface-distance" ? null : $"no protocol {protocol}",
            FaultOfStructure = (name, _) => name == "hepar" ? "\"hepar\" is called \"liver\" here." : null,
            FaultOfReported = _ => null,
        };

        var fault = Assert.Throws<MistakesException>(() => TransferStudyFile.Parse("small", "small.yaml", Small
            .Replace("training: target", "training: gone", StringComparison.Ordinal)
            .Replace("structures: [liver, spleen], training", "structures: [hepar], training", StringComparison.Ordinal)
            + "\nmetrics: { protocol: none }\n", vocabulary));

        Assert.Equal(
            [
                "\"supervised\" learns from cases of elsewhere, on which \"organs\" is tested.",
                "there are no cases of a dataset \"gone\" on this machine. Here are: source, target, elsewhere.",
                "no protocol none",
                "\"hepar\" is called \"liver\" here.",
            ],
            fault.Mistakes.Select(one => one.Message));
    }
}
