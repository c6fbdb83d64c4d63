using System.Globalization;
using Touchstone.Harness.Runs;

namespace Touchstone.Harness.Checks;

/// <summary>Judges what a check found out. Pure; one place for every threshold and every piece of advice.</summary>
internal static class FindingRules
{
    /// <summary>Share of the time limit above which a slower machine may well exceed it.</summary>
    public const double TimeShare = 0.8;

    /// <summary>Share of the memory limit above which a larger CT may well exceed it.</summary>
    public const double MemoryShare = 0.9;

    /// <summary>Start-up that is felt in every case, in seconds.</summary>
    public const double SlowStartSeconds = 10;

    /// <summary>Dice between two runs below which they differ by more than rounding, as GPUs do it.</summary>
    public const double RoundingDsc = 0.999;

    /// <summary>A case's mean Dice relative to the best case's below which something about it was overlooked.</summary>
    public const double CollapseShare = 0.25;

    /// <summary>All findings, in a fixed order of codes.</summary>
    /// <param name="facts">What was found out.</param>
    public static IReadOnlyList<Finding> Judge(CheckFacts facts)
    {
        if (facts.Image.Refusal is { } refusal)
        {
            return [Finding.Fail("image", refusal, "Nothing was run. Repair the image and check again.")];
        }

        List<Finding> findings = [Image(facts.Image), .. facts.Start is { } start ? [.. Start(start), .. Scripts(start, facts.Cases)] : (Finding[])[]];
        findings.AddRange(facts.Cases.Where(one => !one.IsCompleted).Select(EndingRule));
        var completed = facts.Cases.Where(one => one.IsCompleted).ToList();
        if (completed.Count > 0)
        {
            findings.AddRange([Time(completed), Memory(completed), .. facts.Rules.Gpu ? [Gpu(completed)] : (Finding[])[]]);
            findings.AddRange(PredictionRules.Judge(facts, completed));
        }

        if (facts.Repeat is { } repeat)
        {
            findings.Add(Determinism(repeat));
        }

        return findings;
    }

    private static Finding Image(CheckedImage image) => Finding.Ok(
        "image", $"{Sizes.Text(image.UnpackedBytes!.Value)} unpacked; {Sizes.Text(image.LimitBytes)} are accepted.");

    private static IEnumerable<Finding> Start(CheckedStart start)
    {
        if (!start.HasBash)
        {
            yield return Finding.Fail(
                "contract",
                $"/bin/bash does not run in the image. {start.Detail}",
                "Install bash: the command is started by it.");
            yield break;
        }

        if (!start.HasShell)
        {
            yield return Finding.Fail(
                "contract", "The image has no program sh.", "Install a shell named sh; a link to bash will do.");
        }

        if (start.HasEntry == false)
        {
            yield return Finding.Fail(
                "contract",
                "/workspace/predict.sh is missing or cannot be read by user 64100.",
                "Put it there (WORKDIR /workspace, COPY predict.sh ./) and make it readable for all (chmod a+r).");
        }

        if (start.Unreadable.Count > 0)
        {
            yield return Finding.Warn(
                "contract",
                $"User 64100, as which it runs, cannot read {string.Join(", ", start.Unreadable)}.",
                "Make what it needs readable for all: RUN chmod -R a+rX /workspace.");
        }

        if (start.IsGood && start.Unreadable.Count == 0)
        {
            yield return Finding.Ok("contract", "Starts as user 64100, without network, on a read-only file system.");
        }

        yield return start.Seconds <= SlowStartSeconds
            ? Finding.Ok("start-up", Words($"{start.Seconds:0.0} s for a container that only looks around."))
            : Finding.Warn(
                "start-up",
                Words($"{start.Seconds:0.0} s for a container that only looks around."),
                "A part of it counts in every case. Fewer files and layers help.");
    }

    /// <summary>A script that no shell reads as it is meant fails the check, unless every case came out all the same.</summary>
    private static IEnumerable<Finding> Scripts(CheckedStart start, IReadOnlyList<CheckedCase> cases) => start.Scripts.Select(fault =>
        cases.Count > 0 && cases.All(one => one.IsCompleted)
            ? Finding.Warn("contract", fault, "It worked here all the same, perhaps by luck.")
            : Finding.Fail("contract", fault, "Mend the script, build the image again, and check again."));

    private static Finding EndingRule(CheckedCase one) => Finding.Fail(
        one.Ending is { } ending ? EndingAdvice.CodeOf(ending) : "not-run",
        one.Ending is { } known ? $"{Codes.Of(known)}: {one.Detail}" : one.Detail,
        one.Ending is not { } advised ? "Repair the findings above first."
            : one.Hint is { } hint ? $"{hint} {EndingAdvice.For(advised)}" : EndingAdvice.For(advised),
        one.Case);

    private static Finding Time(List<CheckedCase> cases)
    {
        var most = cases.MaxBy(one => one.Seconds / one.LimitSeconds)!;
        var what = Words($"At most {most.Seconds:0.0} s a case, of {most.LimitSeconds:0.###} s ({most.Case}).");
        return most.Seconds / most.LimitSeconds < TimeShare
            ? Finding.Ok("time", what)
            : Finding.Warn("time", what, "A larger CT or a slower machine exceeds the limit. Leave room.");
    }

    private static Finding Memory(List<CheckedCase> cases)
    {
        if (cases.MaxBy(one => one.PeakMemoryBytes ?? 0) is not { PeakMemoryBytes: { } peak, LimitPeakBytes: { } limit } most)
        {
            return Finding.Warn("memory", "It could not be measured on this engine.", "The limit holds all the same.");
        }

        var what = $"At most {Sizes.Text(Math.Min(peak, limit))}, of {Sizes.Text(limit)} with the output ({most.Case}).";
        return peak < MemoryShare * limit
            ? Finding.Ok("memory", what)
            : Finding.Warn("memory", what, "A larger CT exceeds the limit, and its container is killed. Work in parts.");
    }

    private static Finding Gpu(List<CheckedCase> cases) => cases.Max(one => one.PeakGpuBytes) is { } peak
        ? Finding.Ok("gpu", $"At most {Sizes.Text(peak)} of GPU memory.")
        : Finding.Warn("gpu", "GPU memory could not be measured.", "NVML is absent or does not answer on this machine.");

    private static Finding Determinism(CheckedRepeat repeat) => repeat.Sameness switch
    {
        Sameness.Identical => Finding.Ok("determinism", $"Two runs of {repeat.Case} left the same files, byte by byte."),
        Sameness.SameContent => Finding.Ok("determinism", $"Two runs of {repeat.Case} left the same voxels."),
        Sameness.Different when repeat.LeastDsc >= RoundingDsc => Finding.Warn(
            "determinism",
            Words($"Two runs differ by little: DSC between them at least {repeat.LeastDsc:0.0000} ({repeat.LeastDscStructure})."),
            "Rounding on GPUs does that. Every case counts once, so the board may show other last digits than you saw.",
            repeat.Case),
        Sameness.Different => Finding.Fail(
            "determinism",
            repeat.LeastDsc is { } dsc
                ? Words($"Two runs differ: the DSC between them is {dsc:0.000} for {repeat.LeastDscStructure}.")
                : "Two runs differ.",
            "Fix every seed, and leave out test-time randomness: each case counts once, and nobody can reproduce a lottery.",
            repeat.Case),
        Sameness.NotComparable => Finding.Fail(
            "determinism",
            $"The second run ended otherwise: {Codes.Of(repeat.Ending)}.",
            "It must not depend on chance, on the time of day or on what an earlier run left.",
            repeat.Case),
    };

    private static string Words(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
