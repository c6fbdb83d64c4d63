using Touchstone.Baselines.Inference;
using Touchstone.Baselines.Networks;

namespace Touchstone.Baselines.Training;

/// <summary>What is made small.</summary>
internal enum Loss
{
    /// <summary>A sigmoid per structure, binary cross entropy and Dice: SuPreM's pre-training. Masks may overlap.</summary>
    BceDice,

    /// <summary>A softmax over background and structures, cross entropy and Dice: SuPreM's fine-tuning.</summary>
    CeDice,
}

/// <summary>
/// How to train: <c>recipe.json</c>, each member of which a job's settings may replace. What is left out has the value of SuPreM's
/// protocol for fine-tuning; the sources stand in <c>README.md</c>.
/// </summary>
/// <remarks>Set, not init: see <see cref="ModelFile"/>.</remarks>
internal sealed record Recipe
{
    /// <summary>Which network; null leaves it to the job, which then calls it unet, segresnet or swinunetr.</summary>
    public Backbone? Backbone { get; set; }

    /// <summary>Channels of its first level; null for the published ones.</summary>
    public int? Width { get; set; }

    /// <summary>Millimetres between the network's voxels: right, front, head. Default 1.5 each.</summary>
    public IReadOnlyList<double> SpacingMm { get; set; } = [1.5, 1.5, 1.5];

    /// <summary>Hounsfield units that become 0 and 1. Default −175 and 250.</summary>
    public IReadOnlyList<float> IntensityHu { get; set; } = [-175, 250];

    /// <summary>Voxels of a window along each axis. Default 96.</summary>
    public int Window { get; set; } = 96;

    /// <summary>Windows that the network sees at once. Default 2.</summary>
    public int Batch { get; set; } = 2;

    /// <summary>Batches whose gradients make one step. Default 1.</summary>
    public int Accumulation { get; set; } = 1;

    /// <summary>Steps of the optimiser. Default 40 000.</summary>
    public int Steps { get; set; } = 40_000;

    /// <summary>Share of the steps in which the learning rate rises from 0. Default 0.1.</summary>
    public double WarmUpShare { get; set; } = 0.1;

    /// <summary>Learning rate after the warm-up, from where it falls to 0 along a cosine. Default 1e-4.</summary>
    public double LearningRate { get; set; } = 1e-4;

    /// <summary>Share of a weight that a step of learning rate 1 would take away. Default 1e-5.</summary>
    public double WeightDecay { get; set; } = 1e-5;

    /// <summary>What AdamW keeps of the means of gradients and of their squares. Default 0.9 and 0.999.</summary>
    public IReadOnlyList<double> Betas { get; set; } = [0.9, 0.999];

    /// <summary>What is made small. Default <see cref="Loss.CeDice"/>.</summary>
    public Loss Loss { get; set; } = Loss.CeDice;

    /// <summary>Share of windows around a voxel of a structure; the others lie around any bright voxel. Default 2/3.</summary>
    public double ForegroundShare { get; set; } = 2.0 / 3;

    /// <summary>Probability that a window is mirrored, for each axis. Default 0.</summary>
    public double FlipProbability { get; set; }

    /// <summary>Probability that a window is turned by 90, 180 or 270 degrees about the long axis of the body. Default 0.1.</summary>
    public double RotationProbability { get; set; } = 0.1;

    /// <summary>Probability that the brightness of a window is shifted. Default 0.2.</summary>
    public double ShiftProbability { get; set; } = 0.2;

    /// <summary>Largest shift, of a brightness from 0 to 1. Default 0.1.</summary>
    public double ShiftOffset { get; set; } = 0.1;

    /// <summary>Steps from one validation, and one checkpoint, to the next. Default 2 000.</summary>
    public int ValidationInterval { get; set; } = 2_000;

    /// <summary>Whether the network computes in bfloat16, with weights kept in full. Default false.</summary>
    public bool MixedPrecision { get; set; }

    /// <summary>Share of a window that its neighbour covers too, in validation and test. Default 0.5.</summary>
    public double Overlap { get; set; } = 0.5;

    /// <summary>Whether only the largest part of each structure stays, in validation and test. Default false.</summary>
    public bool LargestPartOnly { get; set; }

    /// <summary>Whether a softmax follows, and the background is an output.</summary>
    internal bool HasBackground => Loss == Loss.CeDice;

    /// <summary>The model that training with this recipe makes.</summary>
    /// <param name="structures">In the job's order.</param>
    /// <param name="weights">File of its weights.</param>
    public ModelFile ModelFor(IReadOnlyList<string> structures, string weights) => new()
    {
        Network = Backbone!.Value,
        Width = Width,
        Weights = weights,
        Activation = HasBackground ? Activation.Softmax : Activation.Sigmoid,
        Structures = HasBackground ? [null, .. structures] : [.. structures],
        Layout = Layout.Folder,
        LargestPartOnly = LargestPartOnly,
        SpacingMm = SpacingMm,
        IntensityHu = IntensityHu,
        Window = Window,
        Overlap = Overlap,
    };
}
