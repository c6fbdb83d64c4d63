using Touchstone.Evaluators;

namespace Touchstone.Harness.Phantoms;

/// <summary>How a hospital scans: what makes its images differ from another hospital's.</summary>
public sealed record Scanner
{
    /// <summary>Name of the maker, for the case list. Invented.</summary>
    public required string Manufacturer { get; init; }

    /// <summary>Voxels and spacing.</summary>
    public required Grid Grid { get; init; }

    /// <summary>
    /// World position of the field of view's middle, in millimetres; the reference anatomy's origin is at 0.
    /// </summary>
    public required (double X, double Y, double Z) CentreMm { get; init; }

    /// <summary>Three letters: where the file's axes lead, such as <c>RAS</c> or <c>LPS</c>.</summary>
    public required string Orientation { get; init; }

    /// <summary>Time after contrast medium.</summary>
    public required ContrastPhase Phase { get; init; }

    /// <summary>
    /// Layers that one slice averages; odd, so that a layer lies in its middle. Thick slices need several.
    /// </summary>
    public required int LayersPerSlice { get; init; }

    /// <summary>Width of the reconstruction kernel, as the standard deviation of a Gaussian, in millimetres.</summary>
    public required float KernelMm { get; init; }

    /// <summary>Standard deviation of the noise in the middle of the body, in Hounsfield units.</summary>
    public required float NoiseHu { get; init; }

    /// <summary>
    /// Share of the noise that neighbouring voxels have in common, 0 (sharp kernel) to 1 (smooth kernel).
    /// </summary>
    public required float NoiseSmoothness { get; init; }

    /// <summary>
    /// Height of the table's top under the patient's back, in millimetres below the reference anatomy's origin.
    /// </summary>
    public required float TableMm { get; init; }

    /// <summary>Voxels and their place.</summary>
    public Geometry Geometry => GeometryOf(Grid);

    /// <summary>The same field of view with <see cref="LayersPerSlice"/> layers for every slice.</summary>
    public Geometry LayerGeometry => GeometryOf(Grid with
    {
        Nz = Grid.Nz * LayersPerSlice,
        SpacingMm = Grid.SpacingMm with { Z = Grid.SpacingMm.Z / LayersPerSlice },
    });

    private Geometry GeometryOf(Grid grid) => new(grid, new Affine(
        Row(0, grid.Nx, grid.SpacingMm.X, CentreMm.X),
        Row(1, grid.Ny, grid.SpacingMm.Y, CentreMm.Y),
        Row(2, grid.Nz, grid.SpacingMm.Z, CentreMm.Z)));

    private AffineRow Row(int axis, int count, double spacing, double centre)
    {
        var step = "RAS".Contains(Orientation[axis], StringComparison.Ordinal) ? spacing : -spacing;
        var offset = centre - (step * (count - 1) / 2);
        return new AffineRow(axis == 0 ? step : 0, axis == 1 ? step : 0, axis == 2 ? step : 0, offset);
    }
}
