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

    /// <summary>TotalSegmentator 2, task "total", 117 structures.</summary>
    public static LabelMap TotalSegmentator { get; } = Numbered(
        "totalsegmentator",
        [
            "spleen", "kidney_right", "kidney_left", "gall_bladder", "liver", "stomach", "pancreas", "adrenal_gland_right",
            "adrenal_gland_left", "lung_upper_lobe_left", "lung_lower_lobe_left", "lung_upper_lobe_right",
            "lung_middle_lobe_right", "lung_lower_lobe_right", "esophagus", "trachea", "thyroid_gland", "intestine", "duodenum",
            "colon", "bladder", "prostate", "kidney_cyst_left", "kidney_cyst_right", "sacrum", "vertebrae_S1",
            .. Vertebrae('L', 5), .. Vertebrae('T', 12), .. Vertebrae('C', 7),
            "heart", "aorta", "pulmonary_vein", "brachiocephalic_trunk", "subclavian_artery_right", "subclavian_artery_left",
            "common_carotid_artery_right", "common_carotid_artery_left", "brachiocephalic_vein_left",
            "brachiocephalic_vein_right", "atrial_appendage_left", "superior_vena_cava", "postcava",
            "portal_vein_and_splenic_vein",
            .. LeftAndRight("iliac_artery", "iliac_vena", "humerus", "scapula", "clavicula", "femur", "hip"),
            "spinal_cord",
            .. LeftAndRight("gluteus_maximus", "gluteus_medius", "gluteus_minimus", "autochthon", "iliopsoas"),
            "brain", "skull", .. Ribs("left"), .. Ribs("right"), "sternum", "costal_cartilages",
        ]);

    /// <summary>TotalSegmentator 1, 104 structures.</summary>
    public static LabelMap TotalSegmentator1 { get; } = Numbered(
        "totalsegmentator-1",
        [
            "spleen", "kidney_right", "kidney_left", "gall_bladder", "liver", "stomach", "aorta", "postcava",
            "portal_vein_and_splenic_vein", "pancreas", "adrenal_gland_right", "adrenal_gland_left", "lung_upper_lobe_left",
            "lung_lower_lobe_left", "lung_upper_lobe_right", "lung_middle_lobe_right", "lung_lower_lobe_right",
            .. Vertebrae('L', 5), .. Vertebrae('T', 12), .. Vertebrae('C', 7),
            "esophagus", "trachea", "heart_myocardium", "heart_atrium_left", "heart_ventricle_left", "heart_atrium_right",
            "heart_ventricle_right", "pulmonary_artery", "brain", .. LeftAndRight("iliac_artery", "iliac_vena"),
            "intestine", "duodenum", "colon", .. Ribs("left"), .. Ribs("right"),
            .. LeftAndRight("humerus", "scapula", "clavicula", "femur", "hip"), "sacrum", "face",
            .. LeftAndRight("gluteus_maximus", "gluteus_medius", "gluteus_minimus", "autochthon", "iliopsoas"), "bladder",
        ]);

    /// <summary>Every numbering known by name.</summary>
    public static IReadOnlyList<LabelMap> All { get; } =
        [BodyMaps2024, AbdomenAtlas10, AbdomenAtlas11, TotalSegmentator, TotalSegmentator1];

    /// <summary>Their names, for messages.</summary>
    public static string Names { get; } = string.Join(", ", All.Select(map => map.Name));

    /// <summary>No numbering of anybody: every label from 1 to 255 under a name of its own, to read whatever is in a volume.</summary>
    public static LabelMap EveryLabel { get; } =
        Numbered("every-label", [.. Enumerable.Range(1, byte.MaxValue).Select(label => $"label_{label}")]);

    /// <summary>The numbering of that name, or null.</summary>
    /// <param name="name">Such as <c>bodymaps-2024</c>.</param>
    public static LabelMap? Find(string name) => All.FirstOrDefault(map => map.Name == name);

    /// <summary>Whether a name is that of a structure in one of them, spelled as it may be.</summary>
    /// <param name="name">Such as <c>liver</c>.</param>
    public static bool HasStructure(string name) => All.Any(map => map.LabelOf(name) is not null);

    private static LabelMap Numbered(string name, params string[] structures) => new()
    {
        Name = name,
        Structures = structures.Index().ToDictionary(item => (byte)(item.Index + 1), item => item.Item),
    };

    private static IEnumerable<string> Vertebrae(char region, int count) =>
        Enumerable.Range(0, count).Select(i => $"vertebrae_{region}{count - i}");

    private static IEnumerable<string> Ribs(string side) => Enumerable.Range(1, 12).Select(rib => $"rib_{side}_{rib}");

    private static IEnumerable<string> LeftAndRight(params string[] structures) =>
        structures.SelectMany(structure => new[] { $"{structure}_left", $"{structure}_right" });
}
