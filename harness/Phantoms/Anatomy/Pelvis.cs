using System.Numerics;

namespace Touchstone.Harness.Phantoms;

/// <summary>Bladder and prostate or uterus.</summary>
public static class Pelvis
{
    /// <summary>Draws the organs of the small pelvis.</summary>
    /// <param name="canvas">A body with bones and muscles.</param>
    /// <param name="patient">Man or woman.</param>
    /// <param name="random">Gives the bladder's filling, and sizes.</param>
    public static void Draw(Canvas canvas, Patient patient, SeededRandom random)
    {
        var filling = random.Between(0.75f, 1.2f);
        var bladder = Variation.Of(new(0, 26, -192), random, shiftMm: 3, growth: 0.05f);
        canvas.Draw(bladder.Ellipsoid(0, 26, -200 + (16 * filling), filling * new Vector3(40, 31, 30)), Tissue.Bladder,
            TissueSet.Of(Tissue.VisceralFat, Tissue.Muscle));
        var genital = Variation.Of(new(0, 0, -190), random, shiftMm: 2, growth: 0.15f);
        if (patient.IsMale)
        {
            canvas.Draw(genital.Ellipsoid(0, 12, -228, new(24, 18, 20)), Tissue.Prostate, TissueSet.VisceralFat);
        }
        else
        {
            canvas.Draw(genital.Ellipsoid(4, -12, -172, new(28, 20, 32)), Tissue.SoftTissue, TissueSet.VisceralFat);
        }
    }
}
