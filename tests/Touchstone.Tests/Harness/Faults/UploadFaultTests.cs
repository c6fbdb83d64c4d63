using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Touchstone.Tests.Harness.Server;

namespace Touchstone.Tests.Harness.Faults;

/// <summary>B71 and its siblings: uploads that are sent beyond their end, from a wrong offset, or with lengths that lie.</summary>
public sealed class UploadFaultTests
{
    [Fact]
    public async Task B71_EveryStepOfTheScript()
    {
        await using var server = await LiveServer.StartAsync();
        using var client = server.Client(server.Team("Uploader"));
        var where = await Tus.CreateAsync(client, 1000);

        async Task StepAsync(int offset, int count, HttpStatusCode status, string held)
        {
            using var answer = await Tus.PatchAsync(client, where, offset, new byte[count]);
            Assert.Equal(status, answer.StatusCode);
            Assert.Equal(held, await Tus.OffsetAsync(client, where));
        }

        await StepAsync(0, 400, HttpStatusCode.NoContent, "400");
        await StepAsync(0, 400, HttpStatusCode.Conflict, "400");
        await StepAsync(400, 605, HttpStatusCode.RequestEntityTooLarge, "400");
        await StepAsync(400, 600, HttpStatusCode.NoContent, "1000");
        await StepAsync(1000, 5, HttpStatusCode.Conflict, "1000");
        await StepAsync(1000, 0, HttpStatusCode.NoContent, "1000");
    }

    [Fact]
    public async Task BeyondTheEnd_SaysThatAllIsHere_AndTheContentStays()
    {
        await using var server = await LiveServer.StartAsync();
        using var client = server.Client(server.Team());
        var content = RandomNumberGenerator.GetBytes(1000);
        var where = await Tus.CreateAsync(client, content.Length);
        await Tus.SendAsync(client, where, 0, content);

        using var announced = await Tus.PatchAsync(client, where, 1000, new byte[5]);
        using var streamed = await client.SendAsync(Tus.Patch(where, 1000, new Streamed(new byte[5])));
        using var earlier = await Tus.PatchAsync(client, where, 400, new byte[600]);

        Assert.Equal("upload-complete", await LiveServer.CodeOfAsync(announced));
        Assert.Equal("upload-complete", await LiveServer.CodeOfAsync(streamed));
        Assert.Equal("offset-mismatch", await LiveServer.CodeOfAsync(earlier));
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(content)),
            (await LiveServer.ReadAsync(await client.GetAsync(where))).GetProperty("sha256").GetString());
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task MoreThanIsLeft_IsRefusedAndNoneIsKept_HoweverItComes(bool isStreamed, bool hasChecksum)
    {
        await using var server = await LiveServer.StartAsync();
        using var client = server.Client(server.Team());
        var content = RandomNumberGenerator.GetBytes(3_000_000);
        var where = await Tus.CreateAsync(client, content.Length);
        await Tus.SendAsync(client, where, 0, content[..100]);
        byte[] tooMuch = [.. content[100..], 1, 2, 3];
        var request = Tus.Patch(where, 100, isStreamed ? new Streamed(tooMuch) : new ByteArrayContent(tooMuch));
        if (hasChecksum)
        {
            request.Headers.Add("Upload-Checksum", $"sha256 {Convert.ToBase64String(SHA256.HashData(tooMuch))}");
        }

        using var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("upload-too-long", await LiveServer.CodeOfAsync(answer));
        Assert.Equal("100", await Tus.OffsetAsync(client, where));
        await Tus.SendAsync(client, where, 100, content[100..]);
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(content)),
            (await LiveServer.ReadAsync(await client.GetAsync(where))).GetProperty("sha256").GetString());
    }

    [Theory]
    [InlineData("", HttpStatusCode.NoContent)]
    [InlineData("x", (HttpStatusCode)460)]
    public async Task EmptyPieceAtTheEnd_IsHeldToItsChecksum(string summed, HttpStatusCode status)
    {
        await using var server = await LiveServer.StartAsync();
        using var client = server.Client(server.Team());
        var where = await Tus.CreateAsync(client, 10);
        await Tus.SendAsync(client, where, 0, new byte[10]);

        using var answer = await Tus.PatchAsync(
            client, where, 10, [], $"sha256 {Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(summed)))}");

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("10", await Tus.OffsetAsync(client, where));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("")]
    [InlineData("10 ")]
    [InlineData("1e3")]
    [InlineData("99999999999999999999")]
    public async Task OffsetThatIsNone_IsABadRequest(string offset)
    {
        await using var server = await LiveServer.StartAsync();
        using var client = server.Client(server.Team());
        var where = await Tus.CreateAsync(client, 100);
        var request = Tus.Patch(where, 0, new ByteArrayContent(new byte[10]));
        request.Headers.Remove("Upload-Offset");
        request.Headers.TryAddWithoutValidation("Upload-Offset", offset);

        using var answer = await client.SendAsync(request);

        Assert.Equal(offset == "10 " ? HttpStatusCode.Conflict : HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("0", await Tus.OffsetAsync(client, where));
    }

    [Theory]
    [InlineData(4, " 204 ", "4")] // less than comes: the rest is no request
    [InlineData(5000, " 413 ", "0")] // more than the upload has room for: nothing is read
    public async Task LengthOfTheRequestThatLies_KeepsNoMoreThanItSays(int stated, string status, string held)
    {
        await using var server = await LiveServer.StartAsync();
        var token = server.Team();
        using var client = server.Client(token);
        var where = await Tus.CreateAsync(client, 100);
        using (var socket = new TcpClient(server.Address.Host, server.Address.Port))
        {
            var head = $"PATCH {where} HTTP/1.1\r\nHost: {server.Address.Authority}\r\nAuthorization: Bearer {token}\r\n"
                + "Tus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\n"
                + $"Content-Length: {stated}\r\n\r\n0123456789";
            var stream = socket.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
            using var reader = new StreamReader(stream);
            Assert.Contains(status, await reader.ReadLineAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(held, await Tus.OffsetAsync(client, where));
    }

    /// <summary>Content whose length no header tells.</summary>
    private sealed class Streamed(byte[] bytes) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            foreach (var part in bytes.Chunk(100_000))
            {
                await stream.WriteAsync(part);
                await stream.FlushAsync();
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
