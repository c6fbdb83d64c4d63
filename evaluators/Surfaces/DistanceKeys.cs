namespace Touchstone.Evaluators;

/// <summary>
/// Distances up to a cap as whole numbers that fit a vector of 16-bit lanes. The key of a distance is the sum of a key by axis,
/// each its steps' squared distance in equal parts of the cap, rounded: so of two distances the lesser may have the greater
/// key, but by no more than <see cref="Margin"/>, and what lies within that is compared exactly.
/// </summary>
internal sealed class DistanceKeys
{
    /// <summary>Stands for every distance beyond the cap; twice this still fits.</summary>
    public const short Nothing = short.MaxValue / 2;

    /// <summary>By how much the key of the nearest point may exceed the least key: three roundings by a half, twice.</summary>
    public const int Margin = 3;

    /// <summary>The greatest key at which nothing that may be nearest is beyond the cap.</summary>
    public const int MaxCertain = Nothing - 1 - Margin;

    /// <summary>More than double precision rounds a distance by, in keys.</summary>
    private const double Rounding = 1e-3;

    private readonly SquaredDistances _distances;
    private readonly double _perSquared;
    private readonly (int Dx, int Dy, double Squared)[] _inSlice;
    private readonly int[] _firstInSlice = new int[Nothing];
    private readonly bool[] _isOneDistance = new bool[Nothing];

    /// <summary>Prepares for a cap.</summary>
    /// <param name="distances">Squared distances at the grid's spacing.</param>
    /// <param name="capSquared">The cap squared, in mm².</param>
    /// <param name="box">No two points are farther from each other than its sides.</param>
    public DistanceKeys(SquaredDistances distances, double capSquared, Box box)
    {
        (_distances, _perSquared) = (distances, MaxCertain / capSquared);
        X = KeysOf(box.X1 - box.X0, steps => distances.Of(steps, 0, 0));
        Y = KeysOf(box.Y1 - box.Y0, steps => distances.Of(0, steps, 0));
        Z = KeysOf(box.Z1 - box.Z0, steps => distances.Of(0, 0, steps));
        _inSlice = StepsInSlice();
        for (int key = 0, first = 0, end = 0; key < Nothing; key++)
        {
            // The least key is at most 1 from its own distance, the nearest point's key at most 2 more and 1 from its own.
            first = CountBelow(first, key - 1 - Rounding);
            end = CountBelow(end, key + 3 + Rounding);
            _firstInSlice[key] = first;
            _isOneDistance[key] = first < end && _inSlice[first].Squared == _inSlice[end - 1].Squared;
        }
    }

    /// <summary>Keys by number of steps along x, as far as they are below <see cref="Nothing"/>.</summary>
    public short[] X { get; }

    /// <summary>Keys by number of steps along y, as far as they are below <see cref="Nothing"/>.</summary>
    public short[] Y { get; }

    /// <summary>Keys by number of steps along z, as far as they are below <see cref="Nothing"/>.</summary>
    public short[] Z { get; }

    /// <summary>Squared distance, in mm², from a point to the nearest of a surface in one slice; exact.</summary>
    /// <param name="surface">The surface.</param>
    /// <param name="from">The point.</param>
    /// <param name="dz">Steps to the slice.</param>
    /// <param name="key">The least key in the slice, along x and y alone.</param>
    public double SquaredInSlice(BitBox surface, SurfacePoint from, int dz, int key)
    {
        // The first steps that lead to a point are the nearest; where only one distance has such a key, any will do.
        var i = _firstInSlice[key];
        while (!_isOneDistance[key] && !HasPoint(surface, from, _inSlice[i].Dx, _inSlice[i].Dy, dz))
        {
            i++;
        }

        return _distances.Of(_inSlice[i].Dx, _inSlice[i].Dy, dz);
    }

    /// <summary>How many steps within a slice are nearer than a squared distance, given as a key; no fewer than before.</summary>
    private int CountBelow(int before, double key)
    {
        while (before < _inSlice.Length && _inSlice[before].Squared * _perSquared < key)
        {
            before++;
        }

        return before;
    }

    /// <summary>Whether so many steps along x and y, in either direction, lead to a point of a slice.</summary>
    private static bool HasPoint(BitBox surface, SurfacePoint from, int dx, int dy, int dz) =>
        surface.Has(from.X - dx, from.Y - dy, from.Z + dz) || surface.Has(from.X + dx, from.Y - dy, from.Z + dz)
        || surface.Has(from.X - dx, from.Y + dy, from.Z + dz) || surface.Has(from.X + dx, from.Y + dy, from.Z + dz);

    private short[] KeysOf(int most, Func<int, double> squared) =>
    [
        .. Enumerable.Range(0, most + 1).Select(steps => Math.Round(squared(steps) * _perSquared))
            .TakeWhile(key => key < Nothing).Select(key => (short)key),
    ];

    /// <summary>Steps along x and y whose keys sum up to less than <see cref="Nothing"/>, nearest first.</summary>
    private (int Dx, int Dy, double Squared)[] StepsInSlice()
    {
        var steps = new List<(int Dx, int Dy, double Squared)>();
        for (var dy = 0; dy < Y.Length; dy++)
        {
            for (var dx = 0; dx < X.Length && X[dx] + Y[dy] < Nothing; dx++)
            {
                steps.Add((dx, dy, _distances.Of(dx, dy, 0)));
            }
        }

        steps.Sort((a, b) => a.Squared.CompareTo(b.Squared));
        return [.. steps];
    }
}
