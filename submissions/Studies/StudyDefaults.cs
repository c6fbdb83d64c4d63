using Touchstone.Submissions.Yaml;

namespace Touchstone.Submissions;

/// <summary>What a study states for all its jobs at the top of its file.</summary>
/// <param name="Limits">What a job may use.</param>
/// <param name="ImageBytes">Largest accepted image.</param>
/// <param name="Protocol">Metric definitions.</param>
/// <param name="ToleranceMm">NSD tolerance in millimetres.</param>
internal sealed record StudyDefaults(SandboxLimits Limits, long ImageBytes, string Protocol, double ToleranceMm)
{
    /// <summary>Reads the groups <c>limits</c> and <c>metrics</c> at the top.</summary>
    public static StudyDefaults Read(YamlFields study)
    {
        var imageBytes = new ChallengePhase { Name = "", Datasets = [] }.ImageBytes;
        var start = new StudyDefaults(TransferStudyFile.DefaultLimits, imageBytes, "surface-distance", 1);
        var (protocol, tolerance) = start.MetricsOf(study);
        var limits = start.PhaseOf(study);
        return new StudyDefaults(limits.Limits, limits.ImageBytes, protocol, tolerance);
    }

    /// <summary>The limits of a part of the study: those that it does not name stay as they are.</summary>
    public SandboxLimits LimitsOf(YamlFields owner) => PhaseOf(owner).Limits;

    /// <summary>The metrics of a part of the study.</summary>
    public (string Protocol, double ToleranceMm) MetricsOf(YamlFields owner)
    {
        if (owner.Node("metrics") is not { } node)
        {
            return (Protocol, ToleranceMm);
        }

        var fields = new YamlFields(node, "metrics", owner.Mistakes);
        var read = (fields.Text("protocol") ?? Protocol, fields.Number("tolerance-mm", 0.0) ?? ToleranceMm);
        fields.RejectOthers();
        return read;
    }

    /// <summary>The same reader as for challenges, whose rule of time has no meaning for training.</summary>
    private ChallengePhase PhaseOf(YamlFields owner)
    {
        var phase = LimitsReader.Read(
            owner, new ChallengePhase { Name = "", Datasets = [], Limits = Limits, ImageBytes = ImageBytes });
        if (phase.TimeRule != TimeRule.Fixed)
        {
            owner.Note("limits", "the time rule of training is always \"fixed\": give \"wall-seconds\".");
        }

        return phase;
    }
}
