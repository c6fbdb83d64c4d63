using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Charts;
using Touchstone.Leaderboard.Site;

namespace Touchstone.Harness.Boards;

/// <summary>
/// Draws the figures of a site with ECharts in Node.js, one process for all of them. Where Node.js or the library is
/// missing nothing is drawn, the site shows tables instead, and the reason is told.
/// </summary>
public static class FigureRenderer
{
    private static readonly string[] Themes = ["light", "dark"];

    /// <summary>How to get what is missing.</summary>
    public const string HowToInstall = "leaderboard/web/install.sh installs what is missing";

    /// <summary>
    /// The folder of our scripts and the libraries that <c>npm ci</c> restored; null when there is none.
    /// </summary>
    public static string? FindWeb()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var web = Path.Combine(folder.FullName, "leaderboard", "web");
            if (File.Exists(Path.Combine(web, "render.js")))
            {
                return web;
            }
        }

        return null;
    }

    /// <summary>Draws every figure for light and for dark.</summary>
    /// <param name="boards">The boards of the site, as for <see cref="StaticSite.Build"/>.</param>
    /// <param name="web">As <see cref="FindWeb"/> gives it.</param>
    /// <param name="token">Ends the renderer.</param>
    /// <returns>The drawings, and what was missing, for the operator; null when nothing was.</returns>
    public static Task<(Drawings Drawings, string? Missing)> DrawAsync(
        IReadOnlyList<Board> boards, string? web, CancellationToken token = default) =>
        DrawAsync(() => StaticSite.Figures(boards), web, token);

    /// <summary>Draws every figure for light and for dark.</summary>
    /// <param name="figuresOf">Gives the figures, each with the folder that it belongs in: empty, or ending in a slash.</param>
    /// <param name="web">As <see cref="FindWeb"/> gives it.</param>
    /// <param name="token">Ends the renderer.</param>
    /// <returns>The drawings, and what was missing, for the operator; null when nothing was.</returns>
    public static async Task<(Drawings Drawings, string? Missing)> DrawAsync(
        Func<IReadOnlyList<(string Folder, Figure Figure)>> figuresOf, string? web, CancellationToken token = default)
    {
        if (web is null)
        {
            return (Drawings.None, "the folder leaderboard/web is not beside this program");
        }

        var library = Path.Combine(web, "node_modules", "echarts", "dist", "echarts.min.js");
        if (!File.Exists(library))
        {
            return (Drawings.None, $"ECharts is not restored in {web} (`npm ci` there)");
        }

        var figures = figuresOf();
        try
        {
            var lines = await RenderAsync(web, figures, token);
            var svgs = lines.ToDictionary(line => PathOf(line), line => (string)line["svg"]!, StringComparer.Ordinal);
            return (new Drawings { Svgs = svgs, Library = RegularFile.ReadAllBytes(library) }, null);
        }
        catch (Win32Exception)
        {
            return (Drawings.None, "there is no `node` on PATH");
        }
    }

    private static string PathOf(JsonNode line)
    {
        var name = (string)line["name"]!;
        var slash = name.LastIndexOf('/') + 1;
        return name[..slash] + FigureFiles.Path(name[slash..], isDark: (string)line["theme"]! == "dark");
    }

    private static async Task<List<JsonNode>> RenderAsync(
        string web, IReadOnlyList<(string Folder, Figure Figure)> figures, CancellationToken token)
    {
        using var node = Process.Start(new ProcessStartInfo("node")
        {
            ArgumentList = { Path.Combine(web, "render.js") },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        await using var stop = token.Register(() => node.Kill(entireProcessTree: true));
        var complaint = node.StandardError.ReadToEndAsync(token);
        var drawn = ReadAsync(node.StandardOutput, token);
        await node.StandardInput.WriteAsync(Job(figures).AsMemory(), token);
        node.StandardInput.Close();
        var lines = await drawn;
        await node.WaitForExitAsync(token);
        return node.ExitCode == 0 && lines.Count == Themes.Length * figures.Count
            ? lines
            : throw new IOException($"{web}/render.js ended with {node.ExitCode}: {(await complaint).Trim()}");
    }

    private static async Task<List<JsonNode>> ReadAsync(StreamReader output, CancellationToken token)
    {
        var lines = new List<JsonNode>();
        while (await output.ReadLineAsync(token) is { } line)
        {
            lines.Add(JsonNode.Parse(line)!);
        }

        return lines;
    }

    private static string Job(IReadOnlyList<(string Folder, Figure Figure)> figures) => new JsonObject
    {
        ["themes"] = new JsonArray([.. Themes.Select(theme => (JsonNode)theme)]),
        ["figures"] = new JsonArray([.. figures.Select(one => new JsonObject
        {
            ["name"] = one.Folder + one.Figure.Name,
            ["width"] = one.Figure.Width,
            ["height"] = one.Figure.Height,
            ["option"] = JsonNode.Parse(one.Figure.Option),
        })]),
    }.ToJsonString();
}
