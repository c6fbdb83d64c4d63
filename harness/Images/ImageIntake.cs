using Touchstone.Harness.Engine;
using Touchstone.Submissions;

namespace Touchstone.Harness.Images;

/// <summary>
/// Brings participants' images into the engine: checks an archive before the engine unpacks it, or finds or pulls a
/// reference, and pins either by content. Messages of its <see cref="SubmissionException"/>s are safe to show.
/// </summary>
/// <param name="engine">Where images go.</param>
/// <param name="disk">Whether there is room for them; null to take that for granted.</param>
/// <param name="temporaryName">
/// Name, <c>repository:tag</c>, of an image that the engine lacked and that its user takes away again; one that it has is
/// left as it is. Null for images that are accepted for good, under a name of Touchstone's own.
/// </param>
/// <param name="report">Told, in a line, of what cannot be taken away and is left behind; null for nobody.</param>
public sealed class ImageIntake(
    DockerEngine engine, DiskWatch? disk = null, string? temporaryName = null, Action<string>? report = null)
{
    /// <summary>Own name given to every accepted image, so that no clean-up of nameless images takes it.</summary>
    private const string Repository = "touchstone/submission";

    private readonly TrialStart _trial = new(engine, disk, report);

    /// <summary>Accepts an image archive or reference.</summary>
    /// <param name="image">
    /// Path of a <c>docker save</c> archive (.tar, .tar.gz, .tgz), or an image reference or id.
    /// </param>
    /// <param name="capBytes">Most bytes that the unpacked image may have.</param>
    /// <param name="token">Stops the work; nothing half-loaded stays.</param>
    /// <exception cref="SubmissionException">The image cannot be accepted, for a reason of its own.</exception>
    /// <exception cref="EngineException">The engine fails.</exception>
    /// <exception cref="IntakeClosedException">There is no room for it.</exception>
    public Task<AcceptedImage> AcceptAsync(string image, long capBytes, CancellationToken token = default)
    {
        ImageName.Check(image);
        disk?.Check();
        return ImageName.IsArchive(image)
            ? AcceptArchiveAsync(image, Path.GetFileName(image), capBytes, token)
            : AcceptReferenceAsync(image, capBytes, token);
    }

    /// <summary>Accepts an archive that <c>docker save</c> wrote, plain or compressed with gzip.</summary>
    /// <param name="path">The archive, which is there.</param>
    /// <param name="name">How messages name it.</param>
    /// <param name="capBytes">Most bytes that the unpacked image may have.</param>
    /// <param name="token">Stops the work; nothing half-loaded stays.</param>
    /// <inheritdoc cref="AcceptAsync" path="/exception"/>
    public async Task<AcceptedImage> AcceptArchiveAsync(
        string path, string name, long capBytes, CancellationToken token = default)
    {
        disk?.Check();
        var archive = await ImageArchive.InspectAsync(path, capBytes, name, token);
        ImageRules.Check(engine.Version, archive.Requests);
        await LoadingName.RemoveAbandonedAsync(engine, report, token);
        var image = await engine.FindImageAsync(archive.ConfigDigest, token);
        if (image is not null)
        {
            return await AdmitAsync(image, LogText.Line(name), isNew: false, null, capBytes, archive.HasSpecialFiles, token);
        }

        disk?.Check(archive.UnpackedBytes);
        using var loading = new LoadingName();
        image = await LoadAsync(archive, loading, token);
        var accepted = await AdmitAsync(image, LogText.Line(name), isNew: true, loading.On(image), capBytes, archive.HasSpecialFiles, token);
        await TakeAwayAsync(image.Id, loading.On(image));
        return accepted;
    }

    /// <summary>
    /// Checks an image as the engine holds it, which may read its configuration otherwise than this program, tries it, and pins it.
    /// One that is refused is taken away again.
    /// </summary>
    /// <param name="image">The image.</param>
    /// <param name="source">Where it came from, for people.</param>
    /// <param name="isNew">Whether the engine lacked it before.</param>
    /// <param name="newName">Its only name, when the engine lacked that too.</param>
    /// <param name="capBytes">Most bytes of its files.</param>
    /// <param name="isUnread">Whether they have not been read yet, or not as they will lie.</param>
    /// <param name="token">Stops the work.</param>
    private async Task<AcceptedImage> AdmitAsync(
        ImageDetails image, string source, bool isNew, string? newName, long capBytes, bool isUnread, CancellationToken token)
    {
        try
        {
            if (image.Size > capBytes)
            {
                throw TooLarge(capBytes);
            }

            ImageRules.Check(engine.Version, ImageRequests.Of(image));
            await _trial.RunAsync(image, capBytes, isUnread, token);
            return await PinAsync(image, source, isNew, token);
        }
        catch (Exception) when (newName is not null)
        {
            await TakeAwayAsync(image.Id, newName);
            throw;
        }
    }

    /// <summary>Takes a name of an image away; its id only where nobody has given it a name meanwhile.</summary>
    private async Task TakeAwayAsync(string id, string name)
    {
        try
        {
            if (name != id || await engine.FindImageAsync(id) is { RepoTags: null or { Count: 0 } })
            {
                await engine.RemoveImageAsync(name);
            }
        }
        catch (EngineException fault)
        {
            report?.Invoke($"The name {name} of the image {id[..19]} cannot be taken away and is left behind. {fault.Message}");
        }
    }

    /// <summary>The image that the engine has under a reference, otherwise what its registry gives.</summary>
    private async Task<AcceptedImage> AcceptReferenceAsync(string reference, long capBytes, CancellationToken token)
    {
        var present = await engine.FindImageAsync(reference, token);
        if (present is null && Directory.Exists(reference))
        {
            throw ImageName.IsFolder(reference);
        }

        return await CheckAsync(reference, present ?? await PullAsync(reference, token), present, capBytes, token);
    }

    /// <summary>
    /// Accepts what a registry gives under a reference, whatever the engine has under it: for participants, to whom images
    /// that only lie here are none of their business.
    /// </summary>
    /// <param name="reference">Such as <c>registry.example/team/image:1</c>.</param>
    /// <param name="capBytes">Most bytes that the unpacked image may have.</param>
    /// <param name="token">Stops the work.</param>
    /// <inheritdoc cref="AcceptAsync" path="/exception"/>
    public async Task<AcceptedImage> AcceptFromRegistryAsync(string reference, long capBytes, CancellationToken token = default)
    {
        ImageName.CheckPulled(reference);
        ImageName.CheckReference(reference); // and no file or folder of this machine, which is none of a participant's business
        disk?.Check();
        var before = await engine.FindImageAsync(reference, token);
        return await CheckAsync(reference, await PullAsync(reference, token), before, capBytes, token);
    }

    private async Task<AcceptedImage> CheckAsync(
        string reference, ImageDetails image, ImageDetails? before, long capBytes, CancellationToken token)
    {
        var newName = before is null ? reference : null;
        var repository = reference.Split('@')[0];
        repository = repository.LastIndexOf(':') > repository.LastIndexOf('/') ? repository[..repository.LastIndexOf(':')] : repository;
        var digest = image.RepoDigests?.FirstOrDefault(item => item.Split('@')[0].EndsWith(repository, StringComparison.Ordinal));
        return await AdmitAsync(
            image, LogText.Line(digest is null ? reference : $"{reference} ({digest})", 400), before?.Id != image.Id, newName, capBytes, isUnread: true,
            token);
    }

    internal static SubmissionException TooLarge(long capBytes) => new(
        SubmissionFault.ImageTooLarge,
        $"The image unpacks to more than {Sizes.Text(capBytes)}, the limit. "
        + "Remove caches and build tools, or build it in stages.");

    /// <summary>The name under which the engine keeps an accepted image.</summary>
    internal static string NameOf(ImageDigest digest) => $"{Repository}:{digest.Abbreviated}";

    private async Task<ImageDetails> LoadAsync(ImageArchive archive, LoadingName name, CancellationToken token)
    {
        var answer = await _trial.DemandAsync(
            "loaded", TrialStart.Patience(archive.UnpackedBytes),
            stop => engine.LoadImageAsync((stream, until) => archive.WriteSanitisedAsync(name.Text, stream, until), stop), token);

        // Engines with containerd's image store name an image by the digest of its manifest, which they make themselves
        // for such an archive. Then the only tie to what was checked is the name that this very request gave.
        return await engine.FindImageAsync(archive.ConfigDigest, token) ?? await engine.FindImageAsync(name.Text, token)
            ?? throw new EngineException(
                $"The engine loaded the archive, but holds no image {archive.ConfigDigest}; it says \"{answer}\".")
            {
                IsTransient = false,
            };
    }

    private async Task<ImageDetails> PullAsync(string reference, CancellationToken token)
    {
        try
        {
            await engine.PullImageAsync(reference, token);
        }
        catch (EngineException fault) when (fault.Message.Contains("failed to register layer", StringComparison.Ordinal))
        {
            _trial.DemandRoom(fault);
            throw ImageRules.Refused($"cannot be unpacked, says the engine: {EngineWords.Of(fault)}", fault);
        }
        catch (EngineException fault) when (fault.Status is not null || !fault.IsTransient)
        {
            throw ImageName.NotFound(
                $"There is no image \"{reference}\" that can be pulled without signing in. Check the name and the tag, make the "
                + "repository readable, or send an archive made with \"docker save\".",
                fault);
        }

        return await engine.FindImageAsync(reference, token)
            ?? throw new EngineException($"The engine pulled {reference}, but does not hold it.");
    }

    private async Task<AcceptedImage> PinAsync(ImageDetails image, string source, bool isNew, CancellationToken token)
    {
        var digest = ImageDigest.Parse(image.Id);
        if (temporaryName is null || isNew)
        {
            var name = (temporaryName ?? NameOf(digest)).Split(':');
            await engine.TagImageAsync(image.Id, name[0], name[1], token);
        }

        return new AcceptedImage(digest, source, image.Size);
    }
}
