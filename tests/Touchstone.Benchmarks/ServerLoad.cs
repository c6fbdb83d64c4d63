using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Touchstone.Evaluators;
using Touchstone.Harness.Engine;
using Touchstone.Harness.Intake;
using Touchstone.Harness.Runs;
using Touchstone.Tests.Harness;

namespace Touchstone.Benchmarks;

/// <summary>
/// Readers of pages over loopback while a container is at work: <c>touchstone serve</c> with its worker as processes of
/// their own, and readers that ask for one page after another over connections that stay open.
/// </summary>
internal static class ServerLoad
{
    private const int Readers = 200;
    private const int Cases = 60;

    // What pages of a team may be asked for is limited by token; a real team would have as many browsers.
    private const int Tokens = 10;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(30);

    // A reader looks at a page before going on to the next.
    private static readonly TimeSpan Looks = TimeSpan.FromSeconds(1);

    /// <summary>Prints one line for each kind of page and one for all.</summary>
    /// <param name="folder">Where the workspace is made; it goes again.</param>
    public static async Task PrintAsync(string folder)
    {
        var root = Directory.CreateDirectory(Path.Combine(folder, $"touchstone-load-{Environment.ProcessId}")).FullName;
        try
        {
            var (workspace, token, sessions) = Lay(root);
            using var server = UploadLoad.Start(workspace.Root, Path.Combine(root, "datasets.manifest"), out var address, []);
            try
            {
                using var client = new HttpClient { BaseAddress = address };
                client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
                await FinishedAsync(client, await SubmitAsync(client, root, "quick", seconds: 0, "debug"));
                var board = await BoardAsync(client);
                var running = await SubmitAsync(client, root, "slow", seconds: 2, "long");
                await ReachedAsync(client, running, "running");
                var times = await ReadAsync(address, sessions, [.. board, $"/attempts/{running}", "/"]);
                var state = await StateAsync(client, running);
                Print(times, state);
            }
            finally
            {
                server.Kill(entireProcessTree: true);
                await server.WaitForExitAsync();
                await RemoveImagesAsync(workspace);
            }
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    /// <summary>Takes the containers' images away again: the engine is the machine's.</summary>
    private static async Task RemoveImagesAsync(Workspace workspace)
    {
        using var engine = await DockerEngine.ConnectAsync();
        foreach (var submission in SubmissionFile.ReadAll(workspace))
        {
            await engine.RemoveImageAsync(submission.Image.Value);
        }
    }

    private static async Task<ConcurrentBag<(string Page, double Milliseconds, bool IsGood)>> ReadAsync(
        Uri address, string[] sessions, string[] pages)
    {
        var times = new ConcurrentBag<(string, double, bool)>();
        using var handler = new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = Readers, AutomaticDecompression = DecompressionMethods.None };
        using var client = new HttpClient(handler) { BaseAddress = address };
        client.DefaultRequestHeaders.Add("Accept-Encoding", "gzip");
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Readers).Select(async reader =>
        {
            var random = new Random(reader);
            await Task.Delay(Looks * random.NextDouble());
            while (clock.Elapsed < WarmUp + Measured)
            {
                var page = pages[random.Next(pages.Length)];
                var began = Stopwatch.GetTimestamp();
                using var request = new HttpRequestMessage(HttpMethod.Get, page);
                request.Headers.Add("Cookie", $"touchstone={sessions[reader % sessions.Length]}");
                using var answer = await client.SendAsync(request);
                await answer.Content.ReadAsByteArrayAsync();
                if (clock.Elapsed >= WarmUp)
                {
                    times.Add((page, Stopwatch.GetElapsedTime(began).TotalMilliseconds, answer.IsSuccessStatusCode));
                }

                await Task.Delay(Looks);
            }
        }));
        return times;
    }

    private static void Print(ConcurrentBag<(string Page, double Milliseconds, bool IsGood)> times, string state)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Readers} readers for {Measured.TotalSeconds:F0} s, a page a second each, {Environment.ProcessorCount} cores; the attempt at the end: {state}; load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]}"));
        Console.WriteLine("page                                 requests  errors    p50 ms    p99 ms    max ms");
        foreach (var group in times.GroupBy(one => Kind(one.Page)).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            Print(group.Key, [.. group]);
        }

        Print("all", [.. times]);
    }

    private static void Print(string name, (string Page, double Milliseconds, bool IsGood)[] times)
    {
        var sorted = times.Select(one => one.Milliseconds).Order().ToArray();
        double At(double share) => sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-36} {sorted.Length,8} {times.Count(one => !one.IsGood),7} {At(0.5),9:F1} {At(0.99),9:F1} {sorted[^1],9:F1}"));
    }

    private static string Kind(string page) => page switch
    {
        "/" => "first page",
        _ when page.StartsWith("/attempts/", StringComparison.Ordinal) => "attempt that runs",
        _ when page.StartsWith("/assets/", StringComparison.Ordinal) => "style sheet",
        _ when page.Contains("/submission/", StringComparison.Ordinal) => "submission",
        _ => "board",
    };

    /// <summary>Addresses of the board's first page, of a submission's, and of the server's style sheet.</summary>
    private static async Task<string[]> BoardAsync(HttpClient client)
    {
        const string Board = "/boards/load/debug/index.html";
        while (true)
        {
            using var answer = await client.GetAsync(Board);
            if (answer.IsSuccessStatusCode)
            {
                var text = await answer.Content.ReadAsStringAsync();
                var home = await client.GetStringAsync("/");
                return [Board, $"/boards/load/debug/{Between(text, "submission/", "\"")}", $"/assets/{Between(home, "assets/", "\"")}"];
            }

            await Task.Delay(TimeSpan.FromSeconds(0.2));
        }
    }

    private static string Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal);
        var rest = start == "assets/" ? text[(from + start.Length)..] : text[from..];
        return rest[..rest.IndexOf(end, StringComparison.Ordinal)];
    }

    private static async Task<string> SubmitAsync(HttpClient client, string root, string name, int seconds, string phase)
    {
        var bytes = Image(root, seconds);
        var creation = new HttpRequestMessage(HttpMethod.Post, "/api/v1/uploads");
        creation.Headers.Add("Tus-Resumable", "1.0.0");
        creation.Headers.Add("Upload-Length", bytes.Length.ToString(CultureInfo.InvariantCulture));
        creation.Headers.Add("Upload-Metadata", $"challenge {Convert.ToBase64String("load"u8)}");
        using var created = (await client.SendAsync(creation)).EnsureSuccessStatusCode();
        var piece = new HttpRequestMessage(HttpMethod.Patch, created.Headers.Location) { Content = new ByteArrayContent(bytes) };
        piece.Headers.Add("Tus-Resumable", "1.0.0");
        piece.Headers.Add("Upload-Offset", "0");
        piece.Content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        (await client.SendAsync(piece)).EnsureSuccessStatusCode().Dispose();
        var upload = created.Headers.Location!.ToString().Split('/')[^1];
        using var body = new StringContent(
            $$"""{"challenge":"load","phase":"{{phase}}","name":"{{name}}","upload":"{{upload}}"}""", Encoding.UTF8, "application/json");
        using var answer = (await client.PostAsync("/api/v1/attempts", body)).EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private static Task FinishedAsync(HttpClient client, string id) => ReachedAsync(client, id, "finished");

    private static async Task ReachedAsync(HttpClient client, string id, string wanted)
    {
        while (await StateAsync(client, id) is var state && state != wanted)
        {
            if (state is "rejected" or "failed")
            {
                throw new InvalidOperationException($"The attempt was {state}.");
            }

            await Task.Delay(TimeSpan.FromSeconds(0.2));
        }
    }

    private static async Task<string> StateAsync(HttpClient client, string id) =>
        (await client.GetFromJsonAsync<JsonElement>($"/api/v1/attempts/{id}")).GetProperty("state").GetString()!;

    private static byte[] Image(string root, int seconds)
    {
        var truth = Path.Combine(root, "truth.nii.gz");
        NiftiWriter.Write(truth, Geometry, new byte[Geometry.Grid.VoxelCount]);
        return new TestImage
        {
            Files = new Dictionary<string, byte[]>
            {
                ["bin/bash"] = "#!/bin/sh\nexec /bin/sh \"$@\"\n"u8.ToArray(),
                ["workspace/predict.sh"] = Encoding.UTF8.GetBytes($"""
                    end=$(( $(date +%s) + {seconds} ))
                    while [ $(date +%s) -lt $end ]; do :; done
                    for f in /workspace/inputs/*; do cp /workspace/truth.nii.gz /workspace/outputs/$(basename $f); done

                    """),
                ["workspace/truth.nii.gz"] = File.ReadAllBytes(truth),
            },
        }.Build();
    }

    private static Geometry Geometry { get; } = new(new Grid(12, 10, 8, new Spacing(1, 1, 2)), Affine.Scaling(new Spacing(1, 1, 2), (0, 0, 0)));

    private static (Workspace Workspace, string Token, string[] Sessions) Lay(string root)
    {
        LayDataset(root, "few", 3);
        LayDataset(root, "many", Cases);
        File.WriteAllText(Path.Combine(root, "datasets.manifest"), "version: 1\ndatasets:\n" + Described("few", 3) + Described("many", Cases));
        var workspace = Workspace.Open(Path.Combine(root, "workspace"));
        Directory.CreateDirectory(Path.Combine(workspace.Root, "challenges"));
        File.WriteAllText(Path.Combine(workspace.Root, "challenges", "load.yaml"), """
            title: Load
            description: One structure.
            labels: bodymaps-2024
            structures: [liver]
            phases:
              debug: { datasets: [few], logs: open }
              long: { datasets: [many], logs: open }
            limits: { wall-seconds: 60, memory-mb: 64, cpus: 1, output-mb: 4, temporary-mb: 8, shared-memory-mb: 8, image-mb: 16 }
            """);
        using var store = IntakeStore.Open(workspace.IntakePath, TimeProvider.System);
        var invitation = store.Invite("measurement", TimeSpan.FromDays(1), "measurement");
        var token = store.Register(invitation.Secret, "Load", ["Load"]).Token.Secret;
        var owner = store.IdentifyToken(token)!;
        return (workspace, token,
        [
            .. Enumerable.Range(0, Tokens).Select(_ => store.CreateToken(owner, "reader", TokenScopes.Read, null).Secret)
                .Select(further => store.SignIn(further)!.Value.Session.Secret),
        ]);
    }

    private static void LayDataset(string root, string id, int cases)
    {
        var names = Enumerable.Range(0, cases).Select(i => string.Create(CultureInfo.InvariantCulture, $"case{i}")).ToList();
        File.WriteAllText(Path.Combine(root, $"{id}.csv"), "case\n" + string.Join('\n', names) + "\n");
        foreach (var name in names)
        {
            var folder = Directory.CreateDirectory(Path.Combine(root, id, name, "segmentations")).FullName;
            NiftiWriter.Write(Path.Combine(root, id, name, "ct.nii.gz"), Geometry, new short[Geometry.Grid.VoxelCount]);
            var liver = new byte[Geometry.Grid.VoxelCount];
            liver.AsSpan(100, 200).Fill(1);
            NiftiWriter.Write(Path.Combine(folder, "liver.nii.gz"), Geometry, liver);
        }
    }

    private static string Described(string id, int cases) => $$"""
          - id: {{id}}
            title: {{id}}
            purpose: demonstration
            access: public
            volumes: { original: {{cases}}, accessible: {{cases}} }
            structures: 1
            hospitals: 1
            distribution: iid
            source: made for a measurement
            files: { root: {{id}}, case-list: {{id}}.csv }

        """;
}
