using Touchstone.Baselines.Inference;

namespace Touchstone.Baselines.Training;

/// <summary>How well a network segments the validation cases, on the voxels of their CTs.</summary>
internal static class Validation
{
    /// <summary>
    /// Mean DSC over all cases and structures, [0, 1]; structures that neither reference nor prediction has in a case are left out, as
    /// everywhere in Touchstone.
    /// </summary>
    /// <param name="segmenter">Over the network, in inference mode.</param>
    /// <param name="annotations">At least one.</param>
    /// <returns>Null where no structure is anywhere.</returns>
    public static double? MeanDsc(Segmenter segmenter, IReadOnlyList<Annotation> annotations)
    {
        var scores = new List<double>();
        foreach (var annotation in annotations)
        {
            var segmentation = segmenter.Segment(CaseCache.ReadCt(annotation, segmenter.Model.Preparation));
            var found = new byte[segmentation.Geometry.Grid.VoxelCount];
            foreach (var (structure, (_, mask)) in segmentation.Masks.Index())
            {
                segmentation.MaskOnCt(mask, found);
                if (Dsc(annotation.OnCt(structure, segmentation.Geometry), found) is { } dsc)
                {
                    scores.Add(dsc);
                }
            }
        }

        return scores.Count == 0 ? null : scores.Average();
    }

    /// <summary>Dice similarity coefficient of two masks, 2|A∩B| / (|A| + |B|); null where both are empty.</summary>
    /// <param name="reference">The truth.</param>
    /// <param name="prediction">1 inside, 0 outside.</param>
    public static double? Dsc(BitMask reference, ReadOnlySpan<byte> prediction)
    {
        var (size, both) = (reference.Inside, 0L);
        for (var n = 0; n < prediction.Length; n++)
        {
            size += prediction[n];
            both += prediction[n] != 0 && reference[n] ? 1 : 0;
        }

        return size == 0 ? null : 2.0 * both / size;
    }
}
