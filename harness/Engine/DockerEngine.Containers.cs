using System.Net;

namespace Touchstone.Harness.Engine;

/// <content>Containers and volumes.</content>
public sealed partial class DockerEngine
{
    /// <summary>Makes a container without starting it.</summary>
    /// <param name="request">All of its settings.</param>
    /// <param name="token">Stops the request.</param>
    /// <returns>Its id.</returns>
    public async Task<string> CreateContainerAsync(ContainerRequest request, CancellationToken token = default)
    {
        var body = Json(request, EngineJsonContext.Default.ContainerRequest);
        return (await PostAsync("/containers/create", body, EngineJsonContext.Default.Created, token)).Id;
    }

    /// <summary>Starts a container.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="token">Stops the request.</param>
    /// <exception cref="EngineException">
    /// It cannot start. When its command is at fault, inspecting it shows exit code 126 or 127.
    /// </exception>
    public async Task StartContainerAsync(string id, CancellationToken token = default)
    {
        try
        {
            await SendAsync(HttpMethod.Post, $"/containers/{id}/start", null, token);
        }
        catch (EngineException fault) when (fault.Message.Contains("could not select device driver", StringComparison.Ordinal))
        {
            throw new EngineException(
                "This engine has no GPU support: install the NVIDIA container toolkit (1.17.8 or newer) on its machine, "
                + "or run this submission where one is.",
                fault)
            {
                IsTransient = false,
            };
        }
    }

    /// <summary>Waits, without a limit of its own, until a container has ended.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="token">Stops waiting; the container goes on.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> WaitContainerAsync(string id, CancellationToken token = default)
    {
        using var response = await OpenAsync(HttpMethod.Post, $"/containers/{id}/wait", null, token);
        try
        {
            return Parse(await response.Content.ReadAsByteArrayAsync(token), EngineJsonContext.Default.WaitAnswer).StatusCode;
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException)
        {
            throw new EngineException($"The engine broke off while a container ran: {fault.Message}", fault);
        }
    }

    /// <summary>Kills every process of a container at once. One that has ended already is no error.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="token">Stops the request.</param>
    public Task KillContainerAsync(string id, CancellationToken token = default) => SignalContainerAsync(id, "SIGKILL", token);

    /// <summary>Sends a signal to the first process of a container. One that has ended already is no error.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="signal">Name of the signal, such as <c>SIGTERM</c>.</param>
    /// <param name="token">Stops the request.</param>
    public Task SignalContainerAsync(string id, string signal, CancellationToken token = default) =>
        IgnoreAsync(
            SendAsync(HttpMethod.Post, $"/containers/{id}/kill?signal={signal}", null, token),
            HttpStatusCode.Conflict,
            HttpStatusCode.NotFound,
            HttpStatusCode.InternalServerError); // Podman's answer for one that is dead; the next inspection tells.

    /// <summary>
    /// Kills and removes a container with its anonymous volumes. One that is gone already is no error.
    /// </summary>
    /// <param name="id">Its id.</param>
    /// <param name="token">Stops the request.</param>
    public Task RemoveContainerAsync(string id, CancellationToken token = default) =>
        IgnoreAsync(
            SendAsync(HttpMethod.Delete, $"/containers/{id}?force=1&v=1", null, token),
            HttpStatusCode.NotFound,
            HttpStatusCode.Conflict); // somebody else is removing it

    /// <summary>The state of a container.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="token">Stops the request.</param>
    public Task<ContainerDetails> InspectContainerAsync(string id, CancellationToken token = default) =>
        GetAsync($"/containers/{id}/json", EngineJsonContext.Default.ContainerDetails, token);

    /// <summary>
    /// Whether the engine has heard that the kernel killed a process of a container for memory, be it after the container's
    /// end, when its flag in <see cref="ContainerState"/> stays as it was.
    /// </summary>
    /// <param name="id">Its id.</param>
    /// <param name="since">When it was started.</param>
    /// <param name="now">The present moment, by the clock of the engine's machine.</param>
    /// <param name="token">Stops the request.</param>
    public async Task<bool> HasHeardOfLackOfMemoryAsync(
        string id, DateTimeOffset since, DateTimeOffset now, CancellationToken token = default)
    {
        var filters = Filters(new() { ["container"] = [id], ["event"] = ["oom"] });
        var path = $"/events?since={since.ToUnixTimeSeconds()}&until={now.ToUnixTimeSeconds() + 1}&filters={filters}";
        return (await SendAsync(HttpMethod.Get, path, null, token)).Length > 0;
    }

