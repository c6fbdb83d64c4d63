using System.Net;
using Touchstone.Harness.Intake;
using Touchstone.Harness.Server;
using Touchstone.Harness.Server.Access;

namespace Touchstone.Tests.Harness.Server;

/// <summary>Every route with every role. A route without an entry fails.</summary>
public sealed class AccessMatrixTests
{
    private const string Nobody = "nobody";
    private const string Reader = "reader";
    private const string Sender = "sender";
    private const string Team = "team";
    private const string Organiser = "organiser";

    private static readonly string[] Everybody = [Nobody, Reader, Sender, Team, Organiser];
    private static readonly string[] Readers = [Reader, Team, Organiser];
    private static readonly string[] ReadersOfTeams = [Reader, Team];
    private static readonly string[] Senders = [Sender, Team, Organiser];
    private static readonly string[] SendersOfTeams = [Sender, Team];
    private static readonly string[] Organisers = [Organiser];

    private static readonly Dictionary<string, string[]> Matrix = new(StringComparer.Ordinal)
    {
        ["GET /api/v1/openapi.json"] = Everybody,
        ["GET /api/v1/challenges"] = Everybody,
        ["GET /api/v1/challenges/{id}/phases/{phase}/quota"] = ReadersOfTeams,
        ["POST /api/v1/teams"] = Everybody,
        ["GET /api/v1/team"] = ReadersOfTeams,
        ["GET /api/v1/tokens"] = Readers,
        ["POST /api/v1/tokens"] = Senders,
        ["DELETE /api/v1/tokens/{id}"] = Senders,
        ["OPTIONS /api/v1/uploads"] = Everybody,
        ["GET /api/v1/uploads"] = ReadersOfTeams,
        ["POST /api/v1/uploads"] = SendersOfTeams,
        ["GET /api/v1/uploads/{id}"] = ReadersOfTeams,
        ["PATCH /api/v1/uploads/{id}"] = SendersOfTeams,
        ["DELETE /api/v1/uploads/{id}"] = SendersOfTeams,
        ["POST /api/v1/attempts"] = SendersOfTeams,
        ["GET /api/v1/attempts"] = ReadersOfTeams,
        ["GET /api/v1/attempts/{id}"] = Readers,
        ["POST /api/v1/attempts/{id}/cancel"] = Senders,
        ["GET /api/v1/attempts/{id}/cases"] = Readers,
        ["GET /api/v1/attempts/{id}/scores"] = Readers,
        ["GET /api/v1/attempts/{id}/events"] = Readers,
        ["POST /api/v1/admin/invitations"] = Organisers,
        ["GET /api/v1/admin/invitations"] = Organisers,
        ["GET /api/v1/admin/teams"] = Organisers,
        ["PUT /api/v1/admin/teams/{id}/bar"] = Organisers,
        ["DELETE /api/v1/admin/teams/{id}/bar"] = Organisers,
        ["PUT /api/v1/admin/teams/{id}/quota"] = Organisers,
        ["GET /api/v1/admin/queue"] = Organisers,
        ["GET /api/v1/admin/attempts"] = Organisers,
        ["POST /api/v1/admin/attempts/{id}/run-again"] = Organisers,
        ["GET /api/v1/admin/audit"] = Organisers,
        ["POST /api/v1/admin/attempts/{id}/disqualify"] = Organisers,
        ["POST /api/v1/admin/attempts/{id}/reinstate"] = Organisers,
        ["POST /api/v1/attempts/{id}/withdraw"] = Senders,
        ["POST /api/v1/attempts/{id}/return"] = Senders,
        ["POST /api/v1/admin/challenges/{id}/phases/{phase}/release"] = Organisers,
        ["POST /api/v1/admin/datasets/{id}/rescore"] = Organisers,
        ["GET /api/v1/admin/rescores"] = Organisers,
        ["GET /boards/{challenge}/{phase}/{**file}"] = Everybody,
        ["GET /assets/{version}/{file}"] = Everybody,
        ["GET /healthz"] = Everybody,
        ["GET /"] = Everybody,
        ["GET /challenges/{id}"] = Everybody,
        ["GET /api/v1/challenges/{id}"] = Everybody,
        ["GET /api/v1/challenges/{id}/file"] = Everybody,
        ["POST /api/v1/admin/challenges/{id}/amend"] = Organisers,
        ["POST /organiser/challenges/{id}/amend"] = Organisers,
        ["GET /sign-in"] = Everybody,
        ["POST /sign-in"] = Everybody,
        ["POST /sign-out"] = Everybody,
        ["GET /register"] = Everybody,
        ["POST /register"] = Everybody,
        ["GET /team"] = Readers,
        ["POST /team/tokens"] = Senders,
        ["POST /team/tokens/{id}/revoke"] = Senders,
        ["GET /submit"] = SendersOfTeams,
        ["POST /submit"] = Senders,
        ["GET /attempts/{id}"] = Readers,
        ["POST /attempts/{id}/cancel"] = Senders,
        ["POST /attempts/{id}/withdraw"] = Senders,
        ["POST /attempts/{id}/return"] = Senders,
        ["GET /organiser"] = Organisers,
        ["POST /organiser/attempts/{id}/run-again"] = Organisers,
        ["POST /organiser/attempts/{id}/disqualify"] = Organisers,
        ["POST /organiser/attempts/{id}/reinstate"] = Organisers,
        ["GET /organiser/teams"] = Organisers,
        ["GET /organiser/teams/{id}"] = Organisers,
        ["POST /organiser/teams/{id}/quota"] = Organisers,
        ["POST /organiser/teams/{id}/bar"] = Organisers,
        ["POST /organiser/teams/{id}/admit"] = Organisers,
        ["POST /organiser/teams/{id}/renew-tokens"] = Organisers,
        ["POST /api/v1/admin/teams/{id}/renew-tokens"] = Organisers,
        ["GET /organiser/invitations"] = Organisers,
        ["POST /organiser/invitations"] = Organisers,
        ["GET /organiser/datasets"] = Organisers,
        ["POST /organiser/datasets/{id}/rescore"] = Organisers,
        ["POST /organiser/boards/{challenge}/{phase}/release"] = Organisers,
        ["GET /organiser/audit"] = Organisers,
    };

