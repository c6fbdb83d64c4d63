using System.Reflection;
using Touchstone.Leaderboard.Bundles;

namespace Touchstone.Leaderboard.Site;

/// <summary>
/// Makes the static site: complete offline, without scripts, with relative links only. Pure: equal boards and build
/// information give equal bytes.
/// </summary>
public static class StaticSite
{
    /// <summary>All files of a site.</summary>
    /// <param name="boards">
    /// The contests, in the order shown. A single one is the site; several have a folder each, named by the contest's
    /// id, behind a page that lists them.
    /// </param>
    /// <param name="info">What the pages say about their making.</param>
    /// <returns>Files in ordinal order of their paths, which are unique.</returns>
    /// <exception cref="ArgumentException">Two contests have the same id.</exception>
    public static IReadOnlyList<SiteFile> Build(IReadOnlyList<Board> boards, BuildInfo info)
    {
        if (boards.DistinctBy(board => board.Contest.Id).Count() != boards.Count)
        {
            throw new ArgumentException("Two contests have the same id.", nameof(boards));
        }

        IEnumerable<SiteFile> pages = boards.Count == 1
            ? BuildBoard(boards[0], folder: "", info)
            :
            [
                ContestsPage.Write(boards, info),
                .. boards.SelectMany(board => BuildBoard(board, board.Contest.Id + "/", info)),
            ];
        SiteFile[] files =
            [.. pages, .. ResultsBundle.Of(boards, info).Files(), Asset("style.css"), Asset("icon.svg")];
        return [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    private static IEnumerable<SiteFile> BuildBoard(Board board, string folder, BuildInfo info)
    {
        SiteFile Write(string path, string heading, Html content) => new Page
        {
            Folder = folder,
            Title = board.Contest.Title,
            Path = path,
            Heading = heading,
            Description = $"{heading}: {board.Contest.Description}",
            Navigation =
            [
                ("Leaderboard", "index.html"), ("Who beats whom", "pairwise.html"), ("Methods", "methods.html"),
            ],
            Content = content,
        }.Write(info);

        yield return Write("index.html", "Leaderboard", IndexPage.Content(board));
        yield return Write("pairwise.html", "Who beats whom", PairwisePage.Content(board));
        yield return Write("methods.html", "Methods", MethodsPage.Content(board));
        foreach (var dataset in board.Contest.Datasets)
        {
            yield return Write(Links.Dataset(dataset.Id), dataset.Title, DatasetPage.Content(board, dataset));
        }

        foreach (var structure in board.Contest.Structures)
        {
            yield return Write(
                Links.Structure(structure), Show.Structure(structure), StructurePage.Content(board, structure));
        }

        foreach (var standing in board.Standings.Entries)
        {
            yield return Write(
                Links.Submission(standing.Entry.Id), standing.Entry.Name, SubmissionPage.Content(board, standing));
        }

        foreach (var file in Downloads.Of(board))
        {
            yield return file with { Path = folder + file.Path };
        }
    }

    private static SiteFile Asset(string name)
    {
        var resource = "Touchstone.Leaderboard.Site." + name;
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return SiteFile.OfText(name, reader.ReadToEnd());
    }
}
