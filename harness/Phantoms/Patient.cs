using System.Numerics;

namespace Touchstone.Harness.Phantoms;

/// <summary>Who is scanned: the variation between people that is not the variation of single organs.</summary>
public sealed record Patient
{
    /// <summary>True for a man: a prostate instead of a uterus.</summary>
    public required bool IsMale { get; init; }

    /// <summary>Age in years.</summary>
    public required int Age { get; init; }

    /// <summary>Size relative to the reference anatomy, per axis.</summary>
    public required Vector3 Scale { get; init; }

    /// <summary>
    /// Where the reference anatomy's origin lies in the scanner, in millimetres: patients do not lie in the middle.
    /// </summary>
    public required Vector3 PositionMm { get; init; }

    /// <summary>Thickness of the fat under the skin at the flanks, in millimetres.</summary>
    public required float FatMm { get; init; }

    /// <summary>False after the gall bladder was taken out.</summary>
    public required bool HasGallBladder { get; init; }

    /// <summary>False after the spleen was taken out.</summary>
    public required bool HasSpleen { get; init; }

    /// <summary>False after the left kidney was taken out.</summary>
    public required bool HasLeftKidney { get; init; }
}
