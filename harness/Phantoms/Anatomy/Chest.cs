using System.Numerics;

namespace Touchstone.Harness.Phantoms;

/// <summary>The lower chest: lungs over the two domes of the diaphragm, the heart, and what lies between.</summary>
public static class Chest
{
    private const float DiaphragmMm = 4;
    private const float LowestMm = 12;

    /// <summary>Draws diaphragm, lungs and heart.</summary>
    /// <param name="canvas">A body with bones and without organs.</param>
    /// <param name="random">Gives how deep the patient has breathed in, and the heart's size.</param>
    public static void Draw(Canvas canvas, SeededRandom random)
    {
        var breathMm = 7 * random.Normal();
        canvas.Repaint((point, was) => was == Tissue.VisceralFat ? At(point, breathMm) : was);

        var heart = Variation.Of(new(-28, 12, 128), random, growth: 0.05f);
        canvas.Draw(heart.Ellipsoid(-30, 22, 128, new(58, 46, 38)), Tissue.Heart,
            TissueSet.Of(Tissue.Fat, Tissue.LungLeft, Tissue.LungRight));
    }

    private static Tissue At(Vector3 point, float breathMm)
    {
        var dome = DomeAt(point) + breathMm;
        return point.Z < dome || point.Z < LowestMm ? Tissue.VisceralFat
            : point.Z < dome + DiaphragmMm ? Tissue.Muscle
            : IsBetweenLungs(point) ? Tissue.Fat
            : point.X < 0 ? Tissue.LungLeft
            : Tissue.LungRight;
    }

    // The right dome stands higher; both fall off to the sides and further to the back.
    private static float DomeAt(Vector3 point)
    {
        var (middleX, top) = point.X > 0 ? (58f, 98f) : (-62f, 88f);
        var u = (point.X - middleX) / 78;
        var v = (point.Y - 8) / (point.Y < 8 ? 82 : 92);
        return top - (72 * ((u * u) + (v * v)));
    }

    private static bool IsBetweenLungs(Vector3 point)
    {
        var u = (point.X + 4) / 32;
        var v = (point.Y - 20) / 78;
        return (u * u) + (v * v) < 1 || (point.Y < -30 && MathF.Abs(point.X + 2) < 25);
    }
}
