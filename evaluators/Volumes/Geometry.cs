namespace Touchstone.Evaluators;

/// <summary>What a header takes a volume's place from.</summary>
public enum PlaceSource
{
    /// <summary>
    /// Nothing: both of NIfTI's codes, of qform and sform, are 0. Every reader then makes up a place of its own.
    /// </summary>
    None,

    /// <summary>NIfTI's qform, with a code above 0, where the sform has none.</summary>
    QForm,

    /// <summary>NIfTI's sform, with a code above 0.</summary>
    SForm,

    /// <summary>MetaImage's Offset and TransformMatrix.</summary>
    MetaImage,
}

/// <summary>Where a volume's voxels lie in the world.</summary>
/// <param name="Grid">Shape and spacing.</param>
/// <param name="Affine">
/// Voxel to world. Without a place it is what nifti1.h makes up: the spacing along the world's axes from (0, 0, 0).
/// </param>
public sealed record Geometry(Grid Grid, Affine Affine)
{
    /// <summary>What the header takes <see cref="Affine"/> from.</summary>
    public PlaceSource Source { get; init; } = PlaceSource.SForm;

    /// <summary>The qform, in a header that has an sform as well; else null.</summary>
    public Affine? SecondPlace { get; init; }

    /// <summary>Whether anything is known of its place in the world.</summary>
    public bool HasPlace => Source != PlaceSource.None;
}
