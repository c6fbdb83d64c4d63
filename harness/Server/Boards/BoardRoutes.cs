using Microsoft.AspNetCore.Http;
using Touchstone.Harness.Boards;
using Touchstone.Harness.Server.Access;
using Touchstone.Harness.Server.Problems;
using Touchstone.Leaderboard.Live;
using Touchstone.Leaderboard.Site;
using Touchstone.Submissions;

namespace Touchstone.Harness.Server.Boards;

/// <summary>The files of boards, and of the server's own pages.</summary>
internal static class BoardRoutes
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".json"] = "application/json",
        [".csv"] = "text/csv; charset=utf-8",
        [".tex"] = "text/plain; charset=utf-8",
        [".gz"] = "application/gzip",
        [".sha256"] = "text/plain; charset=utf-8",
        [".txt"] = "text/plain; charset=utf-8",
    };

    /// <summary>The routes.</summary>
    public static IReadOnlyList<Route> All { get; } =
    [
        new()
        {
            Method = "GET", Path = "/boards/{challenge}/{phase}/{**file}", Access = RequiredAccess.Anyone, Pace = Pace.Free,
            IsPage = true, Handler = SendBoardAsync,
            Summary = "A file of a published board; boards that are kept back are for organisers.",
        },
        new()
        {
            Method = "GET", Path = "/assets/{version}/{file}", Access = RequiredAccess.Anyone, Pace = Pace.Free, IsPage = true,
            Handler = SendAssetAsync, Summary = "Style sheet, icon and scripts of the pages.",
        },
    ];

    private static Task SendBoardAsync(Exchange exchange)
    {
        var rules = exchange.Desk.Challenges.Get(exchange.Parameter("challenge")).In(exchange.Parameter("phase"));
        var isPublic = BoardList.IsPublic(exchange.Desk.Workspace, rules, exchange.Desk.Clock.GetUtcNow());
        if (!isPublic && !exchange.Caller.IsOrganiser)
        {
            throw new ProblemException(403, "board-kept-back", $"The board of {rules.Title}, {rules.Phase.Name}, is for organisers now.");
        }

        var file = exchange.Parameter("file");
        var response = exchange.Context.Response;
        if (file.Length == 0)
        {
            response.Redirect($"/boards/{rules.Id}/{rules.Phase.Name}/index.html");
            return Task.CompletedTask;
        }

        var edition = EditionOf(exchange, rules, file);
        if (!exchange.Caller.IsOrganiser && !exchange.Desk.Boards.MayOpen(rules, edition))
        {
            throw new ProblemException(
                503, "board-renewing",
                $"The board of {rules.Title}, {rules.Phase.Name}, is being made anew after a decision. Look again in a few minutes.");
        }

        var path = Find(edition, file) ?? throw Absent();
        response.Headers.CacheControl = isPublic ? "public, no-cache" : "private, no-cache";
        return SendAsync(exchange, path, Path.GetFileName(edition));
    }

    /// <summary>
    /// Folder of the edition to answer from: the current one, but the one asked for where it is a drawing, which a page
    /// that was read before the current edition came wants as it was. Nothing else is given from what has been replaced.
    /// </summary>
    private static string EditionOf(Exchange exchange, Challenge rules, string file)
    {
        var boards = exchange.Desk.Boards;
        var current = boards.Current(rules) ?? throw Absent();
        var isDrawing = file.StartsWith(FigureFiles.Folder, StringComparison.Ordinal);
        var wanted = exchange.Context.Request.Query[FigureFiles.EditionParameter].ToString();
        return isDrawing && wanted != current.Name ? boards.Kept(rules, wanted) ?? current.Folder : current.Folder;
    }

    /// <summary>The path of a file within an edition's folder; null when it has none of that name.</summary>
    private static string? Find(string folder, string file)
    {
        var parts = file.Split('/');
        var isName = parts.All(part => part.Length > 0 && part[0] != '.' && part.AsSpan().IndexOfAny('\\', '\0') < 0);
        var path = isName ? Path.Combine([folder, .. parts]) : "";
        return File.Exists(path) ? path : null;
    }

    private static Task SendAsync(Exchange exchange, string path, string edition)
    {
        var (request, response) = (exchange.Context.Request, exchange.Context.Response);
        response.Headers.Vary = "Accept-Encoding";
        var takesGzip = request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal);
        var isZipped = takesGzip && File.Exists(path + ".gz");
        var tag = isZipped ? $"\"{edition}-gz\"" : $"\"{edition}\"";
        response.Headers.ETag = tag;
        if (request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal))
        {
            response.StatusCode = 304;
            return Task.CompletedTask;
        }

        response.ContentType = Types.GetValueOrDefault(Path.GetExtension(path), "application/octet-stream");
        if (isZipped)
        {
            response.Headers.ContentEncoding = "gzip";
            path += ".gz";
        }

        response.ContentLength = new FileInfo(path).Length;
        return response.SendFileAsync(path, exchange.Gone);
    }

    private static async Task SendAssetAsync(Exchange exchange)
    {
        var wanted = $"assets/{exchange.Parameter("version")}/{exchange.Parameter("file")}";
        var file = LiveAssets.Files.FirstOrDefault(one => one.Path == wanted) ?? throw Absent();
        var response = exchange.Context.Response;
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        response.ContentType = Types[Path.GetExtension(wanted)];
        response.ContentLength = file.Content.Length;
        await response.Body.WriteAsync(file.Content, exchange.Gone);
    }

    private static ProblemException Absent() => new(404, "not-found", "There is nothing at this address.");
}
