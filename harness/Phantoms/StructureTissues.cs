namespace Touchstone.Harness.Phantoms;

/// <summary>Which tissues a reference mask covers, by AbdomenAtlas structure name.</summary>
public static class StructureTissues
{
    /// <summary>Every structure that phantoms have a mask for, in the order in which masks are written.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<Tissue>> All { get; } =
        new Dictionary<string, IReadOnlyList<Tissue>>(StringComparer.Ordinal)
        {
            ["adrenal_gland_left"] = [Tissue.AdrenalLeft],
            ["adrenal_gland_right"] = [Tissue.AdrenalRight],
            ["aorta"] = [Tissue.Aorta],
            ["bladder"] = [Tissue.Bladder],
            ["colon"] = [Tissue.ColonWall, Tissue.Stool, Tissue.ColonGas],
            ["duodenum"] = [Tissue.Duodenum],
            ["esophagus"] = [Tissue.Esophagus],
            ["femur_left"] = [Tissue.FemurLeft, Tissue.FemurLeftMarrow],
            ["femur_right"] = [Tissue.FemurRight, Tissue.FemurRightMarrow],
            ["gall_bladder"] = [Tissue.GallBladder],
            ["kidney_left"] = [Tissue.KidneyLeft],
            ["kidney_right"] = [Tissue.KidneyRight],
            ["liver"] = [Tissue.Liver],
            ["lung_left"] = [Tissue.LungLeft],
            ["lung_right"] = [Tissue.LungRight],
            ["pancreas"] = [Tissue.Pancreas],
            ["portal_vein_and_splenic_vein"] = [Tissue.PortalVein],
            ["postcava"] = [Tissue.Postcava],
            ["prostate"] = [Tissue.Prostate],
            ["rectum"] = [Tissue.Rectum],
            ["spleen"] = [Tissue.Spleen],
            ["stomach"] = [Tissue.StomachWall, Tissue.StomachFluid, Tissue.StomachGas],
        };
}
