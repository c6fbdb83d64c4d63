using Touchstone.Evaluators;
using static Touchstone.Tests.Evaluators.Some;

namespace Touchstone.Tests.Evaluators;

/// <summary>What is counted alike under every protocol.</summary>
public class MaskComparisonTests
{
    private static readonly Geometry Ten = Geometry(10, 10, 10, new Spacing(1, 2, 5));

    [Fact]
    public void Score_HalfFoundAndSomeInvented_HasTheFractions()
    {
        var score = Score(
            Ten, Cuboids(Ten, new Cuboid(1, 1, 1, 4, 4, 1)), Cuboids(Ten, new Cuboid(1, 1, 1, 4, 2, 1), new(7, 7, 7, 8, 8, 7)));

        Assert.Equal((16L, 12L, 8L), (score.ReferenceVoxels, score.PredictionVoxels, score.BothVoxels));
        Assert.Equal(0.5, score.Sensitivity);
        Assert.Equal(8.0 / 12, score.Precision);
        Assert.Equal(-0.25, score.RelativeVolumeError);
        Assert.Equal(0.16, score.ReferenceMl);
        Assert.Equal(0.12, score.PredictionMl);
        Assert.Equal(2, score.PredictionComponents);
        Assert.Null(score.FalsePositiveMl);
    }

    [Fact]
    public void Score_ReferenceEmpty_HasAFalsePositiveVolume()
    {
        var score = Score(Ten, Cuboids(Ten), Cuboids(Ten, new Cuboid(1, 1, 1, 2, 2, 2)));

        Assert.Equal(0.08, score.FalsePositiveMl);
        Assert.Null(score.Sensitivity);
        Assert.Null(score.RelativeVolumeError);
        Assert.Equal(0, score.Precision);
    }

    [Fact]
    public void Score_PredictionEmpty_HasNoPrecisionAndNoParts()
    {
        var score = Score(Ten, Cuboids(Ten, new Cuboid(1, 1, 1, 2, 2, 2)), Cuboids(Ten));

        Assert.Equal(0, score.Sensitivity);
        Assert.Null(score.Precision);
        Assert.Equal(-1, score.RelativeVolumeError);
        Assert.Equal(0, score.PredictionComponents);
        Assert.False(score.PredictionTouchesBorder);
    }

    [Theory]
    [InlineData(0, 3, 3, true)]
    [InlineData(9, 3, 3, true)]
    [InlineData(3, 0, 3, true)]
    [InlineData(3, 9, 3, true)]
    [InlineData(3, 3, 0, true)]
    [InlineData(3, 3, 9, true)]
    [InlineData(1, 1, 8, false)]
    public void Score_MaskAtAFaceOfTheVolume_TouchesTheBorder(int x, int y, int z, bool touches)
    {
        var mask = Cuboids(Ten, new Cuboid(x, y, z, x, y, z));

        var score = Score(Ten, mask, mask);

        Assert.Equal((touches, touches), (score.ReferenceTouchesBorder, score.PredictionTouchesBorder));
    }

    [Fact]
    public void Components_RandomMasks_AgreeWithAFloodFill()
    {
        var geometry = Geometry(9, 8, 7);
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var mask = new byte[geometry.Grid.VoxelCount];
            for (var i = 0; i < mask.Length; i++)
            {
                mask[i] = random.NextDouble() < 0.02 + (0.005 * seed) ? (byte)1 : (byte)0;
            }

            Assert.Equal(FloodFill(geometry.Grid, mask), Score(geometry, mask, mask).PredictionComponents);
        }
    }

    [Fact]
    public void Score_FolderOfOverlappingMasks_CountsTheVoxelsAndScoresEachMaskAsItIs()
    {
        var folder = Directory.CreateTempSubdirectory("touchstone-overlap-").FullName;
        Write("liver", new Cuboid(0, 0, 0, 4, 0, 0));
        Write("spleen", new Cuboid(3, 0, 0, 6, 0, 0));
        Write("aorta", new Cuboid(4, 0, 0, 5, 0, 0), new(0, 1, 0, 9, 1, 0));
        var masks = new MaskSource.MaskFolder(folder);

        var score = CaseEvaluator.Score(
            masks, masks, ["liver", "spleen", "aorta"], new Protocol { Name = Protocol.SurfaceDistance });

        Assert.Equal(3, score.OverlappingVoxels);
        Assert.All(score.Structures, structure => Assert.Equal(1, structure.Dsc));
        Directory.Delete(folder, recursive: true);

        void Write(string name, params Cuboid[] cuboids) =>
            NiftiWriter.Write(Path.Combine(folder, name + ".nii.gz"), Ten, Cuboids(Ten, cuboids));
    }

    private static int FloodFill(Grid grid, byte[] mask)
    {
        var (left, parts) = (mask.ToArray(), 0);
        for (var start = 0; start < left.Length; start++)
        {
            if (left[start] == 0)
            {
                continue;
            }

            parts++;
            var open = new Stack<int>([start]);
            left[start] = 0;
            while (open.TryPop(out var voxel))
            {
                var (x, y, z) = (voxel % grid.Nx, voxel / grid.Nx % grid.Ny, voxel / grid.Nx / grid.Ny);
                for (var n = 0; n < 27; n++)
                {
                    var (a, b, c) = (x + (n % 3) - 1, y + (n / 3 % 3) - 1, z + (n / 9) - 1);
                    var there = (((c * grid.Ny) + b) * grid.Nx) + a;
                    if (a >= 0 && a < grid.Nx && b >= 0 && b < grid.Ny && c >= 0 && c < grid.Nz && left[there] != 0)
                    {
                        left[there] = 0;
                        open.Push(there);
                    }
                }
            }
        }

        return parts;
    }
}
