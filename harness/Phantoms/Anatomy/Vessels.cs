using System.Numerics;

namespace Touchstone.Harness.Phantoms;

/// <summary>The great vessels in front of the spine and their branches in the pelvis.</summary>
public static class Vessels
{
    private static readonly TissueSet Beds = TissueSet.Of(
        Tissue.VisceralFat, Tissue.Fat, Tissue.Muscle, Tissue.LungLeft, Tissue.LungRight, Tissue.Heart, Tissue.Disc);

    /// <summary>Draws aorta, vena cava and iliac vessels.</summary>
    /// <param name="canvas">A body with bones and lungs.</param>
    /// <param name="patient">Old vessels are wide and wind.</param>
    /// <param name="random">Gives width and course.</param>
    public static void Draw(Canvas canvas, Patient patient, SeededRandom random)
    {
        var wide = 1 + (0.006f * (patient.Age - 55));
        var wind = 0.12f * MathF.Max(patient.Age - 40, 0) * random.Normal() / 2;
        var aorta = Variation.Of(new(-12, -30, 20), random, shiftMm: 2, growth: 0.05f);
        canvas.Draw(Tube.Through(aorta.Knots(
            OnSpine(-16, 33, 200, 12 * wide), OnSpine(-15, 33, 130, 11.5f * wide),
            OnSpine(-11 + wind, 34, 60, 10.5f * wide),
            OnSpine(-10 - wind, 34, 0, 9.5f * wide), OnSpine(-8, 33, -72, 8.5f * wide))), Tissue.Aorta, Beds);

        var cava = Variation.Of(new(22, -25, 0), random, shiftMm: 2, growth: 0.08f);
        canvas.Draw(Tube.Through(cava.Knots(
            OnSpine(16, 31, -80, 9), OnSpine(20, 32, -30, 10.5f), OnSpine(22, 34, 20, 11), Knot.At(26, -22, 60, 12),
            Knot.At(24, -8, 92, 13), Knot.At(16, 2, 112, 13))), Tissue.Postcava, Beds);

        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            Knot[] iliac =
            [
                Knot.At(side * 4, -26, -72, 6.5f), Knot.At(side * 26, -26, -110, 6), Knot.At(side * 48, 0, -155, 5.5f),
                Knot.At(side * 62, 48, -205, 5.5f), Knot.At(side * 66, 54, -250, 5),
            ];
            canvas.Draw(Tube.Through(iliac), Tissue.IliacVessel, TissueSet.Filling);
            var besideMm = new Vector3(side * -4, -11, 0);
            Knot[] vein = [.. iliac.Select(knot => knot with { Centre = knot.Centre + besideMm })];
            canvas.Draw(Tube.Through(vein), Tissue.IliacVessel, TissueSet.Filling);
        }
    }

    private static Knot OnSpine(float x, float forwardMm, float z, float radius) =>
        Knot.At(x, Skeleton.SpineY(z) + forwardMm, z, radius);
}
