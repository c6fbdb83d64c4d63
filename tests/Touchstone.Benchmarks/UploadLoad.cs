using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Touchstone.Harness.Intake;
using Touchstone.Harness.Runs;

namespace Touchstone.Benchmarks;

/// <summary>One large upload over loopback to <c>touchstone serve</c> as a process of its own: how fast, and in how much memory.</summary>
internal static class UploadLoad
{
    private const int Megabyte = 1 << 20;

    private static readonly TimeSpan SampleEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>Uploads pseudo-random bytes in one long request and prints what the server used.</summary>
    /// <param name="folder">Where the workspace is made; it goes again.</param>
    /// <param name="megabytes">Size of the upload.</param>
    public static async Task PrintAsync(string folder, int megabytes)
    {
        var root = Directory.CreateDirectory(Path.Combine(folder, $"touchstone-upload-{Environment.ProcessId}")).FullName;
        try
        {
            var (workspace, token) = Lay(root, megabytes);
            using var server = Start(workspace.Root, Path.Combine(root, "datasets.manifest"), out var address, "--no-worker");
            try
            {
                var (before, peak) = (Megabytes(server.Id, "VmHWM:"), 0.0);
                var sending = SendAsync(address, token, (long)megabytes * Megabyte);
                while (await Task.WhenAny(sending, Task.Delay(SampleEvery)) != sending)
                {
                    peak = Math.Max(peak, Megabytes(server.Id, "RssAnon:"));
                }

                var seconds = await sending;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{megabytes} MiB in {seconds:F1} s, {megabytes / seconds:F0} MiB/s; memory of the server: peak of its own {peak:F0} MB, with mapped libraries {Megabytes(server.Id, "VmHWM:"):F0} MB ({before:F0} MB before the upload)"));
            }
            finally
            {
                server.Kill();
                await server.WaitForExitAsync();
            }
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static (Workspace Workspace, string Token) Lay(string root, int megabytes)
    {
        Directory.CreateDirectory(Path.Combine(root, "d", "case1"));
        File.WriteAllText(Path.Combine(root, "cases.csv"), "case\ncase1\n");
        File.WriteAllText(Path.Combine(root, "datasets.manifest"), """
            version: 1
            datasets:
              - id: d
                title: D
                purpose: demonstration
                access: public
                volumes: { original: 1, accessible: 1 }
                structures: 1
                hospitals: 1
                distribution: iid
                source: made for a measurement
                files: { root: d, case-list: cases.csv }
            """);
        var workspace = Workspace.Open(Path.Combine(root, "workspace"));
        Directory.CreateDirectory(Path.Combine(workspace.Root, "challenges"));
        File.WriteAllText(Path.Combine(workspace.Root, "challenges", "load.yaml"), $$"""
            title: Load
            description: One structure.
            labels: bodymaps-2024
            structures: [liver]
            datasets: [d]
            limits: { image-mb: {{megabytes}} }
            """);
        using var store = IntakeStore.Open(workspace.IntakePath, TimeProvider.System);
        var invitation = store.Invite("measurement", TimeSpan.FromDays(1), "measurement");
        return (workspace, store.Register(invitation.Secret, "Load", ["Load"]).Token.Secret);
    }

    internal static Process Start(string workspace, string manifest, out Uri address, params string[] options)
    {
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var program = Path.GetFullPath(
            Path.Combine(AppContext.BaseDirectory, "..", "..", "Touchstone.Harness", configuration, "touchstone"));
        var process = Process.Start(new ProcessStartInfo(
            program,
            ["serve", "--urls", "http://127.0.0.1:0", "--workspace", workspace, "--manifest", manifest, .. options])
        {
            RedirectStandardOutput = true,
        })!;
        var line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The server did not start.");
        address = new Uri(line["Listening on ".Length..]);
        return process;
    }

    private static async Task<double> SendAsync(Uri address, string token, long length)
    {
        using var client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromHours(1) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        client.DefaultRequestHeaders.Add("Tus-Resumable", "1.0.0");
        var creation = new HttpRequestMessage(HttpMethod.Post, "/api/v1/uploads");
        creation.Headers.Add("Upload-Length", length.ToString(CultureInfo.InvariantCulture));
        creation.Headers.Add("Upload-Metadata", $"challenge {Convert.ToBase64String(Encoding.UTF8.GetBytes("load"))}");
        using var created = (await client.SendAsync(creation)).EnsureSuccessStatusCode();
        var clock = Stopwatch.StartNew();
        var request = new HttpRequestMessage(HttpMethod.Patch, created.Headers.Location) { Content = new RandomContent(length) };
        request.Headers.Add("Upload-Offset", "0");
        using var answer = (await client.SendAsync(request)).EnsureSuccessStatusCode();
        var seconds = clock.Elapsed.TotalSeconds;
        var upload = await client.GetFromJsonAsync<JsonElement>(created.Headers.Location);
        return upload.GetProperty("sha256").ValueKind == JsonValueKind.String
            ? seconds
            : throw new InvalidOperationException("The upload is not whole.");
    }

    private static double Megabytes(int process, string line) => double.Parse(
        File.ReadLines($"/proc/{process}/status").First(one => one.StartsWith(line, StringComparison.Ordinal))
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) * 1024 / 1e6;

    /// <summary>Pseudo-random bytes, a different megabyte each time, so that nothing on the way can shorten them.</summary>
    private sealed class RandomContent : HttpContent
    {
        private readonly long _length;

        public RandomContent(long length)
        {
            _length = length;
            Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
            Headers.ContentLength = length;
        }

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            var piece = new byte[Megabyte];
            new Random(1).NextBytes(piece);
            for (long done = 0; done < _length; done += piece.Length)
            {
                BitConverter.TryWriteBytes(piece, done);
                await stream.WriteAsync(piece);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _length;
            return true;
        }
    }
}
