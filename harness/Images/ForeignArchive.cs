using System.Text.Json;
using System.Text.Json.Nodes;

namespace Touchstone.Harness.Images;

/// <summary>
/// Recognises tar archives that hold something else than what <c>docker save</c> writes, by the names in them. Pure.
/// </summary>
internal static class ForeignArchive
{
    private const int FewestRootFolders = 4;

    private static readonly string[] RootFolders =
    [
        "bin", "boot", "dev", "etc", "home", "lib", "lib64", "media", "mnt", "opt", "proc", "root", "run", "sbin", "srv", "sys", "tmp",
        "usr", "var",
    ];

    /// <summary>What an archive is, and what to send instead.</summary>
    /// <param name="names">Paths in it, at least the first few hundred.</param>
    /// <param name="files">Its texts; null when it could not be read to its end.</param>
    /// <returns>Words that go on behind its name; null when nobody can say.</returns>
    public static string? Explain(IReadOnlyCollection<string> names, ArchiveFiles? files)
    {
        var tops = names.Select(name => name.Split('/')[0]).ToHashSet(StringComparer.Ordinal);
        if (tops.Contains(".dockerenv") || RootFolders.Count(tops.Contains) >= FewestRootFolders)
        {
            return "holds a container's file system, as docker export writes it, and not an image. "
                + $"docker commit CONTAINER IMAGE makes an image of a container, then {ForeignFile.Save}";
        }

        // Of an archive that is damaged, its damage is to be told; only file systems hold what is refused at sight.
        return files is null ? null : ExplainWhole(names, tops, files);
    }

    private static string? ExplainWhole(IReadOnlyCollection<string> names, HashSet<string> tops, ArchiveFiles files)
    {
        if (names.Count == 0)
        {
            return $"is an archive without any file. Save it again: {ForeignFile.Save}";
        }

        if (tops.Contains("oci-layout") || (tops.Contains("index.json") && tops.Contains("blobs")))
        {
            return $"is an OCI archive{Platforms(files)}, which lacks the manifest.json of docker save. "
                + "docker buildx build --output type=docker,dest=image.tar . makes the right kind, and "
                + "skopeo copy oci-archive:FILE docker-archive:image.tar turns one into the other.";
        }

        if (tops.Contains("Dockerfile"))
        {
            return $"holds a Dockerfile and what belongs to it, and not the image. docker build -t IMAGE ., then {ForeignFile.Save}";
        }

        if (names.Count == 1 && names.First() is var inner && IsArchiveName(inner))
        {
            return $"holds another archive, {Printable(inner)}. Send that file itself.";
        }

        return names.FirstOrDefault(name => name.EndsWith("/manifest.json", StringComparison.Ordinal)) is { } lower
            ? $"holds the image's files in a folder. Pack them without it: tar -C {Printable(lower[..^"/manifest.json".Length])} -cf image.tar ."
            : null;
    }

    /// <summary>Such as " for linux/amd64 and linux/arm64"; empty when the index says none.</summary>
    private static string Platforms(ArchiveFiles files)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        try
        {
            Collect(files, "index.json", found, depth: 0);
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException or InvalidOperationException or InvalidDataException)
        {
            // No JSON, a name twice, what is no text, a path that leads out: it remains an archive of that kind.
        }

        return found.Count == 0 ? "" : $" for {string.Join(" and ", found)}";
    }

    private static void Collect(ArchiveFiles files, string path, SortedSet<string> found, int depth)
    {
        foreach (var item in Manifests(files.Text(path)))
        {
            var (os, architecture) = (Word(item["platform"], "os"), Word(item["platform"], "architecture"));
            if (os is not (null or "unknown") && architecture is not null)
            {
                found.Add($"{os}/{architecture}");
            }

            if (depth == 0 && Word(item, "digest") is { } digest)
            {
                Collect(files, $"blobs/{digest.Replace(':', '/').Replace("..", "", StringComparison.Ordinal).TrimStart('/')}", found, depth + 1);
            }
        }
    }

    private static IEnumerable<JsonObject> Manifests(byte[]? text) =>
        text is null ? [] : ((JsonNode.Parse(text) as JsonObject)?["manifests"] as JsonArray)?.OfType<JsonObject>().Take(64) ?? [];

    private static string? Word(JsonNode? node, string name) =>
        node is JsonObject fields && fields.TryGetPropertyValue(name, out var value) && value is JsonValue text
            && text.TryGetValue<string>(out var word) && word.Length < 100 ? Printable(word) : null;

    private static bool IsArchiveName(string name) =>
        name.EndsWith(".tar", StringComparison.Ordinal) || name.EndsWith(".tar.gz", StringComparison.Ordinal)
        || name.EndsWith(".tgz", StringComparison.Ordinal);

    private static string Printable(string text) => LogText.Line(text, 80);
}
