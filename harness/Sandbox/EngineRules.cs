using Touchstone.Harness.Engine;
using Touchstone.Submissions;

namespace Touchstone.Harness.Sandbox;

/// <summary>What the sandbox demands of an engine, and what it refuses to run on one that cannot hold it. Pure.</summary>
public static class EngineRules
{
    /// <summary>Checks an engine before anything runs on it.</summary>
    /// <param name="info">The engine's machine.</param>
    /// <exception cref="EngineException">It does not filter system calls, or ignores limits.</exception>
    public static void Check(EngineInfo info)
    {
        if (!info.SecurityOptions.Any(option => Says(option, "name=seccomp")) || info.SecurityOptions.Any(IsUnconfined))
        {
            throw Refused("This engine runs containers without a seccomp filter. Start it with its default profile, or a stricter one.");
        }

        if (info.CgroupVersion == "1" && info.SecurityOptions.Any(option => Says(option, "name=rootless")))
        {
            throw Refused(
                "A rootless engine on control groups version 1 ignores limits on memory, CPU and processes. Use a rootful engine, or "
                + "boot the machine with control groups version 2.");
        }
    }

    /// <summary>Checks whether an engine can hold what a submission asks for.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="info">Its machine.</param>
    /// <param name="submission">The submission.</param>
    /// <param name="challenge">The rules that it entered under.</param>
    /// <exception cref="EngineException">It cannot.</exception>
    public static void Check(EngineVersion engine, EngineInfo info, Submission submission, Challenge challenge)
    {
        CheckGpu(engine, submission);
        if (submission.NeedsRoot && !challenge.AllowsRoot)
        {
            throw Refused($"This submission must run as root, which the challenge {challenge.Id} refuses.");
        }

        if (submission.NeedsRoot && !info.RemapsUsers)
        {
            throw Refused(
                "This submission must run as root, and the engine does not remap users: root inside would be root outside. Start the "
                + "engine with --userns-remap=default.");
        }
    }

    /// <summary>Checks whether an engine gives a GPU to what asks for one.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="submission">What may ask for one.</param>
    /// <exception cref="EngineException">It cannot.</exception>
    public static void CheckGpu(EngineVersion engine, Submission submission)
    {
        if (submission.NeedsGpu && engine.IsPodman)
        {
            throw Refused(
                $"{engine.Product} ignores requests for a GPU and would run this submission without one. Run it on Docker Engine.");
        }
    }

    private static bool IsUnconfined(string option) =>
        Says(option, "name=seccomp") && option.Contains("profile=unconfined", StringComparison.Ordinal);

    private static bool Says(string option, string what) => option.Split(',')[0] == what;

    private static EngineException Refused(string why) => new(why) { IsTransient = false };
}
