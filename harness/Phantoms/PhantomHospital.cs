using Touchstone.Evaluators;

namespace Touchstone.Harness.Phantoms;

/// <summary>A made-up hospital: whom it scans and how.</summary>
public sealed record PhantomHospital
{
    /// <summary>Id of its dataset.</summary>
    public required string Id { get; init; }

    /// <summary>What its case ids begin with.</summary>
    public required string CasePrefix { get; init; }

    /// <summary>Name for the case list. Invented.</summary>
    public required string Institute { get; init; }

    /// <summary>True when cases of this hospital were there to learn from (<see cref="Training"/>).</summary>
    public required bool IsInDistribution { get; init; }

    /// <summary>How it scans.</summary>
    public required Scanner Scanner { get; init; }

    /// <summary>Where its patients' random numbers start; hospitals must differ in it.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Mean thickness of its patients' fat at the flanks, in millimetres.</summary>
    public required float FatMm { get; init; }

    /// <summary>Cases written unless asked for otherwise.</summary>
    public int CaseCount { get; init; } = 4;

    /// <summary>
    /// The in-distribution hospital: portal venous phase, 4 mm slices, from the lung bases to the hips.
    /// </summary>
    public static PhantomHospital InDistribution { get; } = new()
    {
        Id = "phantom-iid",
        CasePrefix = "PHA",
        Institute = "Phantom General",
        IsInDistribution = true,
        Seed = 1_000,
        FatMm = 16,
        Scanner = new Scanner
        {
            Manufacturer = "Arbor",
            Grid = new Grid(128, 104, 90, new Spacing(3, 3, 4)),
            CentreMm = (0, 0, -54),
            Orientation = "RAS",
            Phase = ContrastPhase.PortalVenous,
            LayersPerSlice = 1,
            KernelMm = 1.9f,
            NoiseHu = 13,
            NoiseSmoothness = 0.7f,
            TableMm = -136,
        },
    };

    /// <summary>
    /// Out of distribution by scanner: 8 mm slices, a sharp kernel with twice the noise, axes the other way round.
    /// </summary>
    public static PhantomHospital ThickSlices { get; } = new()
    {
        Id = "phantom-ood-spacing",
        CasePrefix = "PHB",
        Institute = "Phantom County",
        IsInDistribution = false,
        Seed = 2_000,
        FatMm = 18,
        Scanner = new Scanner
        {
            Manufacturer = "Borealis",
            Grid = new Grid(152, 124, 45, new Spacing(2.5, 2.5, 8)),
            CentreMm = (0, 0, -54),
            Orientation = "LPS",
            Phase = ContrastPhase.PortalVenous,
            LayersPerSlice = 3,
            KernelMm = 1.0f,
            NoiseHu = 38,
            NoiseSmoothness = 0.25f,
            TableMm = -140,
        },
    };

    /// <summary>
    /// Out of distribution by phase and people: no contrast medium, heavier patients, a field of view that cuts the
    /// flanks
    /// and ends above the hips.
    /// </summary>
    public static PhantomHospital NonContrast { get; } = new()
    {
        Id = "phantom-ood-contrast",
        CasePrefix = "PHC",
        Institute = "Phantom Coast",
        IsInDistribution = false,
        Seed = 3_000,
        FatMm = 30,
        Scanner = new Scanner
        {
            Manufacturer = "Cumulus",
            Grid = new Grid(124, 112, 56, new Spacing(2.6, 2.6, 5)),
            CentreMm = (0, -4, -24),
            Orientation = "LAS",
            Phase = ContrastPhase.NonContrast,
            LayersPerSlice = 1,
            KernelMm = 2.2f,
            NoiseHu = 15,
            NoiseSmoothness = 0.85f,
            TableMm = -152,
        },
    };

    /// <summary>Cases of the in-distribution hospital to learn from, none of which is ever scored.</summary>
    public static PhantomHospital Training { get; } = InDistribution with
    {
        Id = "phantom-training",
        CasePrefix = "PHT",
        Seed = 9_000,
        CaseCount = 12,
    };

    /// <summary>The three hospitals of the demonstration, in the order shown.</summary>
    public static IReadOnlyList<PhantomHospital> All { get; } = [InDistribution, ThickSlices, NonContrast];
}
