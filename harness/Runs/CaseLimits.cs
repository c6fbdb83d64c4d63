using Touchstone.Evaluators;
using Touchstone.Harness.Datasets;
using Touchstone.Submissions;

namespace Touchstone.Harness.Runs;

/// <summary>What a container may use on one case: the challenge's limits, with the time that its rule gives the case.</summary>
internal static class CaseLimits
{
    /// <summary>The limits.</summary>
    /// <param name="challenge">The rules.</param>
    /// <param name="item">The case, whose CT's header is read where the time depends on it.</param>
    /// <exception cref="DatasetFaultException">The CT cannot be read.</exception>
    public static SandboxLimits For(Challenge challenge, DatasetCase item)
    {
        if (challenge.TimeRule == TimeRule.Fixed)
        {
            return challenge.Limits;
        }

        try
        {
            var grid = VolumeFile.ReadGeometry(item.CtPath).Grid;
            return challenge.Limits with { WallTime = BodyMapsAllowance.For(grid.SpacingMm.Z, grid.Nz) };
        }
        catch (VolumeException fault)
        {
            throw new DatasetFaultException(item.Dataset, item.Id, item.CtPath, fault);
        }
    }
}
