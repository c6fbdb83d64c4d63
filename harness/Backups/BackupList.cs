using System.Text.Json;
using System.Text.Json.Serialization;
using Touchstone.Evaluators;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;

namespace Touchstone.Harness.Backups;

/// <summary>What a backup holds: <c>backup.json</c>.</summary>
internal sealed record BackupList
{
    /// <summary>Name of the file.</summary>
    public const string Name = "backup.json";

    /// <summary>Folder of the workspace's files.</summary>
    public const string WorkspaceFolder = "workspace";

    /// <summary>Folder of the manifest and what it names.</summary>
    public const string DatasetsFolder = "datasets";

    /// <summary>Folder of images.</summary>
    public const string ImagesFolder = "images";

    /// <summary>Name of the manifest in its folder.</summary>
    public const string ManifestName = "datasets.manifest";

    private const int CurrentSchema = 1;

    /// <summary>Layout of the file.</summary>
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>The build that made it.</summary>
    public required string Touchstone { get; init; }

    /// <summary>When it was complete, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Every file, in ordinal order of its path.</summary>
    public required IReadOnlyList<BackupFile> Files { get; init; }

    /// <summary>Lists the files of a folder.</summary>
    /// <param name="folder">The folder of the backup.</param>
    /// <param name="build">The build that made it.</param>
    /// <param name="now">When.</param>
    public static BackupList Of(string folder, string build, DateTimeOffset now) => new()
    {
        Touchstone = build,
        At = now,
        Files =
        [
            .. OwnFolder.Files(folder).Select(path => new BackupFile(
                    Path.GetRelativePath(folder, path).Replace('\\', '/'), new FileInfo(path).Length, FileHash.Of(path)))
                .Where(file => file.Path != Name).OrderBy(file => file.Path, StringComparer.Ordinal),
        ],
    };

    /// <summary>Writes the list.</summary>
    /// <param name="folder">The folder of the backup.</param>
    public void Write(string folder) => DurableFile.WriteOnce(
        Path.Combine(folder, Name), [.. JsonSerializer.SerializeToUtf8Bytes(this, BackupJson.Default.BackupList), (byte)'\n'], isPrivate: true);

    /// <summary>Reads the list of a backup and holds every file to it.</summary>
    /// <param name="folder">The folder of the backup.</param>
    /// <exception cref="InvalidDataException">It is no backup, or not a whole one: everything that lacks or differs is named.</exception>
    public static BackupList ReadWhole(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
        {
            throw new InvalidDataException(
                $"{folder} is no backup, or one that was not finished: it has no {Name}, which is written last.");
        }

        var list = Read(path);
        var faults = list.Files.Select(file => FaultOf(folder, file)).OfType<string>().ToList();
        return faults.Count == 0 ? list : throw new InvalidDataException(
            $"{folder} is not whole, and nothing was restored: {NameList.Of(faults)}.");
    }

    private static BackupList Read(string path)
    {
        try
        {
            var list = JsonSerializer.Deserialize(RegularFile.ReadAllBytes(path), BackupJson.Default.BackupList)
                ?? throw new JsonException("The file is empty.");
            return list.Schema != CurrentSchema ? throw new JsonException($"Schema {list.Schema}; this build reads {CurrentSchema}.")
                : list.Files.FirstOrDefault(file => file is null || !IsBelow(file.Path)) is { } file
                    ? throw new JsonException($"\"{file.Path}\" is no path in a backup.") : list;
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{path} is damaged: {JsonWords.Of(fault)}", fault);
        }
    }

    private static bool IsBelow(string path) => !Path.IsPathRooted(path) && !path.Split('/').Any(part => part is "" or "." or "..");

    private static string? FaultOf(string folder, BackupFile file)
    {
        var path = Path.Combine(folder, file.Path);
        return !File.Exists(path) ? $"{file.Path} lacks"
            : new FileInfo(path).Length != file.Length || FileHash.Of(path) != file.Sha256 ? $"{file.Path} is not what was written" : null;
    }
}

/// <summary>A file of a backup.</summary>
/// <param name="Path">Path below the backup's folder, with slashes.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">SHA-256, hexadecimal.</param>
internal sealed record BackupFile(string Path, long Length, string Sha256);

/// <summary>Source-generated serialisers of backups.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n",
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(BackupList))]
internal sealed partial class BackupJson : JsonSerializerContext;
