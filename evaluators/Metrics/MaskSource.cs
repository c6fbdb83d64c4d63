namespace Touchstone.Evaluators;

/// <summary>
/// Where the masks of one case are: one multi-label volume, or a folder with one binary mask per structure.
/// </summary>
public abstract record MaskSource
{
    private MaskSource()
    {
    }

    /// <summary>
    /// False when the CT that they are of has no place in the world, whatever place the masks were given: predictions are then held
    /// to shape and spacing alone. Default true.
    /// </summary>
    public bool CtHasPlace { get; init; } = true;

    /// <summary>Canonical names of the structures that the source has masks of, or that its labels stand for.</summary>
    /// <exception cref="VolumeException">A folder of masks is absent, or holds two masks of one structure.</exception>
    public IReadOnlyCollection<string> FindStructures() => this switch
    {
        LabelFile file => [.. file.Labels.Structures.OrderBy(label => label.Key).Select(label => label.Value)],
        MaskFolder folder => [.. folder.FindMasks().Keys],
        _ => throw new NotSupportedException(GetType().Name),
    };

    /// <summary>One volume with a label per voxel.</summary>
    /// <param name="Path">The file.</param>
    /// <param name="Labels">What its numbers mean.</param>
    public sealed record LabelFile(string Path, LabelMap Labels) : MaskSource;

    /// <summary>
    /// A folder of masks, <c>&lt;structure&gt;.nii.gz</c>. In a reference a missing file means "not annotated" and the structure
    /// is left out; in a prediction it means "nothing found".
    /// </summary>
    /// <param name="Path">The folder.</param>
    public sealed record MaskFolder(string Path) : MaskSource
    {
        /// <summary>What the names of all masks have at the end beside the structure, such as <c>_pred</c>. Default empty.</summary>
        public string Suffix { get; init; } = "";

        /// <summary>The masks that are there: canonical names with their files, ordered by file name.</summary>
        /// <exception cref="VolumeException">There is no such folder, or two of its files are masks of one structure, or of two whose names differ in case only.</exception>
        public IReadOnlyDictionary<string, string> FindMasks()
        {
            if (!Directory.Exists(Path))
            {
                throw new VolumeException(VolumeFault.Missing, "There is no such folder of masks.");
            }

            var files = new OrderedDictionary<string, string>();
            foreach (var file in Directory.EnumerateFiles(Path).Order(StringComparer.Ordinal))
            {
                if (VolumeFile.StemOf(System.IO.Path.GetFileName(file)) is not { } name)
                {
                    continue;
                }

                var structure = StructureNames.Canonical(WithoutSuffix(name));
                if (!files.TryAdd(structure, file))
                {
                    throw new VolumeException(VolumeFault.Unreadable, $"The folder holds two masks of {structure}.");
                }
            }

            return StructureNames.TwinsAmong(files.Keys) is { } twins
                ? throw new VolumeException(VolumeFault.Unreadable, $"The folder holds masks whose names cannot be told apart: {twins}")
                : files;
        }

        private string WithoutSuffix(string name) => name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name;
    }
}
