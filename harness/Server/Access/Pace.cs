namespace Touchstone.Harness.Server.Access;

/// <summary>How often a route may be used.</summary>
public enum Pace
{
    /// <summary>As often as anybody likes: files that are cheap to send.</summary>
    Free,

    /// <summary>By one team or organiser, or one address without a token: <see cref="Paces.Ordinary"/>.</summary>
    Ordinary,

    /// <summary>Where secrets are tried: wrong ones by one address, right ones by themselves, <see cref="Paces.Credentials"/>.</summary>
    Credentials,
}

/// <summary>Requests that may come at once, and how many more each second.</summary>
/// <param name="Burst">At once; at least 1.</param>
/// <param name="PerSecond">Further ones, above 0.</param>
public sealed record Rate(int Burst, double PerSecond);

/// <summary>The rates of a server.</summary>
public sealed record Paces
{
    /// <summary>Default 240 at once, 20 a second after that.</summary>
    public Rate Ordinary { get; init; } = new(240, 20);

    /// <summary>Default 10 at once, one in six seconds after that.</summary>
    public Rate Credentials { get; init; } = new(10, 1 / 6.0);

    /// <summary>Most connections of one address, proxies apart. Default 256.</summary>
    public int Connections { get; init; } = 256;
}
