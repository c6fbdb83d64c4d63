using System.Numerics;

namespace Touchstone.Harness.Phantoms;

/// <summary>
/// A solid in millimetres: an ellipsoid turned in space, or a capsule whose two ends differ in radius.
/// </summary>
public abstract record Solid
{
    /// <summary>Corner of the smallest values of a box that holds the solid.</summary>
    public abstract Vector3 Low { get; }

    /// <summary>Corner of the largest values of a box that holds the solid.</summary>
    public abstract Vector3 High { get; }

    /// <summary>Whether the point lies inside.</summary>
    /// <param name="point">Millimetres.</param>
    public abstract bool Contains(Vector3 point);
}

/// <summary>An ellipsoid.</summary>
/// <param name="Centre">Millimetres.</param>
/// <param name="Radii">Half axes in millimetres.</param>
/// <param name="Turn">Rotation from its own axes to the patient's.</param>
public sealed record Ellipsoid(Vector3 Centre, Vector3 Radii, Quaternion Turn) : Solid
{
    /// <inheritdoc/>
    public override Vector3 Low => Centre - new Vector3(Reach);

    /// <inheritdoc/>
    public override Vector3 High => Centre + new Vector3(Reach);

    private float Reach => MathF.Max(Radii.X, MathF.Max(Radii.Y, Radii.Z));

    /// <inheritdoc/>
    public override bool Contains(Vector3 point) =>
        (Vector3.Transform(point - Centre, Quaternion.Conjugate(Turn)) / Radii).LengthSquared() <= 1;
}

/// <summary>
/// A capsule: everything nearer to the segment than a radius that runs evenly from one end to the other.
/// </summary>
/// <param name="From">One end, millimetres.</param>
/// <param name="To">Other end, millimetres.</param>
/// <param name="FromRadius">Radius at <paramref name="From"/>, millimetres.</param>
/// <param name="ToRadius">Radius at <paramref name="To"/>, millimetres.</param>
public sealed record Capsule(Vector3 From, Vector3 To, float FromRadius, float ToRadius) : Solid
{
    /// <inheritdoc/>
    public override Vector3 Low => Vector3.Min(From, To) - new Vector3(Reach);

    /// <inheritdoc/>
    public override Vector3 High => Vector3.Max(From, To) + new Vector3(Reach);

    private float Reach => MathF.Max(FromRadius, ToRadius);

    /// <inheritdoc/>
    public override bool Contains(Vector3 point)
    {
        var along = To - From;
        var t = Math.Clamp(Vector3.Dot(point - From, along) / MathF.Max(along.LengthSquared(), 1e-6f), 0, 1);
        var radius = FromRadius + (t * (ToRadius - FromRadius));
        return Vector3.DistanceSquared(point, From + (t * along)) <= radius * radius;
    }
}
