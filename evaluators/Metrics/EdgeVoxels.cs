namespace Touchstone.Evaluators;

/// <summary>
/// Distances between the edge voxels of two masks, each of weight 1: the surface of BodyMaps and MONAI.
/// </summary>
/// <param name="spacing">Spacing of the case's grid.</param>
internal sealed class EdgeVoxels(Spacing spacing)
{
    private readonly SurfaceRuler _ruler = new(spacing, Ones());

    /// <summary>From the reference's edge to the prediction's, and back.</summary>
    /// <param name="reference">Not empty.</param>
    /// <param name="prediction">Not empty.</param>
    public (DistanceProfile Outward, DistanceProfile Inward) Measure(Mask reference, Mask prediction)
    {
        var layout = new BitLayout(reference.Box.Union(prediction.Box));
        using var referenceEdge = Surface.OfEdgeVoxels(reference, layout);
        using var predictionEdge = Surface.OfEdgeVoxels(prediction, layout);
        return (_ruler.Measure(referenceEdge, predictionEdge), _ruler.Measure(predictionEdge, referenceEdge));
    }

    private static double[] Ones()
    {
        var ones = new double[SurfelTable.Kinds];
        ones[0] = 1;
        return ones;
    }
}
