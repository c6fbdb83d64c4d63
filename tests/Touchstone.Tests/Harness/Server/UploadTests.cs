using System.Net;
using System.Security.Cryptography;
using Touchstone.Harness.Intake;

namespace Touchstone.Tests.Harness.Server;

public sealed class UploadTests
{
    [Fact]
    public async Task Options_TellsVersionAndExtensions()
    {
        await using var server = await LiveServer.StartAsync();
        using var client = server.Client();

        using var answer = await client.SendAsync(new HttpRequestMessage(HttpMethod.Options, Tus.Path));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("1.0.0", Tus.One(answer, "Tus-Version"));
        Assert.Equal("creation,checksum,termination,expiration", Tus.One(answer, "Tus-Extension"));
        Assert.Equal("sha256,sha1", Tus.One(answer, "Tus-Checksum-Algorithm"));
        Assert.Equal($"{80L << 20}", Tus.One(answer, "Tus-Max-Size"));
    }

    [Fact]
    public async Task Upload_InPieces_IsWhole_AndItsFileIsTheContent()
    {
        await using var server = await LiveServer.StartAsync();
        using var client = server.Client(server.Team());
        var content = RandomNumberGenerator.GetBytes(100_000);

        var where = await Tus.CreateAsync(client, content.Length);
        Assert.Equal("40000", await Tus.SendAsync(client, where, 0, content[..40_000]));
        Assert.Equal("40000", await Tus.OffsetAsync(client, where));
        Assert.Equal("100000", await Tus.SendAsync(client, where, 40_000, content[40_000..]));

        var upload = await LiveServer.ReadAsync(await client.GetAsync(where));
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
        Assert.Equal(sha256, upload.GetProperty("sha256").GetString());
        Assert.Equal(content, File.ReadAllBytes(System.IO.Path.Combine(server.Workspace.UploadsPath, $"{sha256}.archive")));
    }

    [Fact]
    public async Task Upload_OfATeamThatWasBarredMeanwhile_GoesOnNoMore()
    {
        await using var server = await LiveServer.StartAsync();
        var token = server.Team();
        using var client = server.Client(token);
        var where = await Tus.CreateAsync(client, 100);
        Assert.Equal("50", await Tus.SendAsync(client, where, 0, new byte[50]));

        server.Store.Bar(server.Store.IdentifyToken(token)!.TeamId!, "rules broken", "test");

        using var answer = await Tus.PatchAsync(client, where, 50, new byte[50]);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("50", await Tus.OffsetAsync(client, where));
    }

    [Fact]
    public async Task AttemptWhoseArchiveIsGone_IsNotRunAgain()
    {
        await using var server = await LiveServer.StartAsync();
        using var team = server.Client(server.Team());
        using var organiser = server.Client(server.Organiser());
        var where = await Tus.CreateAsync(team, 100);
        await Tus.SendAsync(team, where, 0, new byte[100]);
        using var made = await team.PostAsync("/api/v1/attempts", LiveServer.Json(
            $$"""{"challenge":"tiny","name":"m","upload":"{{where.Split('/')[^1]}}"}"""));
        var id = (await LiveServer.ReadAsync(made)).GetProperty("id").GetString()!;
        server.Store.Reject(server.Store.TakeUp("w", TimeSpan.FromMinutes(1))!.Value.Lease, "malformed", "No.");
        await Tus.RemoveAsync(team, where);
        Assert.Empty(Directory.GetFiles(server.Workspace.UploadsPath));

        using var answer = await organiser.PostAsync($"/api/v1/admin/attempts/{id}/run-again", null);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal(AttemptState.Rejected, server.Store.GetAttempt(null, id).State);
    }

    [Fact]
    public async Task SameContentTwice_IsOneFile_AndGoesWithTheLastOfThem()
    {
        await using var server = await LiveServer.StartAsync();
        using var one = server.Client(server.Team("One"));
        using var other = server.Client(server.Team("Other"));
        var content = RandomNumberGenerator.GetBytes(5000);

        var first = await Tus.CreateAsync(one, content.Length);
        await Tus.SendAsync(one, first, 0, content);
        var second = await Tus.CreateAsync(other, content.Length);
        await Tus.SendAsync(other, second, 0, content);

        Assert.Single(Directory.GetFiles(server.Workspace.UploadsPath));
        Assert.Equal(HttpStatusCode.NoContent, (await Tus.RemoveAsync(one, first)).StatusCode);
        Assert.Single(Directory.GetFiles(server.Workspace.UploadsPath));
        await Tus.RemoveAsync(other, second);
        Assert.Empty(Directory.GetFiles(server.Workspace.UploadsPath));
    }

