using System.Numerics;
using Touchstone.Evaluators;

namespace Touchstone.Harness.Phantoms;

/// <summary>
/// A volume of tissues that solids are drawn into. Solids are given in the millimetres of the reference anatomy; the
/// canvas knows where each voxel lies in it, through the patient's size and position and a smooth warp that bends every
/// straight line a little.
/// </summary>
public sealed class Canvas
{
    private const float LargestWarpMm = 8;

    private readonly Grid _grid;
    private readonly float[] _x;
    private readonly float[] _y;
    private readonly float[] _z;
    private readonly float[] _warpX;
    private readonly float[] _warpY;
    private readonly float[] _warpZ;
    private readonly Tissue[] _tissues;

    /// <summary>An empty canvas, all <see cref="Tissue.Air"/>.</summary>
    /// <param name="geometry">Its voxels; the axes run along the world's, in either direction.</param>
    /// <param name="patient">Gives size and position.</param>
    /// <param name="random">Gives the warp.</param>
    public Canvas(Geometry geometry, Patient patient, SeededRandom random)
    {
        _grid = geometry.Grid;
        var affine = geometry.Affine;
        var (at, scale) = (patient.PositionMm, patient.Scale);
        _x = Axis(_grid.Nx, affine.X.I, affine.X.Offset, at.X, scale.X);
        _y = Axis(_grid.Ny, affine.Y.J, affine.Y.Offset, at.Y, scale.Y);
        _z = Axis(_grid.Nz, affine.Z.K, affine.Z.Offset, at.Z, scale.Z);
        _warpX = SmoothField.Over(_y, _z, random);
        _warpY = SmoothField.Over(_x, _z, random);
        _warpZ = SmoothField.Over(_x, _y, random);
        _tissues = new Tissue[_grid.VoxelCount];
    }

    /// <summary>What each voxel is made of, in the grid's order.</summary>
    public ReadOnlySpan<Tissue> Tissues => _tissues;

    /// <summary>Draws solids of one tissue.</summary>
    /// <param name="solids">Drawn one after the other.</param>
    /// <param name="tissue">What they are made of.</param>
    /// <param name="over">What they may replace; everything else stays.</param>
    /// <param name="where">A further condition on the point, or null for none.</param>
    public void Draw(IReadOnlyList<Solid> solids, Tissue tissue, TissueSet over, Predicate<Vector3>? where = null)
    {
        foreach (var solid in solids)
        {
            Draw(solid, tissue, over, where);
        }
    }

    /// <summary>Draws one solid.</summary>
    /// <inheritdoc cref="Draw(IReadOnlyList{Solid}, Tissue, TissueSet, Predicate{Vector3})"/>
    public void Draw(Solid solid, Tissue tissue, TissueSet over, Predicate<Vector3>? where = null)
    {
        var (x0, x1) = Range(_x, solid.Low.X, solid.High.X);
        var (y0, y1) = Range(_y, solid.Low.Y, solid.High.Y);
        var (z0, z1) = Range(_z, solid.Low.Z, solid.High.Z);
        for (var k = z0; k < z1; k++)
        {
            for (var j = y0; j < y1; j++)
            {
                for (var i = x0; i < x1; i++)
                {
                    ref var voxel = ref _tissues[i + (_grid.Nx * (j + (_grid.Ny * k)))];
                    if (over.Contains(voxel) && Point(i, j, k) is var point
                        && solid.Contains(point) && (where is null || where(point)))
                    {
                        voxel = tissue;
                    }
                }
            }
        }
    }

    /// <summary>Decides every voxel anew from where it lies and what it was.</summary>
    /// <param name="repaint">Gets the point in millimetres and the tissue there, and returns the new tissue.</param>
    public void Repaint(Func<Vector3, Tissue, Tissue> repaint)
    {
        var n = 0;
        for (var k = 0; k < _grid.Nz; k++)
        {
            for (var j = 0; j < _grid.Ny; j++)
            {
                for (var i = 0; i < _grid.Nx; i++, n++)
                {
                    _tissues[n] = repaint(Point(i, j, k), _tissues[n]);
                }
            }
        }
    }

    private static float[] Axis(int count, double step, double offset, float position, float scale) =>
        [.. Enumerable.Range(0, count).Select(i => (float)((offset + (step * i) - position) / scale))];

    private static (int First, int End) Range(float[] axis, float low, float high)
    {
        var (first, end) = (axis.Length, 0);
        for (var i = 0; i < axis.Length; i++)
        {
            if (axis[i] >= low - LargestWarpMm && axis[i] <= high + LargestWarpMm)
            {
                (first, end) = (Math.Min(first, i), i + 1);
            }
        }

        return (first, end);
    }

    private Vector3 Point(int i, int j, int k) => new(
        _x[i] + _warpX[j + (_grid.Ny * k)],
        _y[j] + _warpY[i + (_grid.Nx * k)],
        _z[k] + _warpZ[i + (_grid.Nx * j)]);
}
