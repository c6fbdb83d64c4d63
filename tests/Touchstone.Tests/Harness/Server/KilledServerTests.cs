using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Touchstone.Harness.Intake;
using Touchstone.Tests.Harness.EndToEnd;

namespace Touchstone.Tests.Harness.Server;

public sealed class KilledServerTests
{
    private const int Megabyte = 1 << 20;

    [Fact]
    public async Task KilledInTheMiddleOfAnUpload_NothingAcknowledgedIsLost_AndTheRestFollows()
    {
        using var workspace = new TinyWorkspace(
            rules: TinyWorkspace.Rules.Replace("image-mb: 16", "image-mb: 200", StringComparison.Ordinal));
        var token = Register(workspace);
        var content = RandomNumberGenerator.GetBytes(150 * Megabyte);
        string where;
        using (var server = await ServerProcess.StartAsync(workspace, "--no-worker"))
        {
            using var client = Client(server, token);
            where = await Tus.CreateAsync(client, content.Length);
            Assert.Equal($"{Megabyte}", await Tus.SendAsync(client, where, 0, content[..Megabyte]));

            // One long request; the server is killed when it has taken most of it.
            var body = new StallingStream(content.AsMemory(Megabyte, 120 * Megabyte));
            var request = Tus.Patch(where, Megabyte, new StreamContent(body));
            request.Content!.Headers.ContentLength = content.Length - Megabyte;
            var sending = client.SendAsync(request);
            await body.Stalled;
            while (long.Parse(await Tus.OffsetAsync(client, where), CultureInfo.InvariantCulture) < 64 * Megabyte)
            {
                await Task.Yield();
            }

            await server.KillAsync();
            body.Break();
            await Assert.ThrowsAnyAsync<Exception>(() => sending);
        }

        using (var server = await ServerProcess.StartAsync(workspace, "--no-worker"))
        {
            using var client = Client(server, token);
            var offset = int.Parse(await Tus.OffsetAsync(client, where), CultureInfo.InvariantCulture);
            Assert.InRange(offset, 64 * Megabyte, 121 * Megabyte);

            await Tus.SendAsync(client, where, offset, content[offset..]);

            var upload = await LiveServer.ReadAsync(await client.GetAsync(where));
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), upload.GetProperty("sha256").GetString());
        }
    }

    [Fact]
    public async Task KilledAfterAnAnswer_TeamsTokensAndAttemptsAreThere()
    {
        using var workspace = new TinyWorkspace();
        var token = Register(workspace);
        string attempt;
        using (var server = await ServerProcess.StartAsync(workspace, "--no-worker"))
        {
            using var client = Client(server, token);
            var where = await Tus.CreateAsync(client, 10);
            await Tus.SendAsync(client, where, 0, new byte[10]);
            var body = $$"""{"challenge":"tiny","phase":"debug","name":"m","upload":"{{where.Split('/')[^1]}}"}""";
            attempt = (await LiveServer.ReadAsync(await client.PostAsync("/api/v1/attempts", LiveServer.Json(body))))
                .GetProperty("id").GetString()!;
            await server.KillAsync();
        }

        using (var server = await ServerProcess.StartAsync(workspace, "--no-worker"))
        {
            using var client = Client(server, token);

            var again = await LiveServer.ReadAsync(await client.GetAsync($"/api/v1/attempts/{attempt}"));

            Assert.Equal("waiting", again.GetProperty("state").GetString());
        }
    }

    [Fact]
    public async Task SecondServerOnTheSameWorkspace_IsRefused_AndSigtermEndsTheFirstCleanly()
    {
        using var workspace = new TinyWorkspace();
        using var server = await ServerProcess.StartAsync(workspace, "--no-worker");

        var second = CommandRun.Touchstone(["serve", "--urls", "http://127.0.0.1:0", "--no-worker", .. workspace.Options]);
        var (exitCode, errors) = await server.EndAsync();

        Assert.Equal(1, second.ExitCode);
        Assert.Contains("Another touchstone serve", second.Error, StringComparison.Ordinal);
        Assert.Equal(0, exitCode);
        Assert.Contains("touchstone token create --admin", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void TokenCommand_MakesAnOrganiserAndAnInvitation()
    {
        using var workspace = new TinyWorkspace();
        string[] at = ["--workspace", workspace.WorkspacePath];

        var token = CommandRun.Touchstone(["token", "create", "--admin", "--name", "Grace", .. at]).Succeeded().Output.Trim();
        var invitation = CommandRun.Touchstone(["token", "invite", "--note", "Team A", .. at]).Succeeded().Output.Trim();

        using var store = IntakeStore.Open(workspace.Workspace.IntakePath, TimeProvider.System);
        Assert.True(store.IdentifyToken(token)!.Scopes.HasFlag(TokenScopes.Admin));
        Assert.Equal("Team A", store.Register(invitation, "Team A", ["Ada"]).Team.Name);
    }

    [Fact]
    public async Task FullDisk_RefusesPolitely_AndTheUploadGoesOnWhenThereIsRoom()
    {
        using var disk = new SmallDisk(megabytes: 24);
        await using var server = await LiveServer.StartAsync(workspace: Path.Combine(disk.Path, "workspace"), leastFreeBytes: 2 * Megabyte);
        using var client = server.Client(server.Team());
        var content = RandomNumberGenerator.GetBytes(8 * Megabyte);
        var where = await Tus.CreateAsync(client, content.Length);
        await Tus.SendAsync(client, where, 0, content[..Megabyte]);

        disk.Fill();
        using var refused = await Tus.PatchAsync(client, where, Megabyte, content[Megabyte..]);
        Assert.Equal(507, (int)refused.StatusCode);
        Assert.Equal("disk-full", await LiveServer.CodeOfAsync(refused));

        disk.Empty();
        Assert.Equal($"{Megabyte}", await Tus.OffsetAsync(client, where));
        await Tus.SendAsync(client, where, Megabyte, content[Megabyte..]);
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(content)),
            (await LiveServer.ReadAsync(await client.GetAsync(where))).GetProperty("sha256").GetString());
    }

    internal static string Register(TinyWorkspace workspace)
    {
        using var store = IntakeStore.Open(workspace.Workspace.IntakePath, TimeProvider.System);
        return store.Register(store.Invite("test", TimeSpan.FromDays(1), "test").Secret, "Team A", ["Ada"]).Token.Secret;
    }

    internal static HttpClient Client(ServerProcess server, string token)
    {
        var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Gives what it has, then nothing, until it is broken off.</summary>
    private sealed class StallingStream(ReadOnlyMemory<byte> content) : MemoryStream(content.ToArray())
    {
        private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Stalled => _stalled.Task;

        public void Break() => _broken.TrySetResult();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (await base.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                return read;
            }

            _stalled.TrySetResult();
            await _broken.Task.WaitAsync(cancellationToken);
            throw new IOException("broken off");
        }
    }
}
