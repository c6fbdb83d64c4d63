using System.Numerics;

namespace Touchstone.Harness.Phantoms;

/// <summary>Kidneys, adrenal glands, spleen, pancreas with its veins, liver and gall bladder.</summary>
public static class SolidOrgans
{
    private static readonly TissueSet Fat = TissueSet.VisceralFat;

    /// <summary>Draws what lies behind the peritoneum.</summary>
    /// <param name="canvas">A body with bones, lungs and great vessels.</param>
    /// <param name="patient">Tells which organs were taken out.</param>
    /// <param name="random">Gives size, place and shape.</param>
    public static void DrawRetroperitoneum(Canvas canvas, Patient patient, SeededRandom random)
    {
        if (patient.HasLeftKidney)
        {
            DrawKidney(canvas, -1, 2, Tissue.KidneyLeft, random);
        }

        DrawKidney(canvas, 1, -14, Tissue.KidneyRight, random);
        DrawAdrenal(canvas, -1, 62, Tissue.AdrenalLeft, random);
        DrawAdrenal(canvas, 1, 52, Tissue.AdrenalRight, random);
        if (patient.HasSpleen)
        {
            DrawSpleen(canvas, random);
        }

        DrawPancreas(canvas, random);
    }

    /// <summary>Draws liver and gall bladder.</summary>
    /// <param name="canvas">As <see cref="DrawRetroperitoneum"/> leaves it.</param>
    /// <param name="patient">Tells whether the gall bladder was taken out.</param>
    /// <param name="random">Gives size, place and shape.</param>
    public static void DrawLiver(Canvas canvas, Patient patient, SeededRandom random)
    {
        var biliary = Variation.Of(new(52, 44, -2), random, shiftMm: 4, growth: 0.13f);
        if (patient.HasGallBladder)
        {
            var turn = Quaternion.CreateFromYawPitchRoll(0, 0.5f, 0.25f);
            canvas.Draw(biliary.Ellipsoid(54, 46, -4, new(14, 30, 16), turn), Tissue.GallBladder, Fat);
        }

        var liver = Variation.Of(new(60, 10, 50), random, shiftMm: 3, growth: 0.08f);
        canvas.Draw(
            [
                liver.Ellipsoid(80, -6, 40, new(68, 78, 84), Quaternion.CreateFromYawPitchRoll(0, 0.1f, -0.1f)),
                liver.Ellipsoid(34, 34, 62, new(82, 50, 42), Quaternion.CreateFromYawPitchRoll(-0.25f, 0, 0.1f)),
                liver.Ellipsoid(-34, 46, 72, new(52, 32, 24), Quaternion.CreateFromYawPitchRoll(-0.3f, 0, 0.15f)),
            ],
            Tissue.Liver, Fat, point => !IsHilum(point));
        var portal = Tube.Through(liver.Knots(
            Knot.At(26, 4, 18, 7), Knot.At(36, 14, 40, 6.5f), Knot.At(58, 10, 54, 5.5f), Knot.At(82, -6, 58, 4)));
        canvas.Draw(portal, Tissue.PortalVein, TissueSet.Of(Tissue.Liver, Tissue.VisceralFat));
    }

    // The hollow below the left lobe and beside the right one where stomach, duodenum and pancreas lie.
    private static bool IsHilum(Vector3 point) =>
        point.Z < 50 && ((point - new Vector3(2, 22, -12)) / new Vector3(68, 72, 58)).LengthSquared() < 1;

    private static void DrawKidney(Canvas canvas, float side, float z, Tissue tissue, SeededRandom random)
    {
        var kidney = Variation.Of(new(side * 66, -46, z), random, shiftMm: 4, growth: 0.07f);
        var tilt = Quaternion.CreateFromAxisAngle(Vector3.UnitY, side * 0.22f);
        var outline = kidney.Ellipsoid(side * 66, -46, z, new(28, 27, 54), tilt);
        var sinus = kidney.Ellipsoid(side * 48, -38, z, new(20, 11, 22), tilt);
        canvas.Draw(outline, tissue, Fat, point => !sinus.Contains(point));
        canvas.Draw(sinus with { Radii = sinus.Radii * 0.55f }, Tissue.SoftTissue, Fat);
    }

    private static void DrawAdrenal(Canvas canvas, float side, float z, Tissue tissue, SeededRandom random)
    {
        var gland = Variation.Of(new(side * 42, -36, z), random, shiftMm: 2, growth: 0.1f);
        canvas.Draw(Tube.Through(gland.Knots(
            Knot.At(side * 34, -28, z + 12, 3.2f), Knot.At(side * 40, -34, z + 2, 4),
            Knot.At(side * 46, -48, z - 12, 3.2f))), tissue, Fat);
        canvas.Draw(Tube.Through(gland.Knots(
            Knot.At(side * 40, -34, z + 2, 3.8f), Knot.At(side * 54, -38, z - 10, 3.2f))), tissue, Fat);
    }

    private static void DrawSpleen(Canvas canvas, SeededRandom random)
    {
        var spleen = Variation.Of(new(-104, -36, 48), random, shiftMm: 4, growth: 0.12f);
        var turn = Quaternion.CreateFromYawPitchRoll(0.2f, 0.25f, 0.35f);
        var outline = spleen.Ellipsoid(-106, -34, 46, new(32, 50, 54), turn);
        var hollow = spleen.Ellipsoid(-66, -12, 42, new(30, 46, 52));
        canvas.Draw(outline, Tissue.Spleen, Fat, point => !hollow.Contains(point));
    }

    private static void DrawPancreas(Canvas canvas, SeededRandom random)
    {
        var pancreas = Variation.Of(new(-18, 10, 8), random, shiftMm: 4, growth: 0.08f);
        canvas.Draw(Tube.Through(pancreas.Knots(
            Knot.At(-10, -6, 8, 5), Knot.At(-40, -4, 20, 4.5f), Knot.At(-84, -30, 34, 4))), Tissue.PortalVein, Fat);
        canvas.Draw(Tube.Through(pancreas.Knots(
            Knot.At(18, -2, -28, 5), Knot.At(16, 0, -5, 5.5f), Knot.At(24, 4, 18, 6.5f))), Tissue.PortalVein, Fat);
        canvas.Draw(Tube.Through(pancreas.Knots(
            Knot.At(26, 6, -32, 12), Knot.At(30, 10, -12, 16), Knot.At(18, 18, 4, 11), Knot.At(-8, 20, 12, 11),
            Knot.At(-42, 6, 22, 12), Knot.At(-82, -22, 36, 9))), Tissue.Pancreas, Fat);
    }
}
