using Touchstone.Harness.Engine;
using Touchstone.Harness.Runs;
using Touchstone.Submissions;

namespace Touchstone.Harness.Images;

/// <summary>Takes images out of the engine whose work is done.</summary>
internal static class ImageRemoval
{
    /// <summary>
    /// Images that no entry of the workspace needs any more: each of their entries is planned, and all its cases have
    /// results. Pure.
    /// </summary>
    /// <param name="submissions">Every entry of the workspace.</param>
    /// <param name="plan">What was to be done.</param>
    /// <param name="isDone">Whether a case has its result.</param>
    public static IReadOnlyList<ImageDigest> Used(
        IReadOnlyList<Submission> submissions, IReadOnlyList<PlannedCase> plan, Func<PlannedCase, bool> isDone)
    {
        var finished = plan.GroupBy(planned => planned.Submission.Id, StringComparer.Ordinal)
            .Where(entry => entry.All(isDone))
            .Select(entry => entry.Key)
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. submissions.GroupBy(submission => submission.Image)
                .Where(image => image.All(submission => finished.Contains(submission.Id)))
                .Select(image => image.Key),
        ];
    }

    /// <summary>
    /// Takes their own names away, and with the last name the image. Layers that others share stay; so does an image that
    /// somebody named otherwise.
    /// </summary>
    /// <param name="engine">Where they are.</param>
    /// <param name="images">Which.</param>
    /// <param name="token">Stops the work.</param>
    /// <exception cref="EngineException">A container still uses one.</exception>
    public static async Task RemoveAsync(DockerEngine engine, IEnumerable<ImageDigest> images, CancellationToken token)
    {
        foreach (var image in images)
        {
            await engine.RemoveImageAsync(ImageIntake.NameOf(image), token);
        }
    }
}
