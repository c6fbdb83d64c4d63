using Touchstone.Evaluators;

namespace Touchstone.Tests.Evaluators;

public sealed class PreviewTests
{
    // Oblique, anisotropic, and no side a multiple of the step.
    private static readonly Geometry Full = new(
        new Grid(11, 9, 5, new Spacing(1, 1.5, 4)),
        new Affine(new(0.8, -0.9, 0, 10), new(0.6, 1.2, 0, -20), new(0, 0, 4, 30)));

    [Fact]
    public void Over_FineVolume_IsCoarserWhereItMayBeAndStaysInPlace()
    {
        var grid = PreviewGrid.Over(Full, leastSpacingMm: 3);

        Assert.Equal(new Grid(4, 5, 5, new Spacing(3, 3, 4)), grid.Coarse.Grid);

        // The first cell is 3 × 2 × 1 voxels, so its centre is at voxel (1, 0.5, 0).
        Assert.Equal((10.35, -18.8, 30.0), Rounded(grid.WorldOf(0))); // 10 + 0.8 − 0.45, −20 + 0.6 + 0.6

        // Cell (3, 4, 2) has its centre at voxel (10, 8.5, 2).
        Assert.Equal((10.35, -3.8, 38.0), Rounded(grid.WorldOf((((2 * 5) + 4) * 4) + 3))); // 10 + 8 − 7.65, −20 + 6 + 10.2
    }

    [Fact]
    public void Over_ManyCells_KeepsToTheLimit()
    {
        var full = Full with { Grid = new Grid(400, 400, 400, new Spacing(1, 1, 1)) };

        var coarse = PreviewGrid.Over(full, leastSpacingMm: 1, mostCells: 1000).Coarse.Grid;

        Assert.InRange(coarse.VoxelCount, 700, 1000);
    }

    [Fact]
    public void ReadCt_RandomVolume_IsTheMeanOfEachCell()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(3);
        var voxels = Enumerable.Range(0, Full.Grid.VoxelCount).Select(_ => (short)random.Next(-1100, 1200)).ToArray();
        NiftiWriter.Write(folder.File("ct.nii.gz"), Full, voxels);
        var grid = PreviewGrid.Over(Full, leastSpacingMm: 3);

        var cells = Preview.ReadCt(folder.File("ct.nii.gz"), grid);

        for (var cell = 0; cell < cells.Length; cell++)
        {
            var (x, y, z) = (cell % 4, cell / 4 % 5, cell / 20);
            var inside = Enumerable.Range(0, voxels.Length).Where(voxel =>
                (int)((voxel % 11 + 0.5) / 3) == x && (int)((voxel / 11 % 9 + 0.5) / 2) == y && voxel / 99 == z);
            var mean = inside.Average(voxel => (double)voxels[voxel]);
            Assert.Equal(Math.Clamp(Math.Round((mean + 1024) / 8), 0, 255), cells[cell]);
        }
    }

    [Fact]
    public void ReadLabels_RandomMasks_TakesTheVoxelAtTheMiddleAndTheSmallerMask()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(4);
        var (large, small) = (Mask(random, 0.7), Mask(random, 0.2));
        NiftiWriter.Write(folder.File("spleen.nii.gz"), Full, small);
        NiftiWriter.Write(folder.File("liver.nii.gz"), Full, large);
        var grid = PreviewGrid.Over(Full, leastSpacingMm: 3);

        var cells = Preview.ReadLabels(new MaskSource.MaskFolder(folder.Path), ["spleen", "liver", "aorta"], grid);

        for (var cell = 0; cell < cells.Length; cell++)
        {
            // Middles of cells along x are voxels 1, 4, 7, 10; along y the upper of two: 1, 3, 5, 7, and 8 at the end.
            var (x, y, z) = ((cell % 4 * 3) + 1, Math.Min((cell / 4 % 5 * 2) + 1, 8), cell / 20);
            var voxel = (((z * 9) + y) * 11) + x;
            Assert.Equal(small[voxel] > 0 ? 1 : large[voxel] > 0 ? 2 : 0, cells[cell]);
        }
    }

    [Fact]
    public void BestSeen_TwoSlices_IsInTheFullerOneInsideTheStructure()
    {
        var grid = PreviewGrid.Over(Full, leastSpacingMm: 3);
        var cells = new byte[grid.Coarse.Grid.VoxelCount];
        cells[(1 * 20) + 3] = 7;
        foreach (var (x, y) in new[] { (0, 0), (0, 1), (0, 2), (1, 2), (2, 2), (2, 1), (2, 0) })
        {
            cells[(3 * 20) + (y * 4) + x] = 7; // a U, whose middle is empty
        }

        var best = Preview.BestSeen(cells, grid, 7);

        Assert.Equal((3 * 20) + (2 * 4) + 1, best);
        Assert.Null(Preview.BestSeen(cells, grid, 8));
    }

    [Fact]
    public void Encode_CtBytes_ReadBackAsHounsfieldUnits()
    {
        using var folder = new TemporaryFolder();
        var grid = PreviewGrid.Over(Full, leastSpacingMm: 3);
        var cells = Enumerable.Range(0, grid.Coarse.Grid.VoxelCount).Select(i => (byte)i).ToArray();

        File.WriteAllBytes(
            folder.File("ct.nii.gz"), NiftiWriter.Encode(grid.Coarse, cells, Preview.CtStepHu, Preview.CtLeastHu));

        // A CT on its own grid comes back as it is, so slope and intercept were understood.
        var same = PreviewGrid.Over(VolumeFile.ReadGeometry(folder.File("ct.nii.gz")));
        Assert.Equal(cells, Preview.ReadCt(folder.File("ct.nii.gz"), same));
    }

    private static byte[] Mask(Random random, double share) =>
        [.. Enumerable.Range(0, Full.Grid.VoxelCount).Select(_ => random.NextDouble() < share ? (byte)1 : (byte)0)];

    private static (double, double, double) Rounded((double X, double Y, double Z) place) =>
        (Math.Round(place.X, 9), Math.Round(place.Y, 9), Math.Round(place.Z, 9));
}
