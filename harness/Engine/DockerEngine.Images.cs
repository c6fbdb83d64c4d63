using System.Net;
using System.Text.Json;

namespace Touchstone.Harness.Engine;

/// <content>Images.</content>
public sealed partial class DockerEngine
{
    /// <summary>An image that the engine has, or null.</summary>
    /// <param name="image">Id or reference.</param>
    /// <param name="token">Stops the request.</param>
    public async Task<ImageDetails?> FindImageAsync(string image, CancellationToken token = default)
    {
        try
        {
            return await GetAsync($"/images/{EscapeReference(image)}/json", EngineJsonContext.Default.ImageDetails, token);
        }
        catch (EngineException fault) when (fault.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Every image with a name that the engine has.</summary>
    /// <param name="token">Stops the request.</param>
    public Task<IReadOnlyList<ImageListing>> ListImagesAsync(CancellationToken token = default) =>
        GetAsync("/images/json", EngineJsonContext.Default.IReadOnlyListImageListing, token);

    /// <summary>Unpacks an image archive.</summary>
    /// <param name="writeArchive">Writes the archive, a plain tar, into the stream that it is given.</param>
    /// <param name="token">Stops the transfer.</param>
    /// <returns>What the engine says that it loaded, such as <c>Loaded image ID: sha256:…</c>.</returns>
    /// <exception cref="EngineException">The engine cannot load it.</exception>
    public async Task<string> LoadImageAsync(Func<Stream, CancellationToken, Task> writeArchive, CancellationToken token = default)
    {
        using var body = new StreamedContent(writeArchive, "application/x-tar");
        using var response = await OpenAsync(HttpMethod.Post, "/images/load?quiet=1", body, token);
        return string.Concat(await ReadProgressAsync(response, token)).Trim();
    }

    /// <summary>Packs an image into an archive such as <c>docker save</c> writes.</summary>
    /// <param name="image">Id or reference; a reference is in the archive too.</param>
    /// <param name="token">Stops the transfer.</param>
    /// <returns>The archive as it comes. The one who asked closes it.</returns>
    public async Task<Stream> SaveImageAsync(string image, CancellationToken token = default)
    {
        var response = await OpenAsync(HttpMethod.Get, $"/images/{EscapeReference(image)}/get", null, token);
        return await response.Content.ReadAsStreamAsync(token);
    }

    /// <summary>Fetches an image from its registry.</summary>
    /// <param name="reference">Name with tag or digest; without either, <c>latest</c>.</param>
    /// <param name="token">Stops the transfer.</param>
    /// <exception cref="EngineException">There is no such image, or the registry does not answer.</exception>
    public async Task PullImageAsync(string reference, CancellationToken token = default)
    {
        // Without tag and digest the engine would fetch every tag there is.
        var isNamed = reference.Contains('@', StringComparison.Ordinal)
            || reference.LastIndexOf(':') > reference.LastIndexOf('/');
        var name = Uri.EscapeDataString(isNamed ? reference : $"{reference}:latest");
        using var response = await OpenAsync(HttpMethod.Post, $"/images/create?fromImage={name}", null, token);
        await ReadProgressAsync(response, token);
    }

    /// <summary>Gives an image one more name.</summary>
    /// <param name="image">Id.</param>
    /// <param name="repository">The name before the colon.</param>
    /// <param name="tag">The name after the colon.</param>
    /// <param name="token">Stops the request.</param>
    public Task TagImageAsync(string image, string repository, string tag, CancellationToken token = default) =>
        SendAsync(
            HttpMethod.Post,
            $"/images/{EscapeReference(image)}/tag?repo={Uri.EscapeDataString(repository)}&tag={Uri.EscapeDataString(tag)}",
            null,
            token);

    /// <summary>
    /// Takes a name of an image away, and the image with its last name. One that is gone already is no error.
    /// </summary>
    /// <param name="image">Id or reference.</param>
    /// <param name="token">Stops the request.</param>
    public Task RemoveImageAsync(string image, CancellationToken token = default) =>
        IgnoreAsync(SendAsync(HttpMethod.Delete, $"/images/{EscapeReference(image)}", null, token), HttpStatusCode.NotFound);

    private static string EscapeReference(string reference) =>
        string.Join('/', reference.Split('/').Select(Uri.EscapeDataString));

    private static async Task IgnoreAsync(Task request, params HttpStatusCode[] statuses)
    {
        try
        {
            await request;
        }
        catch (EngineException fault) when (fault.Status is { } status && statuses.Contains(status))
        {
            // Already as wanted.
        }
    }

    private static async Task<IReadOnlyList<string>> ReadProgressAsync(HttpResponseMessage response, CancellationToken token)
    {
        List<string> lines = [];
        try
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(token));
            while (await reader.ReadLineAsync(token) is { } line)
            {
                var progress = JsonSerializer.Deserialize(line, EngineJsonContext.Default.ProgressLine);
                if (progress?.Error is { } error)
                {
                    throw new EngineException($"The engine reports: {error.Trim()}")
                    {
                        Words = error.Trim(),
                        IsTransient = false,
                    };
                }

                if (progress?.Stream is { } text)
                {
                    lines.Add(text);
                }
            }
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException or JsonException)
        {
            throw new EngineException($"The engine broke off its report: {fault.Message}", fault);
        }

        return lines;
    }
}
