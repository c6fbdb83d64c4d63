namespace Examples;

/// <summary>The structures and their numbers in AbdomenAtlas 1.1: label n is the name at n − 1.</summary>
internal static class Structures
{
    /// <summary>All 25 names by label.</summary>
    public static string[] Names { get; } =
    [
        "aorta", "gall_bladder", "kidney_left", "kidney_right", "liver", "pancreas", "postcava", "spleen", "stomach",
        "adrenal_gland_left", "adrenal_gland_right", "bladder", "celiac_trunk", "colon", "duodenum", "esophagus",
        "femur_left", "femur_right", "hepatic_vessel", "intestine", "lung_left", "lung_right",
        "portal_vein_and_splenic_vein", "prostate", "rectum",
    ];

    /// <summary>The label of a structure.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public static byte Label(string name) => Array.IndexOf(Names, name) is >= 0 and var index
        ? (byte)(index + 1)
        : throw new ArgumentException($"AbdomenAtlas 1.1 has no structure named {name}.", nameof(name));
}
