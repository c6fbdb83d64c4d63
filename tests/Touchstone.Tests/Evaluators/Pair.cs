using Touchstone.Evaluators;
using static Touchstone.Tests.Evaluators.Some;

namespace Touchstone.Tests.Evaluators;

/// <summary>Two masks on one grid, neither of them empty.</summary>
internal sealed record Pair(Geometry Geometry, byte[] Reference, byte[] Prediction)
{
    /// <summary>Makes a pair of a style: cuboids, thin noise, thick noise, or two far corners.</summary>
    public static Pair Make(Geometry geometry, int seed, int style)
    {
        var random = new Random(seed);
        var reference = Mask();
        return new Pair(geometry, reference, style == 0 && random.Next(2) == 0 ? Flipped(reference) : Mask());

        byte[] Mask()
        {
            var grid = geometry.Grid;
            var mask = style switch
            {
                0 => Cuboids(geometry, RandomCuboid(), RandomCuboid()),
                1 => Noise(0.02),
                2 => Noise(0.6),
                _ => new byte[grid.VoxelCount],
            };
            mask[style == 3 ? (random.Next(2) == 0 ? 0 : mask.Length - 1) : random.Next(mask.Length)] = 1;
            return mask;
        }

        byte[] Noise(double density) =>
            [.. Enumerable.Range(0, geometry.Grid.VoxelCount).Select(_ => random.NextDouble() < density ? (byte)1 : (byte)0)];

        byte[] Flipped(byte[] mask)
        {
            var flipped = mask.ToArray();
            for (var n = 0; n < 5; n++)
            {
                flipped[random.Next(mask.Length)] = 1;
            }

            return flipped;
        }

        Cuboid RandomCuboid()
        {
            var (nx, ny, nz, _) = geometry.Grid;
            var (x, y, z) = (random.Next(nx), random.Next(ny), random.Next(nz));
            return new Cuboid(x, y, z, random.Next(x, nx), random.Next(y, ny), random.Next(z, nz));
        }
    }

    /// <summary>A mask in a larger volume, voxels of background before and after.</summary>
    public (byte[] Labels, Geometry Geometry) Padded(byte[] labels, int x, int y, int z)
    {
        var (nx, ny, nz, spacing) = Geometry.Grid;
        var larger = Some.Geometry(nx + (2 * x), ny + (2 * y), nz + (2 * z), spacing);
        var padded = new byte[larger.Grid.VoxelCount];
        for (var row = 0; row < ny * nz; row++)
        {
            var at = ((((row / ny) + z) * larger.Grid.Ny) + (row % ny) + y) * larger.Grid.Nx;
            labels.AsSpan(row * nx, nx).CopyTo(padded.AsSpan(at + x));
        }

        return (padded, larger);
    }

    /// <summary>A mask with x and z exchanged.</summary>
    public (byte[] Labels, Geometry Geometry) Reversed(byte[] labels)
    {
        var (nx, ny, nz, spacing) = Geometry.Grid;
        var reversed = new byte[labels.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            var (x, y, z) = (i % nx, i / nx % ny, i / nx / ny);
            reversed[(((x * ny) + y) * nz) + z] = labels[i];
        }

        return (reversed, Some.Geometry(nz, ny, nx, new Spacing(spacing.Z, spacing.Y, spacing.X)));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Geometry.Grid}, {Reference.Count(v => v != 0)} and {Prediction.Count(v => v != 0)} voxels";
}
