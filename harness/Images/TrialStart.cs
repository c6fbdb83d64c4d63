using System.Security.Cryptography;
using Touchstone.Harness.Engine;
using Touchstone.Harness.Sandbox;
using Touchstone.Submissions;

namespace Touchstone.Harness.Images;

/// <summary>
/// Makes a container of an image as the sandbox makes it, looks at what the engine would open by itself, starts it with a command
/// that does nothing, and takes it away. So what an engine cannot run is refused while the image is taken in, with the reason,
/// instead of failing every case as if the machine were to blame. Everything has a limit.
/// </summary>
/// <param name="engine">The engine.</param>
/// <param name="disk">Where room is looked for when the engine says that there is none; null to believe it.</param>
/// <param name="report">Told of containers that cannot be taken away; null for nobody.</param>
internal sealed class TrialStart(DockerEngine engine, DiskWatch? disk = null, Action<string>? report = null)
{
    /// <summary>Label of its containers.</summary>
    public const string Label = "touchstone.trial";

    private const long SmallBytes = 8L << 20;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>A container that is older is nobody's any more.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private static readonly SandboxLimits Limits = new()
    {
        WallTime = Limit,
        MemoryBytes = 256L << 20,
        Cpus = 1,
        ProcessCount = 64,
        OutputBytes = SmallBytes,
        TemporaryBytes = SmallBytes,
        SharedMemoryBytes = SmallBytes,
    };

    /// <summary>Tries an image.</summary>
    /// <param name="image">The image, whose configuration has been checked.</param>
    /// <param name="capBytes">Most bytes of its whole file system.</param>
    /// <param name="isUnread">Whether its files have not been read yet, or not as they will lie.</param>
    /// <param name="token">Stops the trial; its container goes.</param>
    /// <exception cref="SubmissionException">The engine does not run it, or would open what it must not.</exception>
    /// <exception cref="EngineException">The engine runs nothing at all just now.</exception>
    public async Task RunAsync(ImageDetails image, long capBytes, bool isUnread, CancellationToken token)
    {
        await RemoveOldAsync(token);
        var container = await DemandAsync("made into a container", Limit, stop => CreateAsync(image, ["/bin/bash", "-c", ":"], stop), token);
        try
        {
            var links = isUnread || engine.Version.IsPodman
                ? await DemandAsync("read", Patience(capBytes), stop => ReadAsync(container, capBytes, stop), token)
                : [];
            var places = new OpenedPlaces(engine, container, ImageRequests.Of(image).Volumes, links);
            await DemandAsync("looked at", Limit, stop => DoAsync(() => places.CheckAsync(stop)), token);
            await DemandAsync("started", Limit, stop => StartAsync(container, stop), token);
        }
        finally
        {
            await RemoveAsync([container], Limit);
        }
    }

    /// <summary>Does what only an image can make fail. When it fails, an image of our own tells whether the engine is to blame.</summary>
    /// <param name="what">What cannot be done with the image then, as a participle.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="doAsync">Does it.</param>
    /// <param name="token">Stops it.</param>
    /// <exception cref="SubmissionException">It failed, and the engine is well.</exception>
    /// <exception cref="EngineException">The engine is not.</exception>
    public async Task<T> DemandAsync<T>(
        string what, TimeSpan limit, Func<CancellationToken, Task<T>> doAsync, CancellationToken token)
    {
        EngineException fault;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        stop.CancelAfter(limit);
        try
        {
            return await doAsync(stop.Token);
        }
        catch (EngineException refusal) when (!token.IsCancellationRequested)
        {
            fault = refusal;
        }
        catch (OperationCanceledException late) when (!token.IsCancellationRequested)
        {
            fault = new EngineException($"it took more than {limit.TotalSeconds:0} s", late);
        }

        DemandRoom(fault);
        return await IsWellAsync(token)
            ? throw ImageRules.Refused($"cannot be {what}, says the engine: {EngineWords.Of(fault)}", fault)
            : throw fault;
    }

    /// <summary>
    /// Looks whether the machine lacks what the engine says is lacking. The words alone prove nothing: an image can have them
    /// quoted, and can lead the engine to places where the kernel says them whatever room there is.
    /// </summary>
    /// <param name="fault">What the engine refused.</param>
    /// <exception cref="IntakeClosedException">There is no room.</exception>
    /// <exception cref="EngineException">It is said that there is none, and nobody can look.</exception>
    public void DemandRoom(EngineException fault)
    {
        if (EngineWords.IsLackOfRoom(fault))
        {
            (disk ?? throw fault).Check();
        }
    }

    /// <summary>How long an engine may take over so many bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    public static TimeSpan Patience(long bytes) => TimeSpan.FromSeconds(120 + (bytes / (4 << 20)));