    /// <summary>Every container, running or not, that carries a label.</summary>
    /// <param name="label"><c>name=value</c>.</param>
    /// <param name="token">Stops the request.</param>
    public Task<IReadOnlyList<ContainerListing>> ListContainersAsync(string label, CancellationToken token = default) =>
        GetAsync(
            $"/containers/json?all=1&filters={LabelFilter(label)}", EngineJsonContext.Default.IReadOnlyListContainerListing, token);

    /// <summary>The last bytes of what a container wrote to its two outputs, in the order of writing.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="capBytes">How many bytes at most.</param>
    /// <param name="token">Stops the request.</param>
    public async Task<byte[]> ReadLogTailAsync(string id, int capBytes, CancellationToken token = default)
    {
        using var response = await OpenAsync(HttpMethod.Get, $"/containers/{id}/logs?stdout=1&stderr=1", null, token);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(token);
            return await LogFrames.ReadTailAsync(stream, capBytes, token);
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException)
        {
            throw new EngineException($"The engine broke off a log: {fault.Message}", fault);
        }
    }

    /// <summary>
    /// A file or folder of a container as a tar stream, which the caller disposes, read to its end or not.
    /// </summary>
    /// <param name="id">Its id.</param>
    /// <param name="path">Absolute path in the container.</param>
    /// <param name="token">Stops the request.</param>
    public async Task<Stream> GetArchiveAsync(string id, string path, CancellationToken token = default)
    {
        var response = await OpenAsync(HttpMethod.Get, $"/containers/{id}/archive?path={Uri.EscapeDataString(path)}", null, token);
        return await response.Content.ReadAsStreamAsync(token);
    }

    /// <summary>The whole file system of a container, started or not, as a tar stream, which the caller disposes.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="token">Stops the request.</param>
    public async Task<Stream> ExportContainerAsync(string id, CancellationToken token = default)
    {
        var response = await OpenAsync(HttpMethod.Get, $"/containers/{id}/export", null, token);
        return await response.Content.ReadAsStreamAsync(token);
    }

    /// <summary>
    /// What a file or folder of a container is at this moment, without reading it; null when there is none.
    /// </summary>
    /// <param name="id">Its id.</param>
    /// <param name="path">Absolute path in the container. A link at its end is not followed.</param>
    /// <param name="token">Stops the request.</param>
    public async Task<PathStat?> StatPathAsync(string id, string path, CancellationToken token = default)
    {
        try
        {
            using var response = await OpenAsync(
                HttpMethod.Head, $"/containers/{id}/archive?path={Uri.EscapeDataString(path)}", null, token);
            var stat = response.Headers.GetValues("X-Docker-Container-Path-Stat").First();
            return Parse(Convert.FromBase64String(stat), EngineJsonContext.Default.PathStat);
        }
        catch (EngineException fault) when (fault.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Unpacks a tar into a folder of a container.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="path">Absolute path in the container.</param>
    /// <param name="writeArchive">Writes the tar into the stream that it is given.</param>
    /// <param name="token">Stops the transfer.</param>
    public async Task PutArchiveAsync(
        string id, string path, Func<Stream, CancellationToken, Task> writeArchive, CancellationToken token = default)
    {
        using var body = new StreamedContent(writeArchive, "application/x-tar");
        using var response = await OpenAsync(
            HttpMethod.Put, $"/containers/{id}/archive?path={Uri.EscapeDataString(path)}", body, token);
    }

    /// <summary>Makes a volume.</summary>
    /// <param name="request">Its name, options and labels.</param>
    /// <param name="token">Stops the request.</param>
    public Task CreateVolumeAsync(VolumeRequest request, CancellationToken token = default) =>
        SendAsync(HttpMethod.Post, "/volumes/create", Json(request, EngineJsonContext.Default.VolumeRequest), token);

    /// <summary>Removes a volume. One that is gone already is no error.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="token">Stops the request.</param>
    /// <exception cref="EngineException">A container still uses it.</exception>
    public Task RemoveVolumeAsync(string name, CancellationToken token = default) =>
        IgnoreAsync(SendAsync(HttpMethod.Delete, $"/volumes/{name}?force=1", null, token), HttpStatusCode.NotFound);

    /// <summary>Names of every volume that carries a label.</summary>
    /// <param name="label"><c>name=value</c>.</param>
    /// <param name="token">Stops the request.</param>
    public async Task<IReadOnlyList<string>> ListVolumesAsync(string label, CancellationToken token = default)
    {
        var list = await GetAsync($"/volumes?filters={LabelFilter(label)}", EngineJsonContext.Default.VolumeList, token);
        return [.. (list.Volumes ?? []).Select(volume => volume.Name)];
    }
}
