namespace Touchstone.Evaluators;

/// <summary>
/// The metrics of one protocol, prepared for the grid of one case. Safe to use from several threads at once.
/// </summary>
internal interface IStructureMetrics
{
    /// <summary>Fills in what the protocol defines.</summary>
    /// <param name="score">Names, counts and volumes; every metric of a protocol still null.</param>
    /// <param name="reference">The true mask.</param>
    /// <param name="prediction">The mask that is judged.</param>
    public StructureScore Score(StructureScore score, Mask reference, Mask prediction);

    /// <summary>The metrics of a protocol.</summary>
    /// <param name="protocol">Validated.</param>
    /// <param name="spacing">Spacing of the case's grid.</param>
    public static IStructureMetrics Of(Protocol protocol, Spacing spacing) => protocol.Name switch
    {
        Protocol.BodyMaps2024 => new BodyMapsMetrics(spacing),
        Protocol.Monai => new MonaiMetrics(protocol, spacing),
        Protocol.SurfaceDistance => new SurfaceDistanceMetrics(protocol, spacing),
        _ => throw new ArgumentException($"There is no protocol \"{protocol.Name}\".", nameof(protocol)),
    };
}
