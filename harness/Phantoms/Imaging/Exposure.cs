
namespace Touchstone.Harness.Phantoms;

/// <summary>Makes Hounsfield units out of tissues: brightness, texture, slice thickness, kernel and noise.</summary>
public static class Exposure
{
    /// <summary>Scans the tissues.</summary>
    /// <param name="tissues">What the layers of <see cref="Scanner.LayerGeometry"/> are made of.</param>
    /// <param name="scanner">How it is scanned.</param>
    /// <param name="random">Gives texture and noise, and how well this patient took up the contrast medium.</param>
    /// <returns>One value per voxel of <see cref="Scanner.Grid"/>, −1024 to 3071.</returns>
    public static short[] Scan(ReadOnlySpan<Tissue> tissues, Scanner scanner, SeededRandom random)
    {
        var grid = scanner.Grid;
        var densities = Densities(scanner.Phase, random);
        var slice = grid.Nx * grid.Ny;
        var hounsfield = new float[grid.VoxelCount];
        for (var k = 0; k < grid.Nz; k++)
        {
            var target = hounsfield.AsSpan(k * slice, slice);
            for (var layer = 0; layer < scanner.LayersPerSlice; layer++)
            {
                Add(target, tissues.Slice(((k * scanner.LayersPerSlice) + layer) * slice, slice), densities, random);
            }

            foreach (ref var value in target)
            {
                value /= scanner.LayersPerSlice;
            }
        }

        Smoothing.InPlane(hounsfield, grid, scanner.KernelMm);
        AddNoise(hounsfield, scanner, random);
        return [.. hounsfield.Select(value => (short)Math.Clamp(MathF.Round(value), -1024, 3071))];
    }

    private static void Add(
        Span<float> target, ReadOnlySpan<Tissue> tissues, ReadOnlySpan<Radiodensity> densities, SeededRandom random)
    {
        for (var i = 0; i < target.Length; i++)
        {
            var density = densities[(int)tissues[i]];
            target[i] += density.TextureHu == 0
                ? density.MeanHu
                : density.MeanHu + (density.TextureHu * random.Normal());
        }
    }

    // Uptake differs between patients for everything that takes up contrast medium, by some ten percent.
    private static Radiodensity[] Densities(ContrastPhase phase, SeededRandom random)
    {
        var uptake = 1 + (0.08f * random.Normal());
        return
        [
            .. Enum.GetValues<Tissue>().Select(tissue =>
            {
                var plain = Radiodensity.Of(tissue, ContrastPhase.NonContrast);
                var density = Radiodensity.Of(tissue, phase);
                return density with
                {
                    MeanHu = (plain.MeanHu * (1 + (0.02f * random.Normal()))) + (uptake * (density.MeanHu - plain.MeanHu)),
                };
            }),
        ];
    }

    private static void AddNoise(Span<float> hounsfield, Scanner scanner, SeededRandom random)
    {
        var grid = scanner.Grid;
        var common = new float[hounsfield.Length];
        foreach (ref var value in common.AsSpan())
        {
            value = random.Normal();
        }

        Smoothing.InPlane(common, grid, 1.2f * (float)grid.SpacingMm.X);
        var commonHu = scanner.NoiseHu * scanner.NoiseSmoothness / Smoothing.DeviationOf(common);
        var ownHu = scanner.NoiseHu * MathF.Sqrt(1 - (scanner.NoiseSmoothness * scanner.NoiseSmoothness));
        for (var i = 0; i < hounsfield.Length; i++)
        {
            hounsfield[i] += (commonHu * common[i]) + (ownHu * random.Normal());
        }
    }
}
