using Touchstone.Harness.Server.Access;
using Touchstone.Harness.Server.Work;

namespace Touchstone.Harness.Server.Api;

/// <summary>Whether the server can do its work, for whoever watches it. No number: what is free on a disk tells of others' outputs.</summary>
internal static class HealthRoute
{
    /// <summary>The route.</summary>
    public static Route Only { get; } = new()
    {
        Method = "GET",
        Path = "/healthz",
        Access = RequiredAccess.Anyone,
        Pace = Pace.Free,
        Handler = ShowAsync,
        Summary = "Tells whether store, worker, disk and engine work; 503 when one of them does not.",
        Response = ApiJson.Wire.HealthAnswer,
    };

    private static Task ShowAsync(Exchange exchange)
    {
        var desk = exchange.Desk;
        var worker = Heartbeat.Read(desk.Workspace);
        var isAlive = worker?.IsAlive(desk.Clock.GetUtcNow()) == true;
        var answer = new HealthAnswer(Works(() => desk.Store.Check()), isAlive, Works(desk.Uploads.CheckRoom), isAlive && worker!.EngineFault is null);
        return exchange.WriteAsync(answer, ApiJson.Wire.HealthAnswer, answer is { Store: true, Worker: true, Disk: true, Engine: true } ? 200 : 503);
    }

    private static bool Works(Action check)
    {
        try
        {
            check();
            return true;
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException or Microsoft.Data.Sqlite.SqliteException)
        {
            return false;
        }
    }
}

/// <summary>What works.</summary>
/// <param name="Store">The database of teams and attempts.</param>
/// <param name="Worker">The process that runs attempts: it was heard of in the last minute.</param>
/// <param name="Disk">There is room to take an image in.</param>
/// <param name="Engine">The worker reaches the container engine.</param>
internal sealed record HealthAnswer(bool Store, bool Worker, bool Disk, bool Engine);
