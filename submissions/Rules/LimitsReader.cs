using Touchstone.Submissions.Yaml;

namespace Touchstone.Submissions;

/// <summary>Reads the group <c>limits</c> of a challenge or of one of its phases.</summary>
internal static class LimitsReader
{
    /// <summary>A phase with the limits of the group; those that it does not name stay as they are.</summary>
    public static ChallengePhase Read(YamlFields owner, ChallengePhase otherwise)
    {
        if (owner.Node("limits") is not { } node)
        {
            return otherwise;
        }

        var fields = new YamlFields(node, "limits", owner.Mistakes);
        var before = otherwise.Limits;
        var wallSeconds = fields.Number("wall-seconds", 1.0);
        var timeRule = fields.Node("time-rule") is null ? otherwise.TimeRule
            : fields.Choice("time-rule", "fixed", "bodymaps") == "bodymaps" ? TimeRule.BodyMaps : TimeRule.Fixed;
        if (timeRule == TimeRule.BodyMaps && wallSeconds is not null)
        {
            fields.Note("wall-seconds", "the time rule \"bodymaps\" gives every case its own time; leave \"wall-seconds\" out.");
        }

        var limits = new SandboxLimits
        {
            WallTime = wallSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : before.WallTime,
            GraceTime = fields.Number("grace-seconds", 0.1) is { } grace ? TimeSpan.FromSeconds(grace) : before.GraceTime,
            MemoryBytes = Megabytes(fields, "memory-mb", before.MemoryBytes),
            Cpus = fields.Number("cpus", 0.1) ?? before.Cpus,
            ProcessCount = fields.Number("processes", 1) ?? before.ProcessCount,
            OutputBytes = Megabytes(fields, "output-mb", before.OutputBytes),
            TemporaryBytes = Megabytes(fields, "temporary-mb", before.TemporaryBytes),
            SharedMemoryBytes = Megabytes(fields, "shared-memory-mb", before.SharedMemoryBytes),
        };
        var image = Megabytes(fields, "image-mb", otherwise.ImageBytes);
        fields.RejectOthers();
        return otherwise with { Limits = limits, TimeRule = timeRule, ImageBytes = image };
    }

    private static long Megabytes(YamlFields fields, string key, long otherwise) =>
        fields.Number(key, 1L) is { } megabytes ? checked(megabytes << 20) : otherwise;
}
