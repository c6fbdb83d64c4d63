using System.Text.Json;
using System.Text.Json.Serialization;
using Touchstone.Evaluators;
using Touchstone.Harness.Engine;
using Touchstone.Harness.Images;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard;
using Touchstone.Submissions;

namespace Touchstone.Harness.Transfer;

/// <summary>The image that the jobs of a network run in, pinned when it was first taken in.</summary>
/// <param name="Written">Archive or reference as the study names it.</param>
/// <param name="Digest">Content digest.</param>
/// <param name="Source">Where it came from, for people.</param>
internal sealed record PinnedImage(string Written, string Digest, string Source);

/// <summary>Takes the images of a study in, by the same checks as submissions, and remembers which they were.</summary>
internal static class StudyImages
{
    /// <summary>The image of a network; null while it has none.</summary>
    /// <param name="folder">The study.</param>
    /// <param name="backbone">Name of the network.</param>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static PinnedImage? Find(StudyFolder folder, string backbone)
    {
        var path = folder.ImagePath(backbone);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(RegularFile.ReadAllBytes(path), StudyJson.Kept.PinnedImage) : null;
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{path} is damaged: {JsonWords.Of(fault)}", fault);
        }
    }

    /// <summary>Makes sure that the engine holds the image of every network that trains.</summary>
    /// <param name="study">The study.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="start">Folder that paths of archives start from.</param>
    /// <param name="jobs">What will run; networks without jobs are left alone.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="intake">Takes images in.</param>
    /// <param name="token">Stops the work.</param>
    /// <exception cref="SubmissionException">An image is refused.</exception>
    /// <exception cref="InvalidDataException">An image is another one than that of the jobs before.</exception>
    public static async Task EnsureAsync(
        TransferStudy study, StudyFolder folder, string start, IReadOnlyList<PlannedJob> jobs, DockerEngine engine, ImageIntake intake,
        CancellationToken token)
    {
        foreach (var backbone in study.Backbones.Where(one => jobs.Any(job => job.ImportFolder is null && job.Backbone == one)))
        {
            var pinned = Find(folder, backbone.Name);
            if (pinned is not null && pinned.Written == backbone.Image && await engine.FindImageAsync(pinned.Digest, token) is not null)
            {
                continue;
            }

            var accepted = await intake.AcceptAsync(Resolve(backbone.Image!, start), study.ImageBytes, token);
            if (pinned is not null && pinned.Digest != accepted.Digest.Value)
            {
                throw new InvalidDataException(
                    $"The image of {backbone.Name} was {pinned.Digest[..19]} when study {study.Id} began and is "
                    + $"{accepted.Digest.Value[..19]} now: one study has one image. Give the study file another name, or move {folder.Root} away.");
            }

            DurableFile.WriteOnce(folder.ImagePath(backbone.Name), JsonSerializer.SerializeToUtf8Bytes(
                new PinnedImage(backbone.Image!, accepted.Digest.Value, accepted.Source), StudyJson.Kept.PinnedImage));
        }
    }

    /// <summary>An archive beside the study file goes before one of the present folder; a reference is a reference.</summary>
    private static string Resolve(string image, string start)
    {
        var beside = Path.Combine(start, image);
        return File.Exists(beside) ? beside : image;
    }
}

/// <summary>Source-generated serialisers of what studies keep and commands report about them.</summary>
[JsonSerializable(typeof(PinnedImage))]
[JsonSerializable(typeof(StudyState))]
internal sealed partial class StudyJson : JsonSerializerContext
{
    /// <inheritdoc cref="JsonForms.File" path="/summary"/>
    public static StudyJson Kept { get; } = new(JsonForms.File());
}
