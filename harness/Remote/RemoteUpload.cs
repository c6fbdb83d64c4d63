using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Server.Api;

namespace Touchstone.Harness.Remote;

/// <summary>
/// Uploads an archive by tus 1.0.0 in pieces with checksums. An upload of the same file that was broken off earlier, by
/// this process or another, is found among the team's uploads and gone on with.
/// </summary>
/// <param name="server">Where to.</param>
/// <param name="report">Told of bytes that are there and bytes of all.</param>
internal sealed class RemoteUpload(RemoteServer server, Action<long, long> report)
{
    private const int PieceBytes = 16 << 20;
    private const string Path = "/api/v1/uploads";

    /// <summary>Uploads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="challenge">The challenge that it is for.</param>
    /// <param name="token">Ends it; what was acknowledged stays on the server.</param>
    /// <returns>Id of the whole upload.</returns>
    /// <exception cref="RemoteException">The server refuses, or cannot be reached.</exception>
    public async Task<string> SendAsync(string path, string challenge, CancellationToken token)
    {
        await using var file = RegularFile.OpenRead(path);
        var known = await FindAsync(file, challenge, token);
        var id = known?.Id ?? await CreateAsync(file, challenge, token);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var offset = known?.Offset ?? 0;
        await HashAsync(file, offset, hash, token);
        var buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            while (offset < file.Length)
            {
                file.Position = offset;
                var read = await file.ReadAtLeastAsync(buffer.AsMemory(0, PieceBytes), PieceBytes, throwOnEndOfStream: false, token);
                report(offset, file.Length);
                offset = await SendPieceAsync(id, offset, buffer, read, token);
                hash.AppendData(buffer.AsSpan(0, read));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        report(file.Length, file.Length);
        await VerifyAsync(id, hash, token);
        return id;
    }

    private async Task<UploadAnswer?> FindAsync(FileStream file, string challenge, CancellationToken token)
    {
        var here = await server.AskAsync(() => new HttpRequestMessage(HttpMethod.Get, Path), ApiJson.Wire.IReadOnlyListUploadAnswer, token);
        return here.FirstOrDefault(one =>
            one.FileName == System.IO.Path.GetFileName(file.Name) && one.Length == file.Length && one.Challenge == challenge);
    }

    private async Task<string> CreateAsync(FileStream file, string challenge, CancellationToken token)
    {
        using var answer = await server.SendAsync(
            () =>
            {
                var request = Tus(HttpMethod.Post, Path);
                request.Headers.Add("Upload-Length", file.Length.ToString(CultureInfo.InvariantCulture));
                request.Headers.Add(
                    "Upload-Metadata", $"filename {Base64(System.IO.Path.GetFileName(file.Name))},challenge {Base64(challenge)}");
                return request;
            },
            token);
        return answer.Headers.Location?.ToString().Split('/')[^1]
            ?? throw new RemoteException("The server's answer is not what it should be.");
    }

    private async Task<long> SendPieceAsync(string id, long offset, byte[] buffer, int count, CancellationToken token)
    {
        try
        {
            using var answer = await server.SendAsync(
                () =>
                {
                    var request = Tus(HttpMethod.Patch, $"{Path}/{id}");
                    request.Headers.Add("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture));
                    request.Headers.Add("Upload-Checksum", $"sha256 {Convert.ToBase64String(SHA256.HashData(buffer.AsSpan(0, count)))}");
                    request.Content = new ByteArrayContent(buffer, 0, count);
                    request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
                    return request;
                },
                token);
        }
        catch (RemoteException fault) when (fault.Code == "offset-mismatch")
        {
            // The answer to an earlier try was lost on its way: the piece is there.
            var upload = await AskAsync(id, token);
            if (upload.Offset != offset + count)
            {
                throw;
            }
        }

        return offset + count;
    }

    /// <summary>What lies on the server must be this file, also the part that an earlier process sent.</summary>
    private async Task VerifyAsync(string id, IncrementalHash hash, CancellationToken token)
    {
        if ((await AskAsync(id, token)).Sha256 != Convert.ToHexStringLower(hash.GetHashAndReset()))
        {
            using var answer = await server.SendAsync(() => Tus(HttpMethod.Delete, $"{Path}/{id}"), token);
            throw new RemoteException("The file has changed since its upload began. What was sent is removed; start again.");
        }
    }

    private Task<UploadAnswer> AskAsync(string id, CancellationToken token) => server.AskAsync(
        () => new HttpRequestMessage(HttpMethod.Get, $"{Path}/{id}"), ApiJson.Wire.UploadAnswer, token);

    private static async Task HashAsync(FileStream file, long length, IncrementalHash hash, CancellationToken token)
    {
        var buffer = new byte[1 << 20];
        for (long done = 0; done < length;)
        {
            var read = await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, length - done)), token);
            hash.AppendData(buffer.AsSpan(0, read > 0 ? read : throw new EndOfStreamException("The file became shorter.")));
            done += read;
        }
    }

    private static HttpRequestMessage Tus(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Tus-Resumable", "1.0.0");
        return request;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
