using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Sandbox;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Transfer;

namespace Touchstone.Harness.Transfer;

/// <summary>
/// Models between jobs. What a container calls its files is kept as text and used inside containers only: on this machine
/// every file is named by its content.
/// </summary>
internal static partial class ModelFiles
{
    private const int DeepestPath = 4;

    /// <summary>The place of a model's file in the folder of accepted files; null for a path that cannot be kept.</summary>
    /// <param name="path">Path below <c>model/</c>, as the container wrote it.</param>
    public static string? Place(string path) =>
        path.Length <= 80 && path.Split('/') is { Length: <= DeepestPath } parts && parts.All(part => Part().IsMatch(part))
            ? $"model/{Hash(path)}"
            : null;

    /// <summary>A model out of its files.</summary>
    /// <param name="files">Files with their paths below the model's folder.</param>
    /// <returns>The model; null for no files.</returns>
    public static ModelUse? Of(IEnumerable<OutputFile> files)
    {
        OutputFile[] sorted = [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)];
        return sorted.Length == 0 ? null
            : new ModelUse(Hash(string.Concat(sorted.Select(file => $"{file.Sha256}  {file.Path}\n"))), sorted);
    }

    /// <summary>A model that lies on this machine: a file, or a folder with everything in it.</summary>
    /// <param name="path">The file or folder.</param>
    /// <returns>The model, and where each of its files lies.</returns>
    /// <exception cref="FileNotFoundException">There is nothing, or a name that a container cannot be given.</exception>
    public static (ModelUse Model, IReadOnlyList<InputFile> Inputs) OfWeights(string path)
    {
        string[] files = Directory.Exists(path) ? [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)]
            : File.Exists(path) ? [path] : [];
        var folder = Directory.Exists(path) ? path : Path.GetDirectoryName(path)!;
        var model = Of(files.Select(file => new OutputFile(
            Path.GetRelativePath(folder, file).Replace('\\', '/'), new FileInfo(file).Length, FileHash.Of(file))))
            ?? throw new FileNotFoundException($"There are no weights at {path}.", path);
        return model.Files.FirstOrDefault(file => Place(file.Path) is null) is { } odd
            ? throw new FileNotFoundException(
                $"{odd.Path} in {path} cannot be given to a container: use letters, digits, '.', '_' and '-'.", path)
            : (model, Inputs(model, file => Path.Combine(folder, file.Path)));
    }

    /// <summary>What a container is given of a kept model.</summary>
    /// <param name="folder">The study that keeps it.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="InvalidDataException">A file is absent or damaged.</exception>
    public static IReadOnlyList<InputFile> OfJob(StudyFolder folder, ModelUse model)
    {
        foreach (var path in model.Files.Select(file => folder.ModelPath(file.Sha256)).Distinct())
        {
            if (!File.Exists(path) || FileHash.Of(path) != Path.GetFileName(path))
            {
                throw new InvalidDataException($"{path} is absent or damaged; jobs that start from it cannot run. Move the result of the "
                    + "pre-training that left it away to train it again.");
            }
        }

        return Inputs(model, file => folder.ModelPath(file.Sha256));
    }

    /// <summary>Keeps the files of a model by their content.</summary>
    /// <param name="folder">The study.</param>
    /// <param name="accepted">Folder of the job's accepted files.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public static void Keep(StudyFolder folder, string accepted, ModelUse model)
    {
        foreach (var file in model.Files)
        {
            var target = folder.ModelPath(file.Sha256);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            var source = Path.Combine(accepted, Place(file.Path)!);
            using (var stream = new FileStream(source, FileMode.Open, FileAccess.ReadWrite))
            {
                stream.Flush(flushToDisk: true);
            }

            DurableFile.Link(source, target);
        }
    }

    private static IReadOnlyList<InputFile> Inputs(ModelUse model, Func<OutputFile, string> pathOf) =>
        [.. model.Files.Select(file => new InputFile($"initial/{file.Path}", pathOf(file)))];

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex("^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}\\z")]
    private static partial Regex Part();
}