    [Fact]
    public void Matrix_HasEveryRoute_AndNoOther() =>
        Assert.Equal(Routes.All.Select(route => route.ToString()).Order(), Matrix.Keys.Order());

    [Fact]
    public async Task EveryRoute_LetsInWhomItShould_AndNobodyElse()
    {
        await using var server = await LiveServer.StartAsync();
        var team = server.Team();
        var clients = new Dictionary<string, HttpClient>
        {
            [Nobody] = server.Client(),
            [Reader] = server.Client(server.Token(team, TokenScopes.Read)),
            [Sender] = server.Client(server.Token(team, TokenScopes.Submit)),
            [Team] = server.Client(team),
            [Organiser] = server.Client(server.Organiser()),
        };
        var wrong = new List<string>();
        foreach (var route in Routes.All)
        {
            foreach (var (role, client) in clients)
            {
                using var answer = await client.SendAsync(Request(route));
                var isIn = answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);
                var expected = Matrix[route.ToString()].Contains(role);
                var refusal = role == Nobody ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden;
                if (isIn != expected && !IsBadInvitation(route, answer) || (!expected && answer.StatusCode != refusal)
                    || ((int)answer.StatusCode >= 500 && route.Path != "/healthz")) // which has no worker to tell of here
                {
                    wrong.Add($"{role} at {route}: {(int)answer.StatusCode}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task EveryRoute_TokenThatDoesNotWork_IsRefused()
    {
        await using var server = await LiveServer.StartAsync();
        using var client = server.Client($"tsp_{new string('0', 12)}_{new string('0', 64)}");
        foreach (var route in Routes.All)
        {
            using var answer = await client.SendAsync(Request(route));

            Assert.Equal((route.ToString(), HttpStatusCode.Unauthorized), (route.ToString(), answer.StatusCode));
        }
    }

    [Fact]
    public async Task EveryChangingRoute_SessionWithoutFormToken_IsRefused_AndWithItLetIn()
    {
        await using var server = await LiveServer.StartAsync();
        var token = server.Team();
        var refused = 0;
        foreach (var route in Routes.All.Where(route => Matrix[route.ToString()].Contains(Team)))
        {
            var cookie = server.Store.SignIn(token)!.Value.Session.Secret; // one of the routes signs out
            using var client = server.Client();
            client.DefaultRequestHeaders.Add("Cookie", $"{Caller.Cookie}={cookie}");
            using var without = await client.SendAsync(Request(route));
            client.DefaultRequestHeaders.Add(CrossSite.Header, CrossSite.Token(cookie));
            using var with = await client.SendAsync(Request(route));

            Assert.Equal((route.ToString(), route.Changes), (route.ToString(), without.StatusCode == HttpStatusCode.Forbidden));
            Assert.True(with.StatusCode != HttpStatusCode.Forbidden || IsBadInvitation(route, with), route.ToString());
            refused += route.Changes ? 1 : 0;
        }

        Assert.True(refused >= 7);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://elsewhere.example")]
    [InlineData("Origin", "null")]
    public async Task ChangingRequest_OfAnotherSitesPage_IsRefused_EvenWithTheFormToken(string header, string value)
    {
        await using var server = await LiveServer.StartAsync();
        var cookie = server.Store.SignIn(server.Team())!.Value.Session.Secret;
        using var client = server.Client();
        client.DefaultRequestHeaders.Add("Cookie", $"{Caller.Cookie}={cookie}");
        client.DefaultRequestHeaders.Add(CrossSite.Header, CrossSite.Token(cookie));
        client.DefaultRequestHeaders.Add(header, value);

        using var answer = await client.PostAsync("/api/v1/tokens", LiveServer.Json("{}"));

        Assert.Equal("cross-site-request", await LiveServer.CodeOfAsync(answer));
    }

    /// <summary>The one refusal with 403 that has nothing to do with who asks.</summary>
    private static bool IsBadInvitation(Route route, HttpResponseMessage answer) =>
        route.ToString() == "POST /api/v1/teams" && answer.StatusCode == HttpStatusCode.Forbidden;

    private static HttpRequestMessage Request(Route route)
    {
        var path = route.Path.Replace("{id}", "000000000000", StringComparison.Ordinal).Replace("{phase}", "test", StringComparison.Ordinal);
        return new HttpRequestMessage(new HttpMethod(route.Method), path)
        {
            Content = route.Request is null ? null : LiveServer.Json("{}"),
        };
    }
}
