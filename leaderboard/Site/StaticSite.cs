using System.Reflection;
using Touchstone.Leaderboard.Bundles;
using Touchstone.Leaderboard.Charts;
using Touchstone.Leaderboard.Reported;
using Touchstone.Leaderboard.Viewer;

namespace Touchstone.Leaderboard.Site;

/// <summary>
/// Makes the static site: complete offline, with relative links only, readable without scripts. Pure: equal boards,
/// build information and drawings give equal bytes, which are made when a file is written.
/// </summary>
public static class StaticSite
{
    private static readonly string[] Assets = ["charts.js", "figures.js", "icon.svg", "style.css", "tables.js", "viewer.js"];

    /// <summary>All files of a site.</summary>
    /// <param name="boards">
    /// The contests, in the order shown. A single one is the site; several have a folder each, named by the contest's
    /// key, behind a page that lists them.
    /// </param>
    /// <param name="info">What the pages say about their making.</param>
    /// <param name="drawings">The drawn figures, all of <see cref="Figures"/> or some; null for none.</param>
    /// <param name="gallery">
    /// What the case viewer needs: every volume of <see cref="Volumes"/>. Null where no board shows a case.
    /// </param>
    /// <param name="around">What a server has around the site; null for a site that stands by itself.</param>
    /// <returns>Files in ordinal order of their paths, which are unique.</returns>
    /// <exception cref="ArgumentException">
    /// Two contests have the same key, or a volume to be shown is absent.
    /// </exception>
    public static IReadOnlyList<SiteFile> Build(
        IReadOnlyList<Board> boards, BuildInfo info, Drawings? drawings = null, Gallery? gallery = null,
        Surroundings? around = null)
    {
        drawings ??= Drawings.None;
        if (boards.DistinctBy(board => board.Contest.Key).Count() != boards.Count)
        {
            throw new ArgumentException("Two contests have the same challenge and phase.", nameof(boards));
        }

        var pages = boards.SelectMany(board => BuildBoard(board, Folder(boards, board), info, drawings, around));
        SiteFile[] first = boards.Count == 1 ? [] : [ContestsPage.Write(boards, info)];
        SiteFile[] library = drawings.Library is { } bytes ? [new SiteFile(FigureFiles.Library, bytes)] : [];
        SiteFile[] files =
        [
            .. first, .. pages, .. ResultsBundle.Of(boards, info).Files(), .. Assets.Select(Asset), .. library,
            .. drawings.Svgs.Select(pair => SiteFile.OfText(pair.Key, pair.Value)), .. Shown(boards, gallery),
        ];
        return [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    /// <summary>Every figure of a site, with the folder of its board: empty, or ending in a slash.</summary>
    /// <param name="boards">As for <see cref="Build"/>.</param>
    public static IReadOnlyList<(string Folder, Figure Figure)> Figures(IReadOnlyList<Board> boards) =>
        [.. boards.SelectMany(board => board.Figures, (board, figure) => (Folder(boards, board), figure))];

    /// <summary>Every volume that the case viewer of a site loads: its path within the site, and its SHA-256.</summary>
    /// <param name="boards">As for <see cref="Build"/>.</param>
    public static IReadOnlyList<(string Path, string Sha256)> Volumes(IReadOnlyList<Board> boards) =>
    [
        .. from board in boards
           from one in board.Bundled.Shown ?? []
           from file in one.Files
           select (Folder(boards, board) + file.Path, file.Sha256),
    ];

    private static IEnumerable<SiteFile> Shown(IReadOnlyList<Board> boards, Gallery? gallery)
    {
        var volumes = Volumes(boards);
        return volumes.Count == 0 ? [] :
        [
            new SiteFile(Gallery.LibraryPath, (gallery ?? throw Absent(volumes[0].Path)).Library),
            Asset("niivue.LICENSE.txt") with { Path = Gallery.NoticePath },
            .. volumes.Select(volume => new SiteFile(
                volume.Path,
                gallery.Volumes.TryGetValue(volume.Sha256, out var bytes) ? bytes : throw Absent(volume.Path))),
        ];

        static ArgumentException Absent(string path) =>
            new($"The volume {path} is absent: boards that show cases need all of theirs.", nameof(gallery));
    }

    private static string Folder(IReadOnlyList<Board> boards, Board board) =>
        boards.Count == 1 ? "" : board.Contest.Key + "/";

    private static IEnumerable<SiteFile> BuildBoard(
        Board given, string folder, BuildInfo info, Drawings drawings, Surroundings? around)
    {
        var board = given.DrawnAs(drawings.Svgs.Keys.Where(path => path.StartsWith(folder, StringComparison.Ordinal))
            .Select(path => path[folder.Length..]).ToHashSet(StringComparer.Ordinal), around?.Edition);
        var navigation = Navigation(board);
        return Pages(board).Select(page => SiteFile.OfText(folder + page.Path, () => new Page
        {
            Folder = folder,
            Title = board.Contest.Title,
            Path = page.Path,
            Heading = page.Heading,
            Description = $"{page.Heading}: {board.Contest.Description}",
            Navigation = navigation,
            HasLibrary = drawings.Library is not null,
            Content = page.Content(),
            Around = around,
        }.Render(info))).Concat(Downloads.Of(board).Select(file => file with { Path = folder + file.Path }));
    }

    private static (string Text, string Path)[] Navigation(Board board) =>
    [
        ("Leaderboard", "index.html"),
        .. board.HasGap ? new[] { ("IID and OOD", "generalisation.html") } : [],
        ("How firm", "sensitivity.html"),
        ("Who beats whom", "pairwise.html"),
        .. SubgroupPage.Tables(board).Take(1).Select(table => ("Subgroups", Links.Subgroup(table.Attribute))),
        .. HasReported(board) ? new[] { ("Reported", "reported.html") } : [],
        ("Methods", "methods.html"),
    ];

    private static IEnumerable<(string Path, string Heading, Func<Html> Content)> Pages(Board board)
    {
        yield return ("index.html", "Leaderboard", () => IndexPage.Content(board));
        yield return ("pairwise.html", "Who beats whom", () => PairwisePage.Content(board));
        yield return ("sensitivity.html", "How firm are the ranks?", () => SensitivityPage.Content(board));
        yield return ("methods.html", "Methods", () => MethodsPage.Content(board));
        if (board.HasGap)
        {
            yield return ("generalisation.html", "Known hospitals, new hospitals", () => GeneralisationPage.Content(board));
        }

        if (HasReported(board))
        {
            yield return ("reported.html", "What publications report", () => ReportedPage.Content(board));
        }

        foreach (var table in SubgroupPage.Tables(board))
        {
            yield return (
                Links.Subgroup(table.Attribute), $"By {Show.Attribute(table.Attribute)}", () => SubgroupPage.Content(board, table));
        }

        foreach (var dataset in board.Contest.Datasets)
        {
            yield return (Links.Dataset(dataset.Id), dataset.Title, () => DatasetPage.Content(board, dataset));
        }

        foreach (var structure in board.Contest.Structures)
        {
            yield return (Links.Structure(structure), Show.Structure(board.Contest, structure), () => StructurePage.Content(board, structure));
        }

        foreach (var standing in board.Standings.Entries)
        {
            yield return (
                Links.Submission(standing.Entry.Id), standing.Entry.Name, () => SubmissionPage.Content(board, standing));
        }

        foreach (var page in CasePage.All(board))
        {
            yield return page;
        }
    }

    private static bool HasReported(Board board) => ReportedTables.For(board.Contest).Count > 0;

    /// <summary>An embedded style sheet, picture or script.</summary>
    internal static SiteFile Asset(string name)
    {
        var resource = "Touchstone.Leaderboard.Site." + name;
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return SiteFile.OfText(name, reader.ReadToEnd());
    }
}
