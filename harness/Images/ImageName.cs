using System.Text.RegularExpressions;
using Touchstone.Submissions;

namespace Touchstone.Harness.Images;

/// <summary>The text by which somebody names an image: the path of an archive, a reference, or what is neither.</summary>
internal static partial class ImageName
{
    /// <summary>Checks what can be checked without an engine. For names that this machine's own people give.</summary>
    /// <param name="image">Path of an archive, or a reference.</param>
    /// <exception cref="SubmissionException">
    /// <see cref="SubmissionFault.ImageNotFound"/>: the archive is not there, or the text names neither archive nor image.
    /// </exception>
    public static void Check(string image)
    {
        if (Directory.Exists(image) && (image[0] is '.' or '/' || image.EndsWith('/') || !ReferencePattern.IsMatch(image)))
        {
            throw IsFolder(image);
        }

        if (!IsArchive(image))
        {
            CheckReference(image);
        }
        else if (!File.Exists(image))
        {
            throw NotFound($"There is no archive \"{image}\".");
        }
    }

    /// <summary>Refuses an archive that its first bytes show to be something else, without an engine.</summary>
    /// <param name="image">See <see cref="Check"/>.</param>
    /// <exception cref="SubmissionException"><see cref="SubmissionFault.ArchiveInvalid"/>: it is something else.</exception>
    public static void CheckContent(string image)
    {
        if (File.Exists(image) && ForeignFile.Explain(image) is { } kind)
        {
            throw new SubmissionException(SubmissionFault.ArchiveInvalid, $"\"{Path.GetFileName(image)}\" {kind}");
        }
    }

    /// <summary>Checks a reference as such, and asks for no file of this machine.</summary>
    /// <param name="reference">Such as <c>team/image:1</c>.</param>
    /// <exception cref="SubmissionException"><see cref="SubmissionFault.ImageNotFound"/>: it is none.</exception>
    public static void CheckReference(string reference)
    {
        if (!ReferencePattern.IsMatch(reference))
        {
            throw NotFound($"\"{reference}\" is neither an archive (.tar, .tar.gz) nor an image reference such as team/image:1.");
        }
    }

    /// <summary>Refuses a reference under which the engine keeps images of Touchstone's own.</summary>
    /// <param name="reference">Such as <c>team/image:1</c>, to be pulled for a participant.</param>
    /// <exception cref="SubmissionException"><see cref="SubmissionFault.ImageNotFound"/>: it is one.</exception>
    public static void CheckPulled(string reference)
    {
        if (OwnPattern.IsMatch(reference))
        {
            throw NotFound($"\"{reference}\" is a name that Touchstone keeps for images of its own. Publish the image under another.");
        }
    }

    /// <summary>Whether a text names an archive rather than a reference: by its ending, or because there is such a file.</summary>
    /// <param name="image">The text.</param>
    public static bool IsArchive(string image) => File.Exists(image) || ArchivePattern.IsMatch(image);

    /// <summary>What to say when the name is that of a folder. References may have that of one that happens to be here.</summary>
    /// <param name="folder">The folder.</param>
    public static SubmissionException IsFolder(string folder) => NotFound($"\"{folder}\" is a folder, and not an archive of an image. " + (
        File.Exists(Path.Combine(folder, "Dockerfile")) ? $"Build it: docker build -t IMAGE {folder}, then {ForeignFile.Save}"
        : File.Exists(Path.Combine(folder, "manifest.json")) ? $"It looks like an unpacked one: tar -C {folder} -cf image.tar ."
        : $"Send the image: {ForeignFile.Save}"));

    /// <summary>The fault of an image that is not there.</summary>
    /// <param name="words">What is not there, and what to do.</param>
    /// <param name="inner">What said so; null for nobody.</param>
    public static SubmissionException NotFound(string words, Exception? inner = null) =>
        new(SubmissionFault.ImageNotFound, words, inner);

    [GeneratedRegex("^((index\\.|registry-1\\.)?docker\\.io/|localhost/)?touchstone/", RegexOptions.IgnoreCase)]
    private static partial Regex OwnPattern { get; }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,254}\\z")]
    private static partial Regex ReferencePattern { get; }

    // Also what is refused with its reason: nobody means a reference by image.tar.xz.
    [GeneratedRegex(@"\.(tar|tgz|txz|tbz2?|tzst|tar\.(gz|xz|zst|bz2|lz4|lzma|lz|Z)|zip|7z|rar|sif|simg|sqsh)\z", RegexOptions.IgnoreCase)]
    private static partial Regex ArchivePattern { get; }
}
