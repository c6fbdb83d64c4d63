using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Images;
using Touchstone.Harness.Intake;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Server;
using Touchstone.Harness.Server.Access;
using Touchstone.Harness.Server.Uploads;
using Touchstone.Harness.Server.Work;
using Touchstone.Submissions;
using Touchstone.Tests.Harness.Intake;

namespace Touchstone.Tests.Harness.Server;

/// <summary>A server on a free port of the loopback interface, over a workspace of its own, with a clock that stands still.</summary>
internal sealed class LiveServer : IAsyncDisposable
{
    private readonly TinyWorkspace _tiny;
    private TouchstoneServer? _server;

    private LiveServer(string? workspace)
    {
        _tiny = new TinyWorkspace(workspace);
        Store = IntakeStore.Open(Workspace.IntakePath, Clock);
        Manifest = Manifest.Read(_tiny.ManifestPath);
        Challenges = OpenChallenges.Find(Workspace, Manifest, ["tiny"]);
    }

    public HandClock Clock { get; } = new();

    public Workspace Workspace => _tiny.Workspace;

    public IntakeStore Store { get; }

    private Manifest Manifest { get; }

    private OpenChallenges Challenges { get; }

    public StringBuilder Log { get; } = new();

    public Uri Address { get; private set; } = null!;

    public static async Task<LiveServer> StartAsync(
        IReadOnlyList<Route>? extra = null, Paces? paces = null, string? workspace = null, long leastFreeBytes = 0,
        IReadOnlyList<IPAddress>? proxies = null)
    {
        var server = new LiveServer(workspace);
        await server.ListenAsync(extra ?? [], paces ?? new Paces { Ordinary = new(100_000, 1), Credentials = new(100_000, 1) }, leastFreeBytes, proxies ?? []);
        return server;
    }

    /// <summary>Registers a team and gives its token.</summary>
    public string Team(string name = "Team A", params string[] members)
    {
        var invitation = Store.Invite("test", TimeSpan.FromDays(1), "test");
        return Store.Register(invitation.Secret, name, members.Length > 0 ? members : ["Ada"]).Token.Secret;
    }

    /// <summary>Queues an attempt of a team.</summary>
    /// <param name="token">The team's.</param>
    /// <returns>Its id.</returns>
    public string Queue(string token)
    {
        var identity = Store.IdentifyToken(token)!;
        var request = new AttemptRequest
        {
            TeamId = identity.TeamId!,
            Draft = new SubmissionDraft { Team = "Team A", Name = "m", Challenge = "tiny", Phase = "debug" },
            Reference = "team/image:1",
        };
        return Store.AddAttempt(request, _ => { }, identity).Attempt.Id;
    }

    /// <summary>A further token with fewer scopes.</summary>
    public string Token(string token, TokenScopes scopes) =>
        Store.CreateToken(Store.IdentifyToken(token)!, "further", scopes, null).Secret;

    /// <summary>The rules of the challenge in a phase.</summary>
    public Challenge Rules(string phase) => Challenges.Get("tiny").In(phase);

    public string Organiser() => Store.CreateOrganiserToken("organiser", "test").Secret;

    /// <summary>A client that follows nothing and keeps no cookies.</summary>
    public HttpClient Client(string? token = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
        if (token is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return client;
    }

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    /// <summary>The code of a problem, after checking that it is one.</summary>
    public static async Task<string> CodeOfAsync(HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal((int)answer.StatusCode, problem.RootElement.GetProperty("status").GetInt32());
        var code = problem.RootElement.GetProperty("code").GetString()!;
        Assert.Equal($"urn:touchstone:problem:{code}", problem.RootElement.GetProperty("type").GetString());
        return code;
    }

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        Store.Dispose();
        _tiny.Dispose();
    }

    private async Task ListenAsync(IReadOnlyList<Route> extra, Paces paces, long leastFreeBytes, IReadOnlyList<IPAddress> proxies)
    {
        var desk = new Desk
        {
            Workspace = Workspace,
            Store = Store,
            Uploads = new UploadFolder(
                Workspace.UploadsPath, Store, new DiskWatch(leastFreeBytes, [(Workspace.Root, "workspace")])),
            Manifest = Manifest,
            Challenges = Challenges,
            Reports = new CaseReports(Workspace),
            Boards = new BoardFolder(Workspace),
            Registries = new Registries(["registry.example.org"]),
            Clock = Clock,
            Log = line => Log.AppendLine(line),
        };
        _server = await TouchstoneServer.StartAsync(
            desk, new ServerSettings { Urls = ["http://127.0.0.1:0"], Paces = paces, Proxies = proxies }, [.. Routes.All, .. extra]);
        Address = new Uri(_server.Addresses.Single());
    }
}
