using System.Globalization;
using Touchstone.Baselines.Checkpoints;
using Touchstone.Baselines.Torch;
using Touchstone.Baselines.Volumes;
using Touchstone.Evaluators;

namespace Touchstone.Baselines.Inference;

/// <summary>A network with its weights, ready to segment CTs.</summary>
internal sealed class Segmenter : IDisposable
{
    private readonly ScriptModule _network;
    private readonly WindowedNetwork _windowed;
    private readonly Device _device;

    private readonly bool _ownsNetwork;

    /// <summary>Segments with a network that is there already, such as one that is being trained.</summary>
    /// <param name="model">What it answers.</param>
    /// <param name="network">On <paramref name="device"/>, in inference mode when it is asked.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="ownsNetwork">Whether disposal takes the network along.</param>
    public Segmenter(ModelFile model, ScriptModule network, Device device, bool ownsNetwork)
    {
        (Model, _network, _device, _ownsNetwork) = (model, network, device, ownsNetwork);
        _windowed = new WindowedNetwork(
            network, model.Structures.Count, new SlidingWindow { Side = model.Window, Overlap = model.Overlap }, device);
    }

    /// <summary>What it was made from.</summary>
    public ModelFile Model { get; }

    /// <summary>Builds the network and loads its weights.</summary>
    /// <param name="modelPath">A <c>model.json</c>.</param>
    /// <param name="device">Where to compute.</param>
    /// <exception cref="ModelException">The model file cannot be used.</exception>
    /// <exception cref="CheckpointException">The weights do not fit.</exception>
    public static Segmenter Open(string modelPath, Device device)
    {
        var model = ModelFile.Read(modelPath);
        var definition = model.Plan.Define();
        var network = ScriptModule.Build(definition);
        try
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(modelPath))!;
            using var file = CheckpointFile.Open(Path.Combine(folder, model.Weights));
            CheckpointLoader.Load(network, definition, file);
            network.Train(false);
            network.MoveTo(device);
            return new Segmenter(model, network, device, ownsNetwork: true);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Segments one CT.</summary>
    /// <param name="ctPath">A <c>.nii.gz</c> file in Hounsfield units.</param>
    /// <param name="cancellation">Looked at before every window.</param>
    /// <exception cref="CtException">The file is no CT, damaged, or too large for the memory there is.</exception>
    /// <exception cref="VolumeException">It is missing or no volume.</exception>
    public Segmentation Segment(string ctPath, CancellationToken cancellation = default) =>
        Segment(PreparedCt.Read(ctPath, Model.Preparation), cancellation);

    /// <summary>Segments a CT that is prepared already.</summary>
    /// <param name="ct">By the model's preparation.</param>
    /// <param name="cancellation">Looked at before every window.</param>
    /// <exception cref="CtException">It is too large for the memory there is.</exception>
    public Segmentation Segment(PreparedCt ct, CancellationToken cancellation = default)
    {
        RequireMemory(ct);
        var masks = Model.Structures
            .Select((structure, output) => (Structure: structure, Output: output, Mask: new BitMask(ct.Box.VoxelCount)))
            .Where(item => item.Structure is not null)
            .Select(item => (Structure: StructureNames.Canonical(item.Structure!), item.Output, item.Mask))
            .ToList();
        var plane = ct.Box.Size.Y * ct.Box.Size.Z;
        _windowed.Run(ct.Brightness, ct.Box.Size, (first, planes, logits) =>
        {
            var found = new byte[planes * plane];
            if (Model.Activation == Activation.Softmax)
            {
                Largest(logits, found);
            }

            foreach (var (_, output, mask) in masks)
            {
                if (Model.Activation == Activation.Sigmoid)
                {
                    Above(logits, output, found);
                }

                mask.Set(first * plane, found, Model.Activation == Activation.Sigmoid ? (byte)1 : (byte)output);
            }
        }, cancellation);

        if (Model.LargestPartOnly)
        {
            Parallel.ForEach(masks, item => LargestPart.Keep(item.Mask, ct.Box.Size));
        }

        return new Segmentation(ct.Geometry, ct.Grid, ct.Box, [.. masks.Select(item => (item.Structure, item.Mask))]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_ownsNetwork)
        {
            _network.Dispose();
        }
    }

    /// <summary>The number of the largest output of each voxel.</summary>
    private static void Largest(Tensor logits, byte[] found)
    {
        using var largest = Operator.Call("aten::argmax", "", logits, 0);
        using var bytes = largest.To(Device.Cpu, ElementType.UInt8);
        bytes.CopyTo<byte>(found);
    }

    /// <summary>1 where a sigmoid of an output exceeds the threshold: its logit the threshold's.</summary>
    private void Above(Tensor logits, int output, byte[] found)
    {
        using var one = Operator.Call("aten::select", "int", logits, 0, output);
        using var above = Operator.Call("aten::gt", "Scalar", one, Math.Log(Model.Threshold / (1 - Model.Threshold)));
        using var bytes = above.To(Device.Cpu, ElementType.UInt8);
        bytes.CopyTo<byte>(found);
    }

    // A container that runs out of memory is killed without a word; what can be foreseen is said.
    private void RequireMemory(PreparedCt ct)
    {
        var needed = _windowed.BytesFor(ct.Box.Size);
        var left = Math.Max(0, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - Environment.WorkingSet);
        if (_device == Device.Cpu && needed > left)
        {
            throw new CtException(string.Create(
                CultureInfo.InvariantCulture,
                $"Too little memory: a CT of {ct.Box.Size.X}×{ct.Box.Size.Y}×{ct.Box.Size.Z} voxels at the network's spacing ")
                + string.Create(CultureInfo.InvariantCulture, $"takes {needed >> 20} MiB beside the network; {left >> 20} MiB are left."));
        }
    }
}
