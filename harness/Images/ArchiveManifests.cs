using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Touchstone.Leaderboard;

namespace Touchstone.Harness.Images;

/// <summary>Reads the manifest and the configurations of an image archive, which a participant wrote. Pure.</summary>
internal static class ArchiveManifests
{
    private const int MostListed = 8;

    private static readonly string[] ManifestNames = ["Config", "RepoTags", "Layers", "Parent", "LayerSources"];

    private static readonly string[] ConfigurationNames =
    [
        "architecture", "author", "comment", "config", "container", "container_config", "created", "created_by", "diff_ids",
        "docker_version", "empty_layer", "history", "id", "os", "os.features", "os.version", "parent", "rootfs", "type", "variant",
        "ArgsEscaped", "AttachStderr", "AttachStdin", "AttachStdout", "Cmd", "Domainname", "Entrypoint", "Env", "ExposedPorts",
        "Healthcheck", "Hostname", "Image", "Labels", "MacAddress", "NetworkDisabled", "OnBuild", "OpenStdin", "Shell", "StdinOnce",
        "StopSignal", "StopTimeout", "Tty", "User", "Volumes", "WorkingDir",
    ];

    /// <summary>The one image of an archive.</summary>
    /// <param name="files">What the archive holds.</param>
    /// <exception cref="InvalidDataException">There is none, or another number of them, or it cannot be read.</exception>
    public static ArchiveManifest ReadOnly(ArchiveFiles files)
    {
        var text = files.Text("manifest.json") ?? throw new InvalidDataException("It holds no manifest.json.");
        var images = Parse(text, ArchiveJsonContext.Default.IReadOnlyListArchiveManifest, ManifestNames, "manifest.json");
        if (images.Any(image => image?.Config is null || image.Layers?.All(layer => layer is not null) != true))
        {
            throw new InvalidDataException("manifest.json says null where the image's configuration or layers must be named.");
        }

        return images switch
        {
            [var only] => only!,
            [] => throw new InvalidDataException("It holds no image."),
            _ => throw new InvalidDataException(Several(files, [.. images.OfType<ArchiveManifest>()])),
        };
    }

    /// <summary>One image for several platforms, or several images: what they are, and how to send one.</summary>
    private static string Several(ArchiveFiles files, IReadOnlyList<ArchiveManifest> images)
    {
        var platforms = images.Select(image => files.Text(image.Config))
            .Select(text => text is null ? null : Configuration(text))
            .Select(image => $"{image?.Os}/{image?.Architecture}").Distinct(StringComparer.Ordinal).ToArray();
        return platforms.Length == images.Count
            ? $"It holds an image for {platforms.Length} platforms: {Listed(platforms)}. Send one: docker save --platform OS/PROCESSOR "
                + "-o FILE IMAGE, or docker buildx build --platform OS/PROCESSOR --load ."
            : $"It holds {Counted.Of(images.Count, "image")} ({Listed([.. images.Select(image => image.RepoTags is [{ } name, ..] ? name : "unnamed")])}); "
                + "send exactly one.";
    }

    private static string Listed(IReadOnlyList<string> names)
    {
        var clean = names.Take(MostListed).Select(name => LogText.Line(name, 80));
        return string.Join(", ", clean) + (names.Count > MostListed ? ", …" : "");
    }

    /// <summary>An image's configuration.</summary>
    /// <param name="text">Its JSON.</param>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static ImageConfiguration Configuration(byte[] text)
    {
        var read = Parse(text, ArchiveJsonContext.Default.ImageConfiguration, ConfigurationNames, "The image's configuration");

        // Initialised to empty texts, which null in the file undoes.
        return read.Os is null || read.Architecture is null
            ? throw new InvalidDataException("The image's configuration says null where its system and processor must be named.")
            : read;
    }

    private static T Parse<T>(byte[] text, JsonTypeInfo<T> type, IEnumerable<string> names, string what)
    {
        try
        {
            StrictJson.Demand(text, names, what);
            return JsonSerializer.Deserialize(text, type) ?? throw new JsonException();
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{what} is not readable.", fault);
        }
    }
}
