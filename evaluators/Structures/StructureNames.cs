namespace Touchstone.Evaluators;

/// <summary>
/// The names of anatomical structures: AbdomenAtlas names are canonical, and other spellings map to them.
/// </summary>
public static class StructureNames
{
    private static readonly Dictionary<string, string> Synonyms = new(StringComparer.Ordinal)
    {
        ["inferior_vena_cava"] = "postcava",
        ["gallbladder"] = "gall_bladder",
        ["urinary_bladder"] = "bladder",
        ["small_bowel"] = "intestine",
        ["kidney_l"] = "kidney_left",
        ["kidney_r"] = "kidney_right",
    };

    /// <summary>The canonical name of a structure; a name without a synonym is its own canonical name.</summary>
    /// <param name="name">Any spelling the field uses, such as <c>gallbladder</c>.</param>
    public static string Canonical(string name) => Synonyms.GetValueOrDefault(name, name);
}
