namespace Touchstone.Evaluators;

/// <summary>
/// Which definition of the metrics is meant. Implementations in the field differ by tens of points on the same masks, so
/// no score exists without its protocol. METRICS.md describes each.
/// </summary>
public sealed record Protocol
{
    /// <summary>The metrics of google-deepmind/surface-distance.</summary>
    public const string SurfaceDistance = "surface-distance";

    /// <summary>The metrics of the BodyMaps 2024 challenge.</summary>
    public const string BodyMaps2024 = "bodymaps-2024";

    /// <summary>The metrics of MONAI 1.5.</summary>
    public const string Monai = "monai";

    /// <summary>The protocols that can be named.</summary>
    public static IReadOnlyList<string> Names { get; } = [SurfaceDistance, BodyMaps2024, Monai];

    /// <summary>One of <see cref="Names"/>.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Distance up to which surfaces agree in NSD, in millimetres, inclusive. Default 1 mm, and always 1 mm in
    /// <c>bodymaps-2024</c>.
    /// </summary>
    public double ToleranceMm { get; init; } = 1;

    /// <summary>Percentile of <see cref="StructureScore.HdAtPercentileMm"/>, above 0 up to 100. Default 95.</summary>
    public double HausdorffPercentile { get; init; } = 95;

    /// <summary>
    /// Whether a prediction of a structure that the reference lacks can have a DSC, such as 0 for a false positive.
    /// </summary>
    /// <param name="name">One of <see cref="Names"/>; any other counts as one that scores whatever it has a number for.</param>
    public static bool HasDscOfAbsent(string name) => name is not (BodyMaps2024 or Monai);

    /// <summary>The same of NSD.</summary>
    /// <inheritdoc cref="HasDscOfAbsent" path="/param"/>
    public static bool HasNsdOfAbsent(string name) => name is not BodyMaps2024;

    /// <summary>Makes sure that the protocol can be followed.</summary>
    /// <exception cref="ArgumentException">
    /// The name is none of <see cref="Names"/>, or the tolerance or the percentile is none that it knows.
    /// </exception>
    public void Validate()
    {
        if (!Names.Contains(Name))
        {
            throw new ArgumentException($"There is no protocol {Name}; there are {string.Join(", ", Names)}.");
        }

        if (!double.IsFinite(ToleranceMm) || ToleranceMm < 0 || (Name == BodyMaps2024 && ToleranceMm != 1))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The tolerance of {Name} is {(Name == BodyMaps2024 ? "1 mm" : "0 mm or more")}, not {ToleranceMm} mm."));
        }

        if (!(HausdorffPercentile > 0 && HausdorffPercentile <= 100))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"A percentile lies above 0 and up to 100; {HausdorffPercentile} does not."));
        }
    }
}
