using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Bundles;
using Touchstone.Leaderboard.Site;
using Touchstone.Leaderboard.Viewer;

namespace Touchstone.Harness.Boards;

/// <summary>
/// Completes boards that show cases: the library that draws, and the volumes of a site that is rebuilt.
/// </summary>
public static class ViewerLibrary
{
    /// <summary>The library together with volumes.</summary>
    /// <param name="web">As <see cref="FigureRenderer.FindWeb"/> gives it.</param>
    /// <param name="volumes">The volumes, by SHA-256.</param>
    /// <returns>What a site needs; null when the library is not restored.</returns>
    public static Gallery? With(string? web, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> volumes)
    {
        var library = Path.Combine(web ?? "", "node_modules", "@niivue", "niivue", "dist", "niivue.umd.js");
        return web is null || !File.Exists(library) ? null
            : new Gallery { Library = RegularFile.ReadAllBytes(library), Volumes = volumes };
    }

    /// <summary>Reads the volumes that boards show from the site that a bundle came with.</summary>
    /// <param name="site">Folder of the site.</param>
    /// <param name="boards">Its boards.</param>
    /// <returns>By SHA-256; null when one is absent.</returns>
    /// <exception cref="InvalidDataException">A volume is not the one that the bundle tells of.</exception>
    public static IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? Read(string site, IReadOnlyList<Board> boards)
    {
        var volumes = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var (path, sha256) in StaticSite.Volumes(boards))
        {
            var file = Path.Combine(site, path);
            if (!File.Exists(file))
            {
                return null;
            }

            var bytes = RegularFile.ReadAllBytes(file);
            volumes[sha256] = CaseFiles.Sha256Of(bytes) == sha256 ? bytes : throw new InvalidDataException(
                $"{file} is not the volume that {ResultsBundle.FileName} tells of: one of the two was changed.");
        }

        return volumes;
    }
}
