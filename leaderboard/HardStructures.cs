namespace Touchstone.Leaderboard;

/// <summary>Structures that the field finds hard to segment: small, tubular or blurry ones.</summary>
public static class HardStructures
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "adrenal_gland_left", "adrenal_gland_right", "aorta", "celiac_trunk", "duodenum", "esophagus", "gall_bladder",
        "hepatic_vessel", "pancreas", "portal_vein_and_splenic_vein", "postcava", "prostate", "rectum",
    };

    /// <summary>Whether a structure is one of them.</summary>
    /// <param name="structure">Canonical name.</param>
    /// <remarks>The list is that of the SuPreM and AbdomenAtlas papers.</remarks>
    public static bool Contains(string structure) => Names.Contains(structure);
}
