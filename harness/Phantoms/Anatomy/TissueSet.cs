namespace Touchstone.Harness.Phantoms;

/// <summary>A set of tissues, one bit each.</summary>
/// <param name="Bits">Bit n stands for the tissue of value n.</param>
public readonly record struct TissueSet(ulong Bits)
{
    /// <summary>The fat between the abdominal organs alone: organs drawn into it never cut their neighbours.</summary>
    public static TissueSet VisceralFat { get; } = Of(Tissue.VisceralFat);

    /// <summary>Everything that fills a body before its organs are drawn.</summary>
    public static TissueSet Filling { get; } = Of(Tissue.Fat, Tissue.VisceralFat, Tissue.Muscle);

    /// <summary>A set of some tissues.</summary>
    /// <param name="tissues">Its members.</param>
    public static TissueSet Of(params ReadOnlySpan<Tissue> tissues)
    {
        var bits = 0UL;
        foreach (var tissue in tissues)
        {
            bits |= 1UL << (int)tissue;
        }

        return new TissueSet(bits);
    }

    /// <summary>Whether the tissue is a member.</summary>
    /// <param name="tissue">The tissue.</param>
    public bool Contains(Tissue tissue) => ((Bits >> (int)tissue) & 1) != 0;
}
