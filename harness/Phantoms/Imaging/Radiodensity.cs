namespace Touchstone.Harness.Phantoms;

/// <summary>How bright a tissue is.</summary>
/// <param name="MeanHu">Mean in Hounsfield units.</param>
/// <param name="TextureHu">Standard deviation of its own texture, before any scanner noise, in Hounsfield
/// units.</param>
public readonly record struct Radiodensity(float MeanHu, float TextureHu)
{
    /// <summary>Typical radiodensity of a tissue, rounded from what radiology textbooks give.</summary>
    /// <param name="tissue">The tissue.</param>
    /// <param name="phase">Only organs and vessels depend on it.</param>
    public static Radiodensity Of(Tissue tissue, ContrastPhase phase)
    {
        var enhanced = phase == ContrastPhase.PortalVenous;
        return tissue switch
        {
            Tissue.Air => new(-1000, 0),
            Tissue.Table => new(-90, 20),
            Tissue.Skin => new(10, 15),
            Tissue.Fat or Tissue.VisceralFat => new(-102, 9),
            Tissue.Muscle => new(enhanced ? 62 : 50, 12),
            Tissue.SoftTissue => new(enhanced ? 85 : 42, 10),
            Tissue.CorticalBone => new(620, 90),
            Tissue.SpongyBone => new(190, 45),
            Tissue.Disc => new(85, 15),
            Tissue.SpinalCanal => new(25, 10),
            Tissue.LungLeft or Tissue.LungRight => new(-845, 45),
            Tissue.FemurLeft or Tissue.FemurRight => new(700, 90),
            Tissue.FemurLeftMarrow or Tissue.FemurRightMarrow => new(220, 60),
            Tissue.StomachGas or Tissue.ColonGas => new(-960, 5),
            Tissue.StomachFluid => new(22, 14),
            Tissue.Stool => new(-20, 110),
            Tissue.GallBladder => new(8, 4),
            Tissue.Bladder => new(5, 4),
            _ => Organ(tissue, enhanced),
        };
    }

    private static Radiodensity Organ(Tissue tissue, bool enhanced) => tissue switch
    {
        Tissue.Heart => new(enhanced ? 140 : 42, 12),
        Tissue.Aorta => new(enhanced ? 165 : 40, 6),
        Tissue.Postcava => new(enhanced ? 145 : 38, 8),
        Tissue.IliacVessel => new(enhanced ? 150 : 38, 8),
        Tissue.PortalVein => new(enhanced ? 175 : 40, 7),
        Tissue.Liver => new(enhanced ? 112 : 58, 7),
        Tissue.Spleen => new(enhanced ? 126 : 47, 6),
        Tissue.Pancreas => new(enhanced ? 96 : 38, 14),
        Tissue.KidneyLeft or Tissue.KidneyRight => new(enhanced ? 182 : 33, 12),
        Tissue.AdrenalLeft or Tissue.AdrenalRight => new(enhanced ? 78 : 28, 8),
        Tissue.StomachWall => new(enhanced ? 82 : 40, 10),
        Tissue.Duodenum => new(enhanced ? 72 : 33, 18),
        Tissue.Esophagus => new(enhanced ? 66 : 36, 14),
        Tissue.ColonWall => new(enhanced ? 82 : 38, 10),
        Tissue.Intestine => new(enhanced ? 78 : 30, 26),
        Tissue.Rectum => new(enhanced ? 60 : 32, 20),
        Tissue.Prostate => new(enhanced ? 82 : 40, 10),
        _ => throw new ArgumentOutOfRangeException(nameof(tissue), tissue, "No radiodensity is known for this tissue."),
    };
}
