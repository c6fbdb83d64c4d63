using System.Runtime.Intrinsics;

namespace Touchstone.Evaluators;

/// <summary>
/// Squared distances in single precision, to rule out quickly what cannot be nearest. Places are whole numbers below 2^16 and
/// exact; the rest rounds by less than a millionth, and limits allow for ten times that.
/// </summary>
internal readonly struct RoughDistances
{
    /// <summary>Places or boxes that are tested at once.</summary>
    public static readonly int Lanes = Vector512<float>.Count;

    // Distances are in units of the greatest spacing, so that none is too great or too small for single precision.
    private readonly double _perUnit;
    private readonly float _x;
    private readonly float _y;
    private readonly float _z;

    /// <summary>Prepares for a grid.</summary>
    /// <param name="spacing">Millimetres a step.</param>
    public RoughDistances(Spacing spacing)
    {
        _perUnit = 1 / Math.Max(spacing.X, Math.Max(spacing.Y, spacing.Z));
        (_x, _y, _z) = ((float)(spacing.X * _perUnit), (float)(spacing.Y * _perUnit), (float)(spacing.Z * _perUnit));
    }

    /// <summary>What is farther than this, here, is farther than a bound.</summary>
    /// <param name="squared">The bound, an exact squared distance in mm².</param>
    public Vector512<float> LimitOf(double squared) =>
        Vector512.Create((float)(squared * _perUnit * _perUnit * (1 + 1e-5)) + 1e-30f);

    /// <summary>Squared distances, to be compared with limits.</summary>
    /// <param name="dx">Steps along x.</param>
    /// <param name="dy">Steps along y.</param>
    /// <param name="dz">Steps along z.</param>
    public Vector512<float> Squared(Vector512<float> dx, Vector512<float> dy, Vector512<float> dz)
    {
        var (x, y, z) = (dx * _x, dy * _y, dz * _z);
        return (x * x) + (y * y) + (z * z);
    }

    /// <summary>Which of some squared distances are within a limit, one bit each.</summary>
    /// <param name="squared">The distances.</param>
    /// <param name="limit">The limit.</param>
    public static ulong Within(Vector512<float> squared, Vector512<float> limit) =>
        Vector512.LessThanOrEqual(squared, limit).ExtractMostSignificantBits();
}

/// <summary>A box, ready to be compared with vectors of boxes or points.</summary>
/// <param name="box">The box; one place alone is a box too.</param>
internal readonly struct RoughBox(Box box)
{
    /// <summary>First place along x.</summary>
    public readonly Vector512<float> X0 = Vector512.Create((float)box.X0);

    /// <summary>Last place along x.</summary>
    public readonly Vector512<float> X1 = Vector512.Create((float)box.X1);

    /// <summary>First place along y.</summary>
    public readonly Vector512<float> Y0 = Vector512.Create((float)box.Y0);

    /// <summary>Last place along y.</summary>
    public readonly Vector512<float> Y1 = Vector512.Create((float)box.Y1);

    /// <summary>First place along z.</summary>
    public readonly Vector512<float> Z0 = Vector512.Create((float)box.Z0);

    /// <summary>Last place along z.</summary>
    public readonly Vector512<float> Z1 = Vector512.Create((float)box.Z1);
}
