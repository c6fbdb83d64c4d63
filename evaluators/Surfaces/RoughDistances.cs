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
    private readonly double _unit;
    private readonly float _x;
    private readonly float _y;
    private readonly float _z;

    /// <summary>Prepares for a grid.</summary>
    /// <param name="spacing">Millimetres a step.</param>
    public RoughDistances(Spacing spacing)
    {
        _unit = Math.Max(spacing.X, Math.Max(spacing.Y, spacing.Z));
        (_x, _y, _z) = ((float)(spacing.X / _unit), (float)(spacing.Y / _unit), (float)(spacing.Z / _unit));
    }

    /// <summary>What is farther than this, here, is farther than a bound.</summary>
    /// <param name="squared">The bound, an exact squared distance in mm².</param>
    public Vector512<float> LimitOf(double squared) =>
        Vector512.Create((float)(squared / _unit / _unit * (1 + 1e-5)) + 1e-30f);

    /// <summary>Which of some squared distances are within a limit, one bit each.</summary>
    /// <param name="dx">Steps along x.</param>
    /// <param name="dy">Steps along y.</param>
    /// <param name="dz">Steps along z.</param>
    /// <param name="limit">The limit.</param>
    public ulong Within(Vector512<float> dx, Vector512<float> dy, Vector512<float> dz, Vector512<float> limit)
    {
        var (x, y, z) = (dx * _x, dy * _y, dz * _z);
        return Vector512.LessThanOrEqual((x * x) + (y * y) + (z * z), limit).ExtractMostSignificantBits();
    }
}
