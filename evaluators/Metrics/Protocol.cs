namespace Touchstone.Evaluators;

/// <summary>
/// Which definition of the metrics is meant. Implementations in the field differ by tens of points on the same masks, so
/// no score exists without its protocol.
/// </summary>
public sealed record Protocol
{
    /// <summary>The protocols that can be named.</summary>
    public static IReadOnlyList<string> Names { get; } = ["surface-distance"];

    /// <summary>One of <see cref="Names"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Distance up to which surfaces agree in NSD, in millimetres, inclusive. Default 1 mm.</summary>
    public double ToleranceMm { get; init; } = 1;
}
