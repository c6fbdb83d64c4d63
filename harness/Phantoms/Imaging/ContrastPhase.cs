namespace Touchstone.Harness.Phantoms;

/// <summary>
/// When the scan was made after contrast medium was given, which decides how bright vessels and organs are.
/// </summary>
public enum ContrastPhase
{
    /// <summary>No contrast medium: organs differ by some ten HU only.</summary>
    NonContrast,

    /// <summary>About 70 s after injection: liver, veins and kidneys bright; the usual abdominal scan.</summary>
    PortalVenous,
}
