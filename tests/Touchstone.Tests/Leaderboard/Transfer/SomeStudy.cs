using System.Globalization;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Transfer;

namespace Touchstone.Tests.Leaderboard.Transfer;

/// <summary>A made-up study with everything that can happen in one.</summary>
internal static class SomeStudy
{
    private static readonly string[] Structures = ["liver", "spleen"];
    private static readonly int[] Numbers = [5, 20];
    private static readonly string[] Backbones = ["net", "swin"];
    private static readonly string[] Tasks = ["organs", "vessels"];
    private static readonly string[] Trained = ["small", "large", "broken"];

    /// <summary>Two networks, five pre-trainings, two tasks, three trials; one cell is printed in a paper.</summary>
    public static StudyOutline Outline()
    {
        OutlinePretraining[] pretrainings =
        [
            Pretraining("scratch", "Scratch", null) with { IsScratch = true },
            Pretraining("small", "Supervised, 21 cases", 21) with { Family = "Supervised" },
            Pretraining("large", "Supervised, 100 cases", 100) with { Family = "Supervised" },
            Pretraining("broken", "Broken", 30),
            Pretraining("others", "Self-supervised", 5050) with { IsImported = true, StatedHours = 1152 },
        ];
        return new StudyOutline
        {
            Id = "made-up",
            Title = "A made-up study",
            Description = "Numbers that nobody measured, with everything that can happen to a trial.",
            Trials = 3,
            Seed = 7,
            HasGpu = true,
            Backbones = [new("net", "U-Net"), new("swin", "Swin UNETR")],
            Pretrainings = pretrainings,
            Tasks = [Task("organs", "Organs"), Task("vessels", "Vessels & ducts")],
            Expected =
            [
                .. from task in Tasks
                   from cases in Numbers
                   from backbone in Backbones
                   from pretraining in pretrainings
                   from trial in Enumerable.Range(0, 3)
                   where !pretraining.IsImported || (backbone, task, cases) == ("net", "organs", 20)
                   select new ExpectedTrial(
                       Name(backbone, pretraining.Name, task, cases, trial), backbone, pretraining.Name, task, cases, trial,
                       pretraining.IsScratch || pretraining.IsImported ? null : $"{backbone}.{pretraining.Name}"),
            ],
            FewShot = Numbers,
            Comparison = new("net", "organs", "small", "large"),
            Reported =
            [
                new("net", "scratch", "organs", null, "dsc", 0.889, 0.006, 10, "A paper, Table 3"),
                new("net", "large", "organs", null, "dsc", 0.921, 0.003, 10, "A paper, Table 3"),
                new("net", "large", null, "liver", "dsc", 0.536, 0.004, null, "A paper, Table 4"),
            ],
        };
    }

    /// <summary>
    /// Results: U-Net is finished, with a crashed trial of "small" on vessels with 20 cases and a failed test case of "large"
    /// there; Swin UNETR has its first trials on organs only; "broken" failed in pre-training.
    /// </summary>
    public static IReadOnlyList<JobResult> Results() =>
    [
        .. from backbone in Backbones
           from pretraining in Trained
           select Pretrained(backbone, pretraining),
        .. Outline().Expected.Where(trial => trial.Pretraining != "broken"
                && (trial.Backbone == "net" || (trial.Task, trial.Trial) == ("organs", 0)))
            .Select(trial => Result(trial) with { }),
    ];

    /// <summary>The result of one trial.</summary>
    public static JobResult Result(ExpectedTrial trial)
    {
        var isCrashed = trial.Job == "net.small.vessels.n20.t1";
        var isImported = trial.Pretraining == "others";
        return Empty(trial.Job, isImported ? JobKind.Imported : JobKind.Cell, trial.Backbone, trial.Pretraining) with
        {
            Job = new JobKey
            {
                Name = trial.Job,
                Kind = isImported ? JobKind.Imported : JobKind.Cell,
                Backbone = trial.Backbone,
                Pretraining = trial.Pretraining,
                Task = trial.Task,
                Cases = trial.Cases,
                Trial = trial.Trial,
            },
            Run = isImported ? null : Run(trial.Trial, 600 + (60 * trial.Trial)),
            Ending = isCrashed ? Ending.Crashed : Ending.Completed,
            EndingDetail = isCrashed ? "Exited with code 1." : "Exited with 0.",
            Test =
            [
                .. Enumerable.Range(0, 4).Select(one => Tested(
                    trial, one, isCrashed || (trial.Job == "net.large.vessels.n20.t0" && one == 2), isImported)),
            ],
            Protocol = "surface-distance",
            ToleranceMm = 1,
            Log = isImported || isCrashed ? [] :
            [
                .. Enumerable.Range(0, 6).Select(step => new LogPoint(
                    step * 100, step * 100, 1.0 / (step + 1), 1e-4, Math.Round(Score(trial) * (1 - Math.Exp(-0.9 * (step + Speed(trial)))), 4))),
            ],
        };
    }

