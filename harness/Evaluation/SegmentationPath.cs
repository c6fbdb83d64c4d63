using Touchstone.Evaluators;
using Touchstone.Harness.Commands;

namespace Touchstone.Harness.Evaluation;

/// <summary>What lies at a path that the command line names.</summary>
internal enum PathLayout
{
    /// <summary>One file.</summary>
    File,

    /// <summary>A folder of volumes: a label volume a case, or the masks of one case.</summary>
    Volumes,

    /// <summary>A folder with a folder of masks a case, either <c>case/</c> or <c>case/segmentations/</c>.</summary>
    CaseFolders,

    /// <summary>A folder without any of these.</summary>
    Empty,
}

/// <summary>One side of an evaluation on disk.</summary>
/// <param name="Path">The path; for a case's folder with <c>segmentations/</c> in it, that.</param>
/// <param name="Layout">What lies there.</param>
/// <param name="Entries">Its volumes by name without extension, or its folders of masks by case.</param>
internal sealed record SegmentationPath(string Path, PathLayout Layout, IReadOnlyDictionary<string, string> Entries)
{
    private static readonly string[] OtherExtensions =
        [".nrrd", ".nhdr", ".mhd", ".hdr", ".img", ".mgz", ".dcm", ".npy", ".tif", ".tiff", ".nii.zip", ".nii.bz2"];

    /// <summary>Looks at a path.</summary>
    /// <param name="path">As given.</param>
    /// <exception cref="WrongUseException">Nothing is there, or a volume is there twice.</exception>
    public static SegmentationPath Of(string path)
    {
        if (System.IO.File.Exists(path))
        {
            return new SegmentationPath(path, PathLayout.File, new Dictionary<string, string> { [StemOf(path) ?? NameOf(path)] = path });
        }

        if (!Directory.Exists(path))
        {
            throw new WrongUseException($"There is no file or folder {path}.");
        }

        var folder = MasksOf(path);
        var volumes = VolumesIn(folder);
        if (volumes.Count > 0)
        {
            return new SegmentationPath(folder, PathLayout.Volumes, volumes);
        }

        var cases = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var one in Directory.EnumerateDirectories(path).Where(one => VolumesIn(MasksOf(one)).Count > 0))
        {
            cases.Add(NameOf(one), MasksOf(one));
        }

        return new SegmentationPath(path, cases.Count > 0 ? PathLayout.CaseFolders : PathLayout.Empty, cases);
    }

    /// <summary>The volumes of a folder by name without extension, in order.</summary>
    /// <exception cref="WrongUseException">One is there in two formats.</exception>
    public static IReadOnlyDictionary<string, string> VolumesIn(string folder)
    {
        var volumes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            if (StemOf(file) is { } stem && !volumes.TryAdd(stem, file))
            {
                throw new WrongUseException($"{folder} holds {stem} twice, in two formats.");
            }
        }

        return volumes;
    }

    /// <summary>Images of other formats among the volumes, which nobody looks at, as seen from <see cref="Path"/>.</summary>
    public IReadOnlyList<string> FindUnread() => Layout is PathLayout.File
        ? []
        :
        [
            .. Directory.EnumerateFiles(Path)
                .Concat(Layout == PathLayout.Volumes ? [] : Directory.EnumerateDirectories(Path)
                    .SelectMany(folder => Directory.EnumerateFiles(MasksOf(folder))))
                .Where(file => StemOf(file) is null && IsImage(file))
                .Select(file => System.IO.Path.GetRelativePath(Path, file)).Order(StringComparer.Ordinal),
        ];

    /// <summary>Name of a file without the ending of a volume; null when it has none.</summary>
    public static string? StemOf(string path) => VolumeFile.StemOf(NameOf(path));

    /// <summary>Last part of a path.</summary>
    public static string NameOf(string path) =>
        System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path)));

    private static bool IsImage(string file) =>
        OtherExtensions.Concat(VolumeFile.Extensions).Any(end => file.EndsWith(end, StringComparison.OrdinalIgnoreCase));

    private static string MasksOf(string folder)
    {
        var below = System.IO.Path.Combine(folder, "segmentations");
        return Directory.Exists(below) ? below : folder;
    }
}
