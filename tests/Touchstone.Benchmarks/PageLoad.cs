using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.Playwright;
using Touchstone.Harness.Runs;
using Touchstone.Tests.Leaderboard;

namespace Touchstone.Benchmarks;

/// <summary>How fast the pages of a board come from <c>touchstone serve</c>, and open in a browser.</summary>
internal static class PageLoad
{
    private const int Times = 5;

    private static readonly string[] Kinds = ["submission", "structure", "dataset", "subgroup"];

    private const string Board = $"/boards/{SyntheticContest.Challenge}/test/";

    /// <summary>Prints a line for each kind of page: its largest one.</summary>
    /// <param name="workspace">Where the board is.</param>
    /// <param name="manifest">Its datasets.</param>
    public static async Task PrintAsync(Workspace workspace, string manifest)
    {
        using var server = UploadLoad.Start(workspace.Root, manifest, out var address, "--no-worker");
        try
        {
            var edition = Directory.GetDirectories(Path.Combine(workspace.Root, "boards", SyntheticContest.Challenge, "test")).Single();
            string[] pages =
            [
                "index.html", "pairwise.html", "sensitivity.html", "generalisation.html",
                .. Kinds.Select(kind => Largest(edition, kind)),
            ];
            Console.WriteLine("page                              over loopback, page and assets   in Chromium, ms (median of 5, all)");
            Console.WriteLine("                                      ms     KB sent     KB page   seen   sortable     loaded   rows");
            using var playwright = await Playwright.CreateAsync();
            await using var chromium = await Chromium.LaunchAsync(playwright);
            foreach (var page in pages)
            {
                var (milliseconds, sent, whole) = await FetchAsync(address, page);
                var seen = await LookAsync(chromium, new Uri(address, Board + page));
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{page[..Math.Min(32, page.Length)],-32} {milliseconds,8:F1} {sent / 1e3,10:F0} {whole / 1e3,11:F0} {seen.First,6:F0} {seen.Table,10:F0} {seen.Loaded,10:F0} {seen.Rows,6}   ({string.Join(' ', seen.All.Select(one => one.ToString("F0", CultureInfo.InvariantCulture)))})"));
            }
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
        }
    }

    private static string Largest(string edition, string kind) => kind + "/" + new DirectoryInfo(Path.Combine(edition, kind))
        .GetFiles("*.html").OrderByDescending(file => file.Length).First().Name;

    /// <summary>A page and everything that it names, one after another over one connection, compressed.</summary>
    private static async Task<(double Milliseconds, long Sent, long Whole)> FetchAsync(Uri address, string page)
    {
        using var handler = new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None };
        using var client = new HttpClient(handler) { BaseAddress = address };
        client.DefaultRequestHeaders.Add("Accept-Encoding", "gzip");
        using var plain = new HttpClient();
        var text = await plain.GetStringAsync(new Uri(address, Board + page));
        Uri[] parts =
        [
            new Uri(address, Board + page),
            .. text.Split('"').Where(part => part.EndsWith(".css", StringComparison.Ordinal) || part.EndsWith(".js", StringComparison.Ordinal)
                    || (part.EndsWith(".svg", StringComparison.Ordinal) && !part.EndsWith(".dark.svg", StringComparison.Ordinal)))
                .Distinct().Select(part => new Uri(new Uri(address, Board + page), part)),
        ];
        var times = new List<double>();
        long sent = 0;
        for (var i = 0; i < Times; i++)
        {
            var clock = Stopwatch.StartNew();
            sent = 0;
            foreach (var part in parts)
            {
                sent += (await client.GetByteArrayAsync(part)).Length;
            }

            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        return (times.Order().ElementAt(Times / 2), sent, System.Text.Encoding.UTF8.GetByteCount(text));
    }

    /// <summary>
    /// Opens the page in a fresh window each time, by the browser's own clock, from the click: when something is seen, when its
    /// tables are whole and can be sorted, when everything that it names has come.
    /// </summary>
    private static async Task<Seen> LookAsync(IBrowser chromium, Uri page)
    {
        var (times, rows) = (new List<double[]>(), 0);
        for (var i = 0; i < Times; i++)
        {
            await using var context = await chromium.NewContextAsync(new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = 1280, Height = 900 },
            });
            var window = await context.NewPageAsync();
            await window.GotoAsync(page.ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.Load, Timeout = 120_000 });
            times.Add(await window.EvaluateAsync<double[]>("""
                () => new Promise((done) => requestAnimationFrame(() => setTimeout(() => {
                  const opened = performance.getEntriesByType('navigation')[0];
                  const seen = performance.getEntriesByName('first-contentful-paint')[0];
                  done([seen ? seen.startTime : -1, opened.domContentLoadedEventEnd, opened.loadEventEnd]);
                })))
                """));
            rows = await window.EvaluateAsync<int>("document.querySelectorAll('tbody tr').length");
        }

        double Median(int which) => times.Select(one => one[which]).Order().ElementAt(Times / 2);
        return new Seen(Median(0), Median(1), Median(2), rows, [.. times.Select(one => one[2])]);
    }

    private sealed record Seen(double First, double Table, double Loaded, int Rows, double[] All);
}