    private static double Speed(ExpectedTrial trial) => trial.Pretraining == "scratch" ? 0 : 0.8;

    /// <summary>Deterministic, and different for every trial.</summary>
    private static double Score(ExpectedTrial trial) => Math.Round(
        0.6 + (0.02 * Array.IndexOf(["scratch", "others", "small", "large"], trial.Pretraining)) + (trial.Cases == 20 ? 0.2 : 0.1)
        + (trial.Backbone == "swin" ? -0.03 : 0) + (trial.Task == "vessels" ? -0.05 : 0) + (0.004 * trial.Trial), 4);

    private static TestedCase Tested(ExpectedTrial trial, int number, bool isFailed, bool isImported)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"CASE_{number:00}");
        return new TestedCase(
            new CaseUse("hidden", null, $"case_{number}abc"),
            isFailed ? Ending.OutputWrongGrid : Ending.Completed,
            [.. Structures.Select((structure, i) => new TestScore
            {
                Structure = structure,
                Dsc = isFailed ? null : Math.Round(Score(trial) + (0.01 * number) - (0.03 * i), 4),
                Nsd = isFailed || isImported ? null : Math.Round(Score(trial) - 0.1 + (0.01 * number), 4),
                ReferenceMl = isImported ? null : 100 + id.Length,
                PredictionMl = isImported || isFailed ? null : 101,
            })]);
    }

    private static JobResult Pretrained(string backbone, string pretraining) =>
        Empty($"{backbone}.{pretraining}", JobKind.Pretraining, backbone, pretraining) with
        {
            Run = Run(7, pretraining == "large" ? 14_400 : 3600),
            Ending = pretraining == "broken" ? Ending.OutOfMemory : Ending.Completed,
            EndingDetail = pretraining == "broken" ? "The kernel killed a process at the memory limit of 16 GiB, and no valid prediction was left." : "Exited with 0.",
            Training = [.. Enumerable.Range(0, pretraining == "large" ? 100 : pretraining == "small" ? 21 : 30)
                .Select(number => new CaseUse("source", null, $"case_{number}"))],
        };

    private static JobResult Empty(string name, JobKind kind, string backbone, string pretraining) => new()
    {
        Study = "made-up",
        Job = new JobKey { Name = name, Kind = kind, Backbone = backbone, Pretraining = pretraining, Task = null, Cases = null, Trial = null },
        Fingerprint = new Dictionary<string, string> { ["image"] = "sha256:1" },
        Run = null,
        Ending = Ending.Completed,
        EndingDetail = "",
        Training = [],
        Validation = [],
        Test = [],
        Protocol = null,
        ToleranceMm = null,
        Log = [],
        LogRemark = null,
        Initial = null,
        Model = null,
        Sources = [],
        Provenance = new StudyProvenance("0.1.0+test", "m", "s"),
    };

    private static JobRun Run(long seed, double seconds) => new()
    {
        Image = "sha256:1",
        ImageSource = "net.tar",
        Command = ["/bin/bash", "-c", "sh train.sh"],
        Seed = seed,
        Settings = new Dictionary<string, string> { ["steps"] = "400" },
        Structures = Structures,
        Limits = new Limits(86400, 16L << 30, 4, 512, 4L << 30, true),
        Timing = new Timing
        {
            StartedAt = Some.Now,
            RunSeconds = seconds,
            SetUpSeconds = 1,
            CollectSeconds = 1,
            ScoreSeconds = 1,
            CpuSeconds = null,
            PeakMemoryBytes = null,
        },
        Machine = new Machine("Docker Engine 20.10.24", "CPU", 2, 1L << 34, "GPU", "Linux"),
        Gpu = null,
        Remark = null,
        ExitCode = 0,
        InputsSha256 = "i",
        Outputs = [],
    };

    private static OutlinePretraining Pretraining(string name, string title, int? cases) => new()
    {
        Name = name,
        Title = title,
        IsScratch = false,
        IsImported = false,
        Family = title,
        Cases = cases,
        StatedHours = null,
    };

    private static OutlineTask Task(string name, string title) => new()
    {
        Name = name,
        Title = title,
        Structures = Structures,
        Cases = Numbers,
        TestCases = 4,
        Protocol = "surface-distance",
        ToleranceMm = 1,
    };

    private static string Name(string backbone, string pretraining, string task, int cases, int trial) =>
        string.Create(CultureInfo.InvariantCulture, $"{backbone}.{pretraining}.{task}.n{cases}.t{trial}");
}
