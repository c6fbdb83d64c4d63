using Touchstone.Evaluators;

namespace Touchstone.Baselines.Inference;

/// <summary>What a CT goes through before a network sees it. The defaults are those that SuPreM infers with.</summary>
/// <remarks>Source of the defaults: the arguments of <c>direct_inference/inference.py</c> in MrGiovanni/SuPreM.</remarks>
internal sealed record Preparation
{
    /// <summary>Millimetres between the network's voxels. Default 1.5 along each axis.</summary>
    public Spacing SpacingMm { get; init; } = new(1.5, 1.5, 1.5);

    /// <summary>Becomes 0, as does everything darker. Default −175 Hounsfield units.</summary>
    public float DarkHu { get; init; } = -175;

    /// <summary>Becomes 1, as does everything brighter. Default 250 Hounsfield units.</summary>
    public float BrightHu { get; init; } = 250;
}
