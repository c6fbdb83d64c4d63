namespace Touchstone.Harness.Server.Work;

/// <summary>How a worker goes about the queue.</summary>
public sealed record WorkSettings
{
    /// <summary>Who it is, for people.</summary>
    public required string Name { get; init; }

    /// <summary>How long its hold on an attempt is good without renewal. Default a minute.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often it renews. Default 15 seconds.</summary>
    public TimeSpan RenewEvery { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often it looks for work. Default a second.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long it waits when the machine cannot work just now: engine or disk. Default half a minute.</summary>
    public TimeSpan WaitForMachine { get; init; } = TimeSpan.FromSeconds(30);
}
