using System.Net;
using System.Net.Sockets;
using System.Text;
using Touchstone.Harness.Commands;
using Touchstone.Harness.Engine;
using Xunit.Abstractions;

namespace Touchstone.Tests.Harness.Fuzz;

/// <summary>
/// <c>submit --server</c> before a server that answers anything: what a participant sees must be words and an exit code.
/// </summary>
public sealed class AnswerFuzzTests(ITestOutputHelper output) : IDisposable
{
    private static readonly int Submissions = Environment.GetEnvironmentVariable("TOUCHSTONE_LONG") == "1" ? 20_000 : 500;

    private static readonly byte[] Archive = SmallImage.Build();
    private static readonly string Hash = TestImage.Hash(Archive);

    private static readonly string Attempt = $$"""
        {"id":"a1","team":"T","challenge":"tiny","phase":"test","name":"N","source":"image.tar","archiveSha256":"{{Hash}}","state":"finished",
        "createdAt":"2026-11-30T00:00:00+00:00","startedAt":null,"endedAt":null,"submission":"t-n-1","cases":2,"casesDone":2,"ahead":null,
        "estimatedSeconds":null,"faultCode":null,"faultText":null,"setApart":null}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Submit_AnyAnswers_EndsInWords()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var archive = _folder.File("image.tar");
        File.WriteAllBytes(archive, Archive);
        var token = _folder.Write("token", "tsp_000000000000_0");
        using var heard = new Heard();
        var invocation = new Invocation(new Globals
        {
            Out = Terminal.Create(heard, isRedirected: true),
            Progress = Terminal.Create(heard, isRedirected: true),
            Clock = new HurriedClock(),
            ConnectAsync = _ => Task.FromException<DockerEngine>(new EngineException("Here is no engine.")),
        });
        string[] line =
            ["submit", archive, "--name", "N", "--challenge", "tiny", "--token-file", token, "--server", $"http://{listener.LocalEndpoint}"];
        var ends = new int[3];
        for (var number = 0; number < Submissions; number++)
        {
            using var ended = new CancellationTokenSource();
            var server = ServeAsync(listener, new Random(number), ended.Token);
            try
            {
                var code = await Task.Run(() => invocation.RunAsync(line, ended.Token)).WaitAsync(Trial.Patience);
                Assert.True(code is >= 0 and <= 2 && (code == 0 || heard.Take().Length > 0), $"Submission {number} ends with {code}.");
                ends[code]++;
            }
            catch (Exception fault)
            {
                Assert.Fail($"Submission {number}, after \"{heard.Take()}\": {fault}");
            }

            await ended.CancelAsync();
            await server;
        }

        output.WriteLine($"{Submissions} submissions; exit codes 0, 1, 2: {string.Join(", ", ends)}");
    }

    private static async Task ServeAsync(TcpListener listener, Random random, CancellationToken token)
    {
        try
        {
            for (var answers = 0; ; answers++)
            {
                using var connection = await listener.AcceptTcpClientAsync(token);
                await using var stream = connection.GetStream();
                var request = await RequestAsync(stream, token);
                await stream.WriteAsync(answers > 40 ? "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"u8.ToArray() : Answer(request, random), token);
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException or SocketException)
        {
            // The submission has ended, or closed the connection on an answer that is none.
        }
    }

    private static async Task<string> RequestAsync(NetworkStream stream, CancellationToken token)
    {
        var (text, buffer) = (new StringBuilder(), new byte[8192]);
        while (!text.ToString().Contains("\r\n\r\n", StringComparison.Ordinal)
            && await stream.ReadAsync(buffer, token) is > 0 and var read)
        {
            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return text.ToString();
    }

    private static byte[] Answer(string request, Random random)
    {
        var (status, body) = request switch
        {
            _ when request.StartsWith("GET /api/v1/uploads ", StringComparison.Ordinal) => ("200 OK", "[]"),
            _ when request.StartsWith("GET /api/v1/uploads/", StringComparison.Ordinal) => ("200 OK",
                $$"""
                {"id":"u1","fileName":"image.tar","challenge":"tiny","length":{{Archive.Length}},"offset":{{Archive.Length}},
                "sha256":"{{Hash}}",
                "createdAt":"2026-11-30T00:00:00+00:00","expiresAt":"2026-12-30T00:00:00+00:00"}
                """),
            _ when request.StartsWith("POST /api/v1/uploads", StringComparison.Ordinal) => ("201 Created\r\nLocation: /api/v1/uploads/u1", ""),
            _ when request.StartsWith("PATCH", StringComparison.Ordinal) => ($"204 No Content\r\nUpload-Offset: {Archive.Length}", ""),
            _ when request.Contains("/cases", StringComparison.Ordinal) => ("200 OK",
                """[{"case":"case_1","ending":"completed","detail":"x","exitCode":0,"limitSeconds":1,"limitMemoryBytes":1,"limitOutputBytes":1,"log":null}]"""),
            _ => ("201 Created", Attempt),
        };
        var bytes = random.Next(4) > 0 || body.Length == 0 ? Encoding.UTF8.GetBytes(body) : Damage.OfText(body, random);
        var head = $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {bytes.Length}\r\n\r\n";
        byte[] answer = [.. Encoding.ASCII.GetBytes(random.Next(8) == 0 ? OddHead(head, random) : head), .. bytes];
        return random.Next(25) == 0 ? Damage.OfBytes(answer, random) : answer;
    }

    private static string OddHead(string head, Random random) => random.Next(9) switch
    {
        0 => head.Replace("200 OK", "500 No", StringComparison.Ordinal).Replace("201 Created", "429 Slow\r\nRetry-After: 2147483647", StringComparison.Ordinal),
        1 => head.Replace("200 OK", "302 Found\r\nLocation: http://[", StringComparison.Ordinal),
        2 => head.Replace("application/json", "text/html; charset=nonsense", StringComparison.Ordinal),
        3 => head.Replace("application/json", "application/json; charset=nonsense", StringComparison.Ordinal),
        4 => head.Replace("Content-Length: ", "Content-Length: 9", StringComparison.Ordinal),
        5 => head.Replace("Location: /", "Location: http://[\r\nX: ", StringComparison.Ordinal),
        6 => head.Replace("Connection: close", "Content-Encoding: gzip", StringComparison.Ordinal),
        7 => head.Replace("201 Created", "503 Later\r\nRetry-After: -5", StringComparison.Ordinal),
        _ => head.Replace("application/json", "", StringComparison.Ordinal),
    };

    /// <summary>Whatever is waited for has passed at once.</summary>
    private sealed class HurriedClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? TimeSpan.FromMilliseconds(1) : dueTime, period);
    }
}
