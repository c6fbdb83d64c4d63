using System.Numerics;

namespace Touchstone.Harness.Phantoms;

/// <summary>
/// How one organ of one patient differs from the reference anatomy: moved, scaled and turned about its middle.
/// </summary>
/// <param name="Middle">What it turns and grows about, millimetres.</param>
/// <param name="ShiftMm">Displacement.</param>
/// <param name="Scale">Factor per axis.</param>
/// <param name="Turn">Rotation.</param>
public sealed record Variation(Vector3 Middle, Vector3 ShiftMm, Vector3 Scale, Quaternion Turn)
{
    /// <summary>A random variation.</summary>
    /// <param name="middle">What the organ turns and grows about, millimetres.</param>
    /// <param name="random">Where the numbers come from.</param>
    /// <param name="shiftMm">Standard deviation of the displacement along each axis.</param>
    /// <param name="growth">Standard deviation of the factors.</param>
    public static Variation Of(Vector3 middle, SeededRandom random, float shiftMm = 3, float growth = 0.07f)
    {
        var size = 1 + (growth * random.Normal());
        return new Variation(
            middle,
            shiftMm * new Vector3(random.Normal(), random.Normal(), random.Normal()),
            new Vector3(size) + (0.5f * growth * new Vector3(random.Normal(), random.Normal(), random.Normal())),
            Quaternion.CreateFromYawPitchRoll(0.07f * random.Normal(), 0.07f * random.Normal(), 0.07f * random.Normal()));
    }

    /// <summary>The ellipsoid of this patient.</summary>
    /// <param name="x">Centre in the reference anatomy, millimetres.</param>
    /// <param name="y">Likewise.</param>
    /// <param name="z">Likewise.</param>
    /// <param name="radii">Half axes in the reference anatomy, millimetres.</param>
    /// <param name="turn">Rotation in the reference anatomy; null for none.</param>
    public Ellipsoid Ellipsoid(float x, float y, float z, Vector3 radii, Quaternion? turn = null) =>
        new(Moved(new(x, y, z)), radii * Scale, Turn * (turn ?? Quaternion.Identity));

    /// <summary>The tube's knots of this patient.</summary>
    /// <param name="knots">Knots in the reference anatomy.</param>
    public IReadOnlyList<Knot> Knots(params ReadOnlySpan<Knot> knots)
    {
        var moved = new Knot[knots.Length];
        var width = (Scale.X + Scale.Y + Scale.Z) / 3;
        for (var i = 0; i < knots.Length; i++)
        {
            moved[i] = new Knot(Moved(knots[i].Centre), knots[i].Radius * width);
        }

        return moved;
    }

    private Vector3 Moved(Vector3 point) => Middle + ShiftMm + Vector3.Transform((point - Middle) * Scale, Turn);
}
