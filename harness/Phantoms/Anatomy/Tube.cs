using System.Numerics;

namespace Touchstone.Harness.Phantoms;

/// <summary>A point that a tube runs through.</summary>
/// <param name="Centre">Millimetres.</param>
/// <param name="Radius">Millimetres.</param>
public readonly record struct Knot(Vector3 Centre, float Radius)
{
    /// <summary>A knot from its four numbers, all in millimetres.</summary>
    public static Knot At(float x, float y, float z, float radius) => new(new(x, y, z), radius);
}

/// <summary>Tubes of varying width along smooth curves.</summary>
public static class Tube
{
    private const int StepsPerKnot = 6;

    /// <summary>Capsules along a Catmull-Rom curve through the knots.</summary>
    /// <param name="knots">At least two.</param>
    public static IReadOnlyList<Solid> Through(IReadOnlyList<Knot> knots)
    {
        var capsules = new List<Solid>((knots.Count - 1) * StepsPerKnot);
        var last = knots[0];
        for (var i = 0; i + 1 < knots.Count; i++)
        {
            for (var step = 1; step <= StepsPerKnot; step++)
            {
                var next = Between(knots, i, step / (float)StepsPerKnot);
                capsules.Add(new Capsule(last.Centre, next.Centre, last.Radius, next.Radius));
                last = next;
            }
        }

        return capsules;
    }

    /// <summary>The same curve, thinner: what lies inside a wall.</summary>
    /// <param name="knots">The outer tube.</param>
    /// <param name="wallMm">Thickness of the wall in millimetres.</param>
    public static IReadOnlyList<Knot> Inside(IReadOnlyList<Knot> knots, float wallMm) =>
        [.. knots.Select(knot => knot with { Radius = MathF.Max(knot.Radius - wallMm, 0.5f) })];

    private static Knot Between(IReadOnlyList<Knot> knots, int i, float t)
    {
        var (a, b) = (knots[i], knots[i + 1]);
        var before = knots[Math.Max(i - 1, 0)].Centre;
        var after = knots[Math.Min(i + 2, knots.Count - 1)].Centre;
        var centre = 0.5f * ((2 * a.Centre)
            + (t * (b.Centre - before))
            + (t * t * ((2 * before) - (5 * a.Centre) + (4 * b.Centre) - after))
            + (t * t * t * ((3 * a.Centre) - before - (3 * b.Centre) + after)));
        return new Knot(centre, a.Radius + (t * (b.Radius - a.Radius)));
    }
}
