using System.Globalization;
using Touchstone.Baselines.Volumes;
using Touchstone.Evaluators;

namespace Touchstone.Baselines.Inference;

/// <summary>A CT as the network sees it: on its grid, brightness from 0 to 1, cut to where there is anything.</summary>
internal sealed record PreparedCt
{
    // Air, lungs and fat lie well below; what never goes below is no CT, or one whose rescaling was lost.
    private const float DarkestExpectedHu = -150;

    /// <summary>The file's shape and place.</summary>
    public required Geometry Geometry { get; init; }

    /// <summary>The whole network's grid.</summary>
    public required WorkingGrid Grid { get; init; }

    /// <summary>What was kept of it.</summary>
    public required Box Box { get; init; }

    /// <summary>Brightness of the kept voxels, the last axis fastest.</summary>
    public required float[] Brightness { get; init; }

    /// <summary>
    /// Reads and prepares a CT in the order of SuPreM's transforms: orientation, spacing, intensity window, cut to what is brighter
    /// than the window's dark end.
    /// </summary>
    /// <param name="path">A <c>.nii.gz</c> file in Hounsfield units.</param>
    /// <param name="preparation">Spacing and window.</param>
    /// <exception cref="CtException">It is damaged, or does not look like a CT.</exception>
    /// <exception cref="VolumeException">It is missing or no volume.</exception>
    public static PreparedCt Read(string path, Preparation preparation)
    {
        using var ct = CtFile.Open(path);
        var grid = WorkingGrid.Of(ct.Geometry, preparation.SpacingMm);
        var voxels = Resampling.ToWorkingGrid(ct, grid);
        RequireCt(voxels);
        var (dark, bright) = (preparation.DarkHu, preparation.BrightHu);
        Parallel.For(0, grid.Size.X, x =>
        {
            foreach (ref var value in voxels.AsSpan(x * grid.Strides[0], grid.Strides[0]))
            {
                value = Math.Clamp((value - dark) / (bright - dark), 0, 1);
            }
        });
        var box = Foreground(voxels, grid);
        return new PreparedCt { Geometry = ct.Geometry, Grid = grid, Box = box, Brightness = Cut(voxels, grid, box) };
    }

    private static void RequireCt(float[] voxels)
    {
        var (darkest, brightest) = (float.MaxValue, float.MinValue);
        foreach (var value in voxels)
        {
            (darkest, brightest) = (Math.Min(darkest, value), Math.Max(brightest, value));
        }

        if (darkest > DarkestExpectedHu || brightest <= DarkestExpectedHu)
        {
            throw new CtException(string.Create(
                CultureInfo.InvariantCulture,
                $"This does not look like a CT in Hounsfield units: its values lie between {darkest} and {brightest}, where air, ")
                + "fat and soft tissue of a CT lie on both sides of −150.");
        }
    }

    private static Box Foreground(float[] voxels, WorkingGrid grid)
    {
        var size = grid.Size;
        var (from, to) = (size, (X: -1, Y: -1, Z: -1));
        var n = 0;
        for (var x = 0; x < size.X; x++)
        {
            for (var y = 0; y < size.Y; y++)
            {
                for (var z = 0; z < size.Z; z++)
                {
                    if (voxels[n++] > 0)
                    {
                        from = (Math.Min(from.X, x), Math.Min(from.Y, y), Math.Min(from.Z, z));
                        to = (Math.Max(to.X, x), Math.Max(to.Y, y), Math.Max(to.Z, z));
                    }
                }
            }
        }

        return to.X < 0
            ? throw new CtException("The CT is all darker than the network's intensity window.")
            : new Box(from, (to.X - from.X + 1, to.Y - from.Y + 1, to.Z - from.Z + 1));
    }

    private static float[] Cut(float[] voxels, WorkingGrid grid, Box box)
    {
        if (box.VoxelCount == voxels.Length)
        {
            return voxels;
        }

        var cut = new float[box.VoxelCount];
        for (var x = 0; x < box.Size.X; x++)
        {
            for (var y = 0; y < box.Size.Y; y++)
            {
                var from = ((x + box.Start.X) * grid.Strides[0]) + ((y + box.Start.Y) * grid.Strides[1]) + box.Start.Z;
                voxels.AsSpan(from, box.Size.Z).CopyTo(cut.AsSpan(((x * box.Size.Y) + y) * box.Size.Z));
            }
        }

        return cut;
    }
}