    [Fact]
    public async Task Piece_AtAnotherOffset_IsRefused_AndTheOffsetStays()
    {
        await using var server = await LiveServer.StartAsync();
        using var client = server.Client(server.Team());
        var where = await Tus.CreateAsync(client, 100);
        await Tus.SendAsync(client, where, 0, new byte[10]);

        using var answer = await Tus.PatchAsync(client, where, 20, new byte[10]);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("offset-mismatch", await LiveServer.CodeOfAsync(answer));
        Assert.Equal("10", await Tus.OffsetAsync(client, where));
    }

    [Fact]
    public async Task Piece_BeyondTheLength_IsRefused()
    {
        await using var server = await LiveServer.StartAsync();
        using var client = server.Client(server.Team());
        var where = await Tus.CreateAsync(client, 100);

        using var answer = await Tus.PatchAsync(client, where, 0, new byte[101]);

        Assert.Equal("upload-too-long", await LiveServer.CodeOfAsync(answer));
        Assert.Null(server.Store.Uploads(server.Store.Teams().Single().Id).Single().Sha256);
    }

    [Theory]
    [InlineData("sha256")]
    [InlineData("sha1")]
    public async Task Piece_WithChecksum_IsTakenWhenItFits_AndNothingOfItOtherwise(string algorithm)
    {
        await using var server = await LiveServer.StartAsync();
        using var client = server.Client(server.Team());
        var content = RandomNumberGenerator.GetBytes(3000);
        var where = await Tus.CreateAsync(client, content.Length);
        var sum = Convert.ToBase64String(CryptographicOperations.HashData(
            algorithm == "sha1" ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256, content));
        var damaged = content.ToArray();
        damaged[1000] ^= 1;

        using var wrong = await Tus.PatchAsync(client, where, 0, damaged, $"{algorithm} {sum}");
        Assert.Equal(460, (int)wrong.StatusCode);
        Assert.Equal("checksum-mismatch", await LiveServer.CodeOfAsync(wrong));
        Assert.Equal("0", await Tus.OffsetAsync(client, where));
        Assert.Equal(0, new FileInfo(Assert.Single(Directory.GetFiles(server.Workspace.UploadsPath))).Length);

        using var right = await Tus.PatchAsync(client, where, 0, content, $"{algorithm} {sum}");
        Assert.Equal(HttpStatusCode.NoContent, right.StatusCode);
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(content)),
            (await LiveServer.ReadAsync(await client.GetAsync(where))).GetProperty("sha256").GetString());
    }

    [Theory]
    [InlineData("md5 1B2M2Y8AsgTpgAmY7PhCfg==", "checksum-unknown")]
    [InlineData("sha256 nonsense", "malformed-request")]
    public async Task Piece_WithUnusableChecksum_IsRefused(string header, string code)
    {
        await using var server = await LiveServer.StartAsync();
        using var client = server.Client(server.Team());

        using var answer = await Tus.PatchAsync(client, await Tus.CreateAsync(client, 10), 0, new byte[10], header);

        Assert.Equal(code, await LiveServer.CodeOfAsync(answer));
    }

    [Fact]
    public async Task Creation_BadRequests_AreProblems()
    {
        await using var server = await LiveServer.StartAsync();
        using var client = server.Client(server.Team());

        Assert.Equal("upload-too-large", await CodeAsync(client, (81L << 20).ToString(), "challenge dGlueQ=="));
        Assert.Equal("malformed", await CodeAsync(client, "0", "challenge dGlueQ=="));
        Assert.Equal("malformed-request", await CodeAsync(client, "-1", "challenge dGlueQ=="));
        Assert.Equal("malformed-request", await CodeAsync(client, "10", "challenge !!"));
        Assert.Equal("unknown-challenge", await CodeAsync(client, "10", ""));
        Assert.Equal("malformed", await CodeAsync(client, "10", $"challenge dGlueQ==,filename {Convert.ToBase64String("a\nb"u8)}"));
        Assert.Equal("tus-version", await CodeAsync(client, "10", "challenge dGlueQ==", "0.2.2"));
    }

    [Fact]
    public async Task Creation_WithoutRoom_IsRefusedPolitely()
    {
        await using var server = await LiveServer.StartAsync(leastFreeBytes: long.MaxValue / 4);
        using var client = server.Client(server.Team());

        using var answer = await Tus.PostAsync(client, "10", "challenge dGlueQ==");

        Assert.Equal(507, (int)answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("disk-full", text, StringComparison.Ordinal);
        Assert.DoesNotContain("MiB", text, StringComparison.Ordinal); // what is free tells what containers leave there
    }

    [Fact]
    public async Task Creation_TooManyAtATime_IsRefused()
    {
        await using var server = await LiveServer.StartAsync();
        using var client = server.Client(server.Team());
        for (var i = 0; i < IntakeStore.MostUploads; i++)
        {
            await Tus.CreateAsync(client, 10);
        }

        Assert.Equal("too-many-uploads", await CodeAsync(client, "10", "challenge dGlueQ=="));
    }

    [Fact]
    public async Task Upload_OfAnotherTeam_IsNotFound()
    {
        await using var server = await LiveServer.StartAsync();
        using var client = server.Client(server.Team("One"));
        using var other = server.Client(server.Team("Other"));
        var where = await Tus.CreateAsync(client, 10);

        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(where)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Tus.PatchAsync(other, where, 0, new byte[10])).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Tus.RemoveAsync(other, where)).StatusCode);
    }

    [Fact]
    public async Task ConnectionThatBreaks_KeepsWhatArrived_AndOnlyThat()
    {
        await using var server = await LiveServer.StartAsync();
        using var client = server.Client(server.Team());
        var content = RandomNumberGenerator.GetBytes(2_000_000);
        var where = await Tus.CreateAsync(client, content.Length);

        // Announces all of it, sends half, and breaks off.
        var broken = Tus.Patch(where, 0, new StreamContent(new BreakingStream(content.AsMemory(0, 1_000_000))));
        broken.Content!.Headers.ContentLength = content.Length;
        await Assert.ThrowsAnyAsync<Exception>(() => client.SendAsync(broken));

        var offset = int.Parse(await SettledOffsetAsync(client, where), System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(offset, 0, 1_000_000);
        await Tus.SendAsync(client, where, offset, content[offset..]);
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(content)),
            (await LiveServer.ReadAsync(await client.GetAsync(where))).GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task RestingUpload_IsRemovedInTime_AndMovingOneStays()
    {
        await using var server = await LiveServer.StartAsync();
        using var client = server.Client(server.Team());
        var resting = await Tus.CreateAsync(client, 100);
        await Tus.SendAsync(client, resting, 0, new byte[10]);
        var moving = await Tus.CreateAsync(client, 100);
        await Tus.SendAsync(client, moving, 0, new byte[10]);

        server.Clock.Pass(IntakeStore.UploadLifetime - TimeSpan.FromHours(1));
        await Tus.SendAsync(client, moving, 10, new byte[10]);
        server.Clock.Pass(TimeSpan.FromHours(2));

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(resting)).StatusCode);
        Assert.Equal("20", await Tus.OffsetAsync(client, moving));
        Assert.Single(Directory.GetFiles(server.Workspace.UploadsPath));
    }

    /// <summary>The offset once the server has noticed that a connection broke: an empty piece is refused until then.</summary>
    private static async Task<string> SettledOffsetAsync(HttpClient client, string where)
    {
        while (true)
        {
            var offset = await Tus.OffsetAsync(client, where);
            using var answer = await Tus.PatchAsync(client, where, long.Parse(offset, System.Globalization.CultureInfo.InvariantCulture), []);
            if (answer.StatusCode == HttpStatusCode.NoContent)
            {
                return Tus.One(answer, "Upload-Offset");
            }
        }
    }

    private static async Task<string> CodeAsync(HttpClient client, string length, string metadata, string version = "1.0.0")
    {
        using var answer = await Tus.PostAsync(client, length, metadata, version);
        return await LiveServer.CodeOfAsync(answer);
    }

    /// <summary>Gives what it has and fails then.</summary>
    private sealed class BreakingStream(ReadOnlyMemory<byte> content) : MemoryStream(content.ToArray())
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new IOException("broken off");
    }
}
