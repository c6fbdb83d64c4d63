using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Touchstone.Tests.Harness.Server;

/// <summary>The requests of tus 1.0.0, as a client of somebody else's would make them.</summary>
internal static class Tus
{
    public const string Path = "/api/v1/uploads";

    public static async Task<string> CreateAsync(HttpClient client, long length, string name = "image.tar")
    {
        using var answer = await PostAsync(
            client, $"{length}", $"challenge dGlueQ==,filename {Convert.ToBase64String(Encoding.UTF8.GetBytes(name))}");
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location!.ToString();
    }

    public static async Task<string> SendAsync(HttpClient client, string where, long offset, byte[] bytes)
    {
        using var answer = await PatchAsync(client, where, offset, bytes);
        Assert.True(answer.StatusCode == HttpStatusCode.NoContent, await answer.Content.ReadAsStringAsync());
        return One(answer, "Upload-Offset");
    }

    public static async Task<HttpResponseMessage> PatchAsync(
        HttpClient client, string where, long offset, byte[] bytes, string? checksum = null)
    {
        var request = Patch(where, offset, new ByteArrayContent(bytes));
        if (checksum is not null)
        {
            request.Headers.Add("Upload-Checksum", checksum);
        }

        return await client.SendAsync(request);
    }

    public static HttpRequestMessage Patch(string where, long offset, HttpContent content)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        var request = new HttpRequestMessage(HttpMethod.Patch, where) { Content = content };
        request.Headers.Add("Tus-Resumable", "1.0.0");
        request.Headers.Add("Upload-Offset", $"{offset}");
        return request;
    }

    public static async Task<string> OffsetAsync(HttpClient client, string where)
    {
        using var answer = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, where));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return One(answer, "Upload-Offset");
    }

    public static Task<HttpResponseMessage> PostAsync(HttpClient client, string length, string metadata, string version = "1.0.0")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Path);
        request.Headers.Add("Tus-Resumable", version);
        request.Headers.Add("Upload-Length", length);
        request.Headers.Add("Upload-Metadata", metadata);
        return client.SendAsync(request);
    }

    public static Task<HttpResponseMessage> RemoveAsync(HttpClient client, string where)
    {
        var request = new HttpRequestMessage(HttpMethod.Delete, where);
        request.Headers.Add("Tus-Resumable", "1.0.0");
        return client.SendAsync(request);
    }

    public static string One(HttpResponseMessage answer, string header) => answer.Headers.GetValues(header).Single();
}
