namespace Touchstone.Evaluators;

/// <summary>Voxels that two masks of one case both claim.</summary>
/// <param name="First">Canonical name of one structure.</param>
/// <param name="Second">That of the other.</param>
/// <param name="Voxels">At least 1.</param>
public sealed record MaskOverlap(string First, string Second, long Voxels);

/// <summary>What the masks of one case are like, every byte of them read and nothing scored.</summary>
public sealed record MaskInspection
{
    /// <summary>What is wrong, by file: damaged, no mask, or not on the CT's grid.</summary>
    public required IReadOnlyDictionary<string, VolumeException> Faults { get; init; }

    /// <summary>What is odd, by file; see <see cref="HeaderDoubts"/>.</summary>
    public required IReadOnlyDictionary<string, string> Doubts { get; init; }

    /// <summary>Pairs of masks that overlap, most voxels first.</summary>
    public required IReadOnlyList<MaskOverlap> Overlaps { get; init; }

    /// <summary>Inspects masks.</summary>
    /// <param name="masks">Files by canonical name; see <see cref="MaskSource.MaskFolder.FindMasks"/>.</param>
    /// <param name="ct">What they must lie on; null where the CT does not tell, and they must agree with each other.</param>
    /// <param name="finished">Told of each file that is done.</param>
    public static MaskInspection Of(IReadOnlyDictionary<string, string> masks, Geometry? ct, Action<string> finished)
    {
        var budget = new SurfaceBudget(side: null, SurfaceLimits.Default);
        var (faults, doubts) = (new Dictionary<string, VolumeException>(), new Dictionary<string, string>());
        var read = new List<(string Structure, Mask Mask)>();
        foreach (var (structure, path) in masks)
        {
            var mask = new Mask(budget);
            try
            {
                using var stream = VolumeStream.Open(path);
                var header = stream.Header.Geometry;
                if (HeaderDoubts.Of(header) is { } doubt)
                {
                    doubts.Add(path, doubt);
                }

                GeometryAgreement.Require(ct ??= header, header);
                MaskReader.ReadMask(stream, mask);
                read.Add((structure, mask));
            }
            catch (VolumeException fault)
            {
                mask.Dispose();
                faults.Add(path, fault);
            }

            finished(path);
        }

        var overlaps = OverlapsOf(read);
        read.ForEach(one => one.Mask.Dispose());
        return new MaskInspection { Faults = faults, Doubts = doubts, Overlaps = overlaps };
    }

    /// <summary>Inspects a label volume, in which nothing can overlap.</summary>
    /// <param name="file">The volume.</param>
    /// <param name="ct">What it must lie on; null where the CT does not tell.</param>
    /// <param name="others">Voxels by label, of labels that the numbering does not know.</param>
    public static MaskInspection Of(MaskSource.LabelFile file, Geometry? ct, out IReadOnlyDictionary<byte, long> others)
    {
        var (faults, doubts) = (new Dictionary<string, VolumeException>(), new Dictionary<string, string>());
        others = new Dictionary<byte, long>();
        try
        {
            using var read = MaskSet.Read(
                file, [.. file.Labels.Structures.Values], ct, new SurfaceBudget(side: null, SurfaceLimits.Default));
            others = read.OtherLabels;
            if (read.Doubts is [var doubt, ..])
            {
                doubts.Add(file.Path, doubt);
            }
        }
        catch (VolumeException fault)
        {
            faults.Add(file.Path, fault);
        }

        return new MaskInspection { Faults = faults, Doubts = doubts, Overlaps = [] };
    }

    private static MaskOverlap[] OverlapsOf(List<(string Structure, Mask Mask)> masks) =>
    [
        .. from first in masks.Index()
           from second in masks.Skip(first.Index + 1)
           let voxels = Mask.CountBoth(first.Item.Mask, second.Mask)
           where voxels > 0
           orderby voxels descending
           select new MaskOverlap(first.Item.Structure, second.Structure, voxels),
    ];
}
