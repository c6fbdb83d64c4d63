using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Touchstone.Harness.Remote;
using Touchstone.Harness.Server;
using Touchstone.Harness.Server.Access;
using Touchstone.Harness.Server.Api;
using Touchstone.Tests.Harness.EndToEnd;

namespace Touchstone.Tests.Harness.Server;

public sealed class RemoteTests
{
    [Fact]
    public async Task Upload_BrokenOffEarlier_IsGoneOnWith()
    {
        await using var server = await LiveServer.StartAsync();
        using var folder = new TemporaryFolder();
        var token = server.Team();
        var content = RandomNumberGenerator.GetBytes(20 << 20);
        File.WriteAllBytes(folder.File("image.tar"), content);
        using var client = server.Client(token);
        var where = await Tus.CreateAsync(client, content.Length);
        await Tus.SendAsync(client, where, 0, content[..(3 << 20)]);
        var seen = new List<long>();

        using var remote = new RemoteServer(server.Address, token, TimeProvider.System, _ => { });
        var id = await new RemoteUpload(remote, (done, _) => seen.Add(done)).SendAsync(folder.File("image.tar"), "tiny", default);
        var again = await new RemoteUpload(remote, (_, _) => { }).SendAsync(folder.File("image.tar"), "tiny", default);

        Assert.EndsWith(id, where, StringComparison.Ordinal);
        Assert.Equal(id, again);
        Assert.Equal([3L << 20, 19L << 20, 20L << 20], seen);
    }

    [Fact]
    public async Task Upload_OfAFileThatChanged_IsNotPatchedTogether()
    {
        await using var server = await LiveServer.StartAsync();
        using var folder = new TemporaryFolder();
        var token = server.Team();
        File.WriteAllBytes(folder.File("image.tar"), RandomNumberGenerator.GetBytes(1000));
        using var client = server.Client(token);
        var where = await Tus.CreateAsync(client, 1000);
        await Tus.SendAsync(client, where, 0, new byte[500]);

        using var remote = new RemoteServer(server.Address, token, TimeProvider.System, _ => { });
        var fault = await Assert.ThrowsAsync<RemoteException>(
            () => new RemoteUpload(remote, (_, _) => { }).SendAsync(folder.File("image.tar"), "tiny", default));

        Assert.Contains("has changed", fault.Message, StringComparison.Ordinal);
        Assert.Empty(server.Store.AllUploads());
    }

    [Theory]
    [InlineData("<html>Sign in to the clinic's network</html>")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"id\": null}")]
    public async Task Ask_AnswerOfSomethingElse_SaysThatItIsNone(string body)
    {
        await using var server = await LiveServer.StartAsync([new Route
        {
            Method = "GET",
            Path = "/odd",
            Access = RequiredAccess.Anyone,
            Summary = "Odd.",
            Handler = exchange => exchange.Context.Response.WriteAsync(body),
        }]);
        using var remote = new RemoteServer(server.Address, server.Team(), TimeProvider.System, _ => { });

        var fault = await Assert.ThrowsAsync<RemoteException>(() => remote.AskAsync(
            () => new HttpRequestMessage(HttpMethod.Get, "/odd"), ApiJson.Wire.AttemptAnswer, default));

        Assert.Contains("answers what no Touchstone server answers", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://example.org")]
    [InlineData("nonsense")]
    public void Submit_AddressThatIsNone_IsWrongUse(string address)
    {
        var run = CommandRun.Touchstone("submit", "image.tar", "--server", address, "--name", "N", "--token-file", "README.md");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("is no address of a server", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_TokenThatDoesNotWork_SaysSo()
    {
        await using var server = await LiveServer.StartAsync();
        using var folder = new TemporaryFolder();
        var token = folder.Write("token", $"tsp_{new string('0', 12)}_{new string('0', 64)}\n");
        var archive = folder.Write("image.tar", "x");

        var run = CommandRun.Touchstone("submit", archive, "--server", $"{server.Address}", "--name", "N", "--token-file", token);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("This token does not work", run.Error, StringComparison.Ordinal);
    }
}
