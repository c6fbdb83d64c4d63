using System.Numerics;

namespace Touchstone.Harness.Phantoms;

/// <summary>
/// Skin, fat, the muscles of the wall and the space inside, as nested rounded boxes that change along the body.
/// </summary>
public static class BodyWall
{
    private const float SkinMm = 2.5f;
    private const float MuscleMm = 10;

    // Half width and half depth of the muscles' outside, by height, in millimetres of the reference anatomy.
    private static readonly (float Z, float HalfWidth, float HalfDepth)[] Outline =
    [
        (-260, 158, 96), (-180, 160, 98), (-110, 150, 92), (-40, 141, 93), (40, 146, 97), (100, 143, 98), (160, 136, 96),
    ];

    /// <summary>Fills an empty canvas with a body without organs.</summary>
    /// <param name="canvas">All air.</param>
    /// <param name="patient">Gives the fat.</param>
    public static void Draw(Canvas canvas, Patient patient) =>
        canvas.Repaint((point, was) => At(point, patient.FatMm, was));

    /// <summary>Whether a point lies within the muscles' outside, grown or shrunk.</summary>
    /// <param name="point">Millimetres.</param>
    /// <param name="growMm">Millimetres added to the half axes; negative for the inside.</param>
    public static bool Contains(Vector3 point, float growMm)
    {
        var (halfWidth, halfDepth) = OutlineAt(point.Z);
        var u = point.X / (halfWidth + growMm);
        var v = point.Y / (halfDepth + growMm);
        if (MathF.Abs(u) > 1 || MathF.Abs(v) > 1)
        {
            return false;
        }

        // Between an ellipse (no mixed term) and a rectangle (mixed term with factor 1).
        var (uu, vv) = (u * u, v * v);
        return uu + vv - (0.45f * uu * vv) <= 1;
    }

    private static Tissue At(Vector3 point, float fatMm, Tissue was)
    {
        var fat = FatMmAt(point, fatMm);
        return !Contains(point, fat + SkinMm) ? was
            : !Contains(point, fat) ? Tissue.Skin
            : !Contains(point, 0) ? Tissue.Fat
            : !Contains(point, -MuscleMm) ? Tissue.Muscle
            : Tissue.VisceralFat;
    }

    // Thicker at the flanks and the seat than over the breastbone.
    private static float FatMmAt(Vector3 point, float fatMm)
    {
        var flank = MathF.Min(MathF.Abs(point.X) / 150, 1);
        var low = Math.Clamp((40 - point.Z) / 200, 0, 1);
        var back = point.Y < 0 ? 0.25f * low : 0;
        return fatMm * (0.55f + (0.25f * flank) + (0.3f * low) + back);
    }

    private static (float HalfWidth, float HalfDepth) OutlineAt(float z)
    {
        for (var i = 1; i < Outline.Length; i++)
        {
            if (z <= Outline[i].Z || i == Outline.Length - 1)
            {
                var (low, high) = (Outline[i - 1], Outline[i]);
                var t = Math.Clamp((z - low.Z) / (high.Z - low.Z), 0, 1);
                return (float.Lerp(low.HalfWidth, high.HalfWidth, t), float.Lerp(low.HalfDepth, high.HalfDepth, t));
            }
        }

        throw new InvalidOperationException("The outline has no entry.");
    }
}
