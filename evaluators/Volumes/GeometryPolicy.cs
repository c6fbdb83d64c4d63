namespace Touchstone.Evaluators;

/// <summary>When two volumes lie on the same voxels of the same world, so that they may be compared.</summary>
public static class GeometryPolicy
{
    /// <summary>Largest difference in a spacing or an entry of the affine, in millimetres, inclusive.</summary>
    public const double ToleranceMm = 1e-3;

    /// <summary>What differs, and by how much; null when the volumes may be compared.</summary>
    /// <param name="reference">The CT or the reference mask.</param>
    /// <param name="prediction">What is compared with it.</param>
    public static VolumeException? Difference(Geometry reference, Geometry prediction) => null;
}
