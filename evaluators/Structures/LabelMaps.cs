namespace Touchstone.Evaluators;

/// <summary>The label numberings that the field uses.</summary>
public static class LabelMaps
{
    private static readonly string[] AbdomenAtlasNames =
    [
        "aorta", "gall_bladder", "kidney_left", "kidney_right", "liver", "pancreas", "postcava", "spleen", "stomach",
        "adrenal_gland_left", "adrenal_gland_right", "bladder", "celiac_trunk", "colon", "duodenum", "esophagus",
        "femur_left", "femur_right", "hepatic_vessel", "intestine", "lung_left", "lung_right",
        "portal_vein_and_splenic_vein", "prostate", "rectum",
    ];

    /// <summary>BodyMaps 2024 (ISBI), 15 structures.</summary>
    public static LabelMap BodyMaps2024 { get; } = Numbered(
        "bodymaps-2024",
        "spleen", "kidney_right", "kidney_left", "gall_bladder", "liver", "stomach", "aorta", "postcava", "pancreas",
        "adrenal_gland_right", "adrenal_gland_left", "duodenum", "colon", "intestine", "celiac_trunk");

    /// <summary>AbdomenAtlas 1.0, 9 structures.</summary>
    public static LabelMap AbdomenAtlas10 { get; } = Numbered("abdomenatlas-1.0", AbdomenAtlasNames[..9]);

    /// <summary>AbdomenAtlas 1.1, 25 structures.</summary>
    public static LabelMap AbdomenAtlas11 { get; } = Numbered("abdomenatlas-1.1", AbdomenAtlasNames);

    /// <summary>Every numbering known by name.</summary>
    public static IReadOnlyList<LabelMap> All { get; } = [BodyMaps2024, AbdomenAtlas10, AbdomenAtlas11];

    /// <summary>The numbering of that name, or null.</summary>
    /// <param name="name">Such as <c>bodymaps-2024</c>.</param>
    public static LabelMap? Find(string name) => All.FirstOrDefault(map => map.Name == name);

    private static LabelMap Numbered(string name, params string[] structures) => new()
    {
        Name = name,
        Structures = structures.Index().ToDictionary(item => (byte)(item.Index + 1), item => item.Item),
    };
}