    private async Task<bool> IsWellAsync(CancellationToken token)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        stop.CancelAfter(Limit);
        List<string> containers = [];
        try
        {
            var image = await engine.FindImageAsync(await HolderImage.EnsureAsync(engine, stop.Token), stop.Token);
            containers.Add(await CreateAsync(image!, [HolderImage.ProgramPath], stop.Token));
            await engine.StartContainerAsync(containers[0], stop.Token);
            return true;
        }
        catch (Exception fault) when (fault is EngineException or OperationCanceledException && !token.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            await RemoveAsync(containers, Limit);
        }
    }

    private async Task<string> CreateAsync(ImageDetails image, IReadOnlyList<string> command, CancellationToken token)
    {
        var submission = new Submission
        {
            Id = "trial",
            Team = "trial",
            Name = "trial",
            Challenge = "trial",
            Image = ImageDigest.Parse(image.Id),
            Source = "trial",
            Layout = SubmissionLayout.Flat,
            Command = command,
            ReceivedAt = DateTimeOffset.UnixEpoch,
        };
        var run = SandboxRun.Of(RandomNumberGenerator.GetHexString(16, lowercase: true), "trial", submission, Limits, image, SmallBytes);
        var request = SandboxProfile.Case(run with { IsPodman = engine.Version.IsPodman });

        // Empty file systems stand for the volumes of a case: what can be mounted here can be there.
        var tmpfs = new Dictionary<string, string>(request.HostConfig.Tmpfs!)
        {
            ["/workspace/inputs"] = $"ro,noexec,nosuid,nodev,size={SmallBytes}",
            ["/workspace/outputs"] = $"rw,noexec,nosuid,nodev,size={SmallBytes}",
        };
        return await engine.CreateContainerAsync(
            request with
            {
                Labels = new Dictionary<string, string> { [Label] = "yes" },
                HostConfig = request.HostConfig with { Mounts = null, Binds = null, Tmpfs = tmpfs },
            },
            token);
    }

    /// <summary>Reads all that the engine would hand to a container.</summary>
    /// <returns>Its links by path, on Podman, which does not tell of one that leads to nothing; otherwise none.</returns>
    private async Task<Dictionary<string, string>> ReadAsync(string container, long capBytes, CancellationToken token)
    {
        var budget = new ReadingBudget(capBytes);
        try
        {
            await using var content = await engine.ExportContainerAsync(container, token);
            await using var counted = new CountedStream(content, budget);
            var scanner = new TarScanner(counted);
            var special = new SpecialFiles();
            Dictionary<string, string> links = new(StringComparer.Ordinal);
            while (await scanner.NextAsync(token) is { } item)
            {
                budget.CountEntry();
                special.Look(item);
                if (item.Kind == TarItemKind.SymbolicLink && engine.Version.IsPodman)
                {
                    links[$"/{string.Join('/', item.Name.Split('/').Where(part => part is not ("" or ".")))}"] = item.Target;
                }
            }

            return links;
        }
        catch (InvalidDataException fault)
        {
            throw new SubmissionException(SubmissionFault.ImageConfigurationRefused, $"The image cannot be accepted. {fault.Message}", fault);
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException)
        {
            throw new EngineException($"The engine broke off its export: {fault.Message}", fault);
        }
    }

    /// <summary>Starts the container; a program that is not there, or is none, is no matter of the image as such.</summary>
    private async Task<bool> StartAsync(string container, CancellationToken token)
    {
        try
        {
            await engine.StartContainerAsync(container, token);
            return true;
        }
        catch (EngineException fault)
        {
            // Podman tells it by its words alone.
            if (fault.Words?.Contains("invoke a command that was not found", StringComparison.Ordinal) == true
                || (await engine.InspectContainerAsync(container, token)).State is { ExitCode: 126 or 127 })
            {
                return false;
            }

            throw;
        }
    }

    /// <summary>Takes away what a killed process left.</summary>
    private async Task RemoveOldAsync(CancellationToken token)
    {
        var oldest = (DateTimeOffset.UtcNow - Lifetime).ToUnixTimeSeconds();
        var old = await engine.ListContainersAsync($"{Label}=yes", token);
        await RemoveAsync(
            [.. old.Where(one => one.Created > 0 && one.Created < oldest && one.Labels?.ContainsKey(SandboxProfile.WorkspaceLabel) != true)
                .Select(one => one.Id)],
            Limit / 6);
    }

    private async Task RemoveAsync(IReadOnlyList<string> containers, TimeSpan limit)
    {
        using var stop = new CancellationTokenSource(limit);
        foreach (var container in containers)
        {
            try
            {
                await engine.RemoveContainerAsync(container, stop.Token);
            }
            catch (Exception fault) when (fault is EngineException or OperationCanceledException)
            {
                // The label stays, and with it the next trial's duty.
                report?.Invoke($"The container {container[..12]} of a trial cannot be removed and is left behind. {fault.Message}");
            }
        }
    }

    private static async Task<bool> DoAsync(Func<Task> doAsync)
    {
        await doAsync();
        return true;
    }
}
