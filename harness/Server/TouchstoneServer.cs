using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Touchstone.Harness.Server.Access;
using Touchstone.Harness.Server.Problems;

namespace Touchstone.Harness.Server;

/// <summary>How a server listens.</summary>
public sealed record ServerSettings
{
    /// <summary>Where; port 0 for any free one.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>Proxies whose word on a request's origin (X-Forwarded-For, -Proto) is taken. Default none.</summary>
    public IReadOnlyList<IPAddress> Proxies { get; init; } = [];

    /// <summary>How often routes may be used.</summary>
    public Paces Paces { get; init; } = new();

    /// <summary>How problems look in browsers; null for JSON everywhere.</summary>
    public Func<HttpContext, Problem, Task>? ProblemPages { get; init; }
}

/// <summary>A server that runs. Disposing it lets requests end for some seconds.</summary>
public sealed class TouchstoneServer : IAsyncDisposable
{
    private static readonly TimeSpan TidyEvery = TimeSpan.FromHours(1);

    private readonly WebApplication _app;
    private readonly ITimer _tidying;

    private TouchstoneServer(WebApplication app, ITimer tidying) => (_app, _tidying) = (app, tidying);

    /// <summary>Where it listens.</summary>
    public IReadOnlyList<string> Addresses =>
        [.. _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];

    /// <summary>Starts a server.</summary>
    /// <param name="desk">What it works with; stays the caller's.</param>
    /// <param name="settings">How it listens.</param>
    /// <param name="routes">What it does; <see cref="Routes.All"/> but in tests.</param>
    /// <param name="token">Ends starting.</param>
    /// <exception cref="IOException">An address is in use, or not this machine's, or not for this user.</exception>
    public static async Task<TouchstoneServer> StartAsync(
        Desk desk, ServerSettings settings, IReadOnlyList<Route> routes, CancellationToken token = default)
    {
        await desk.Uploads.TidyAsync(token);
        desk.Store.ForgetSessions();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls([.. settings.Urls]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64 << 10;
            kestrel.Limits.MaxRequestLineSize = 8 << 10;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
            kestrel.Limits.MaxConcurrentConnections = 4096;
            var connections = new ConnectionLimit(settings.Paces.Connections, settings.Proxies);
            kestrel.ConfigureEndpointDefaults(listen => listen.Use(next => connection => connections.ServeAsync(connection, next)));
        });
        var app = builder.Build();
        if (settings.Proxies.Count > 0)
        {
            app.UseForwardedHeaders(Trusting(settings.Proxies));
        }

        var answers = new ProblemAnswers(desk, settings.ProblemPages);
        var gate = new Gate(desk, settings.Paces);
        app.Use(next => context => answers.AnswerAsync(context, next));
        app.UseRouting();
        foreach (var route in routes)
        {
            app.MapMethods(
                route.Path,
                route.Method == "GET" ? ["GET", "HEAD"] : [route.Method],
                (RequestDelegate)(context => gate.PassAsync(context, route)));
        }

        try
        {
            await app.StartAsync(token);
        }
        catch (SocketException fault)
        {
            throw new IOException($"It cannot listen at {string.Join(", ", settings.Urls)}: {fault.Message}. Give another address or port.", fault);
        }

        return new TouchstoneServer(app, desk.Clock.CreateTimer(_ => Tidy(desk), null, TidyEvery, TidyEvery));
    }

    /// <summary>Runs until it is told to end.</summary>
    /// <param name="token">Tells it.</param>
    public Task WaitAsync(CancellationToken token) => ((IHost)_app).WaitForShutdownAsync(token);

    /// <summary>Stops listening, lets requests end, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _tidying.DisposeAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
    }

    /// <summary>
    /// Where a request comes from is told by proxies; which host it is for is what the browser wrote into Host, and clients
    /// can write an X-Forwarded-Host that proxies pass on.
    /// </summary>
    private static ForwardedHeadersOptions Trusting(IReadOnlyList<IPAddress> proxies)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            options.KnownProxies.Add(proxy);
        }

        return options;
    }

    /// <summary>A timer calls it: what it threw would end the server, whatever it is.</summary>
    private static void Tidy(Desk desk)
    {
        try
        {
            desk.Store.ForgetSessions();
            desk.Uploads.TidyAsync(CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (Exception fault)
        {
            TryTell(desk, $"Old uploads could not be removed; tried again in {TidyEvery}: {fault.Message}");
        }
    }

    private static void TryTell(Desk desk, string line)
    {
        try
        {
            desk.Log(line);
        }
        catch (IOException)
        {
            // The log is a file on a full disk.
        }
    }
}
