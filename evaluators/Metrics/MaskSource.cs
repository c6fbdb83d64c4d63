namespace Touchstone.Evaluators;

/// <summary>Where the masks of one case are: one multi-label volume, or a folder with one binary mask per structure.</summary>
public abstract record MaskSource
{
    private MaskSource()
    {
    }

    /// <summary>One volume with a label per voxel.</summary>
    /// <param name="Path">The file.</param>
    /// <param name="Labels">What its numbers mean.</param>
    public sealed record LabelFile(string Path, LabelMap Labels) : MaskSource;

    /// <summary>
    /// A folder of <c>&lt;structure&gt;.nii.gz</c>, any non-zero voxel inside. In a reference a missing file means "not
    /// annotated" and the structure is left out; in a prediction it means "nothing found".
    /// </summary>
    /// <param name="Path">The folder.</param>
    public sealed record MaskFolder(string Path) : MaskSource;
}
