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

/// <summary>The scores of one case.</summary>
public sealed record CaseScore
{
    /// <summary>Spacing of the reference.</summary>
    public required Spacing SpacingMm { get; init; }

    /// <summary>One entry per annotated structure, in the order asked for.</summary>
    public required IReadOnlyList<StructureScore> Structures { get; init; }

    /// <summary>Voxels of the prediction whose label the label map does not know; counted, and otherwise ignored.</summary>
    public required long UnknownLabelVoxels { get; init; }
}

/// <summary>Scores one case.</summary>
public static class CaseEvaluator
{
    /// <summary>Compares a prediction with its reference, structure by structure.</summary>
    /// <param name="reference">The truth.</param>
    /// <param name="prediction">What is judged.</param>
    /// <param name="structures">Canonical names to score.</param>
    /// <param name="protocol">Which definition of the metrics.</param>
    /// <exception cref="VolumeException">
    /// A volume is missing, damaged, no label map or on another grid. When the reference is at fault, <c>Data["side"]</c> is
    /// "reference", otherwise "prediction".
    /// </exception>
    public static CaseScore Score(
        MaskSource reference, MaskSource prediction, IReadOnlyList<string> structures, Protocol protocol) =>
        throw new NotImplementedException(protocol.Name);

    /// <summary>What the reference holds, for a case without a valid prediction: every metric null, volumes filled in.</summary>
    /// <param name="reference">The truth.</param>
    /// <param name="structures">Canonical names to score.</param>
    /// <exception cref="VolumeException">The reference cannot be read.</exception>
    public static CaseScore Inventory(MaskSource reference, IReadOnlyList<string> structures) =>
        throw new NotImplementedException(structures.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
