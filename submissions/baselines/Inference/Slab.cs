using Touchstone.Baselines.Torch;

namespace Touchstone.Baselines.Inference;

/// <summary>
/// Weighted sums of the windows' answers over as many planes as a window is thick. Once no later window reaches a plane it is
/// given out and its place taken by the next: the whole volume's answers never lie in memory.
/// </summary>
internal sealed class Slab : IDisposable
{
    private readonly int _side;
    private readonly Tensor _sums;
    private readonly Tensor _weights;

    /// <summary>Takes the memory.</summary>
    /// <param name="outputs">Channels of the network.</param>
    /// <param name="side">Planes; the side of a window.</param>
    /// <param name="height">Voxels of a plane along its first axis.</param>
    /// <param name="width">Voxels of a plane along its second axis.</param>
    /// <param name="device">Where.</param>
    public Slab(int outputs, int side, int height, int width, Device device)
    {
        _side = side;
        _sums = Tensor.Zeros(ElementType.Float32, device, outputs, side, height, width);
        _weights = Tensor.Zeros(ElementType.Float32, device, 1, side, height, width);
    }

    /// <summary>Adds a window that covers all planes.</summary>
    /// <param name="answer">The network's, one case: [1, outputs, side, side, side].</param>
    /// <param name="weight">[1, side, side, side].</param>
    /// <param name="y">First voxel along the planes' first axis.</param>
    /// <param name="z">First voxel along the planes' second axis.</param>
    public void Add(Tensor answer, Tensor weight, int y, int z)
    {
        using var one = Operator.Call("aten::squeeze", "dim", answer, 0);
        using var sums = View(_sums, y, z);
        using var weights = View(_weights, y, z);
        Operator.Call("aten::addcmul_", "", sums, one, weight).Dispose();
        Operator.Call("aten::add_", "Tensor", weights, weight).Dispose();
    }

    /// <summary>Gives out the first planes: weighted means, and moves the others down.</summary>
    /// <param name="planes">How many are finished.</param>
    /// <param name="take">Gets [outputs, planes, height, width]; valid during the call only.</param>
    public void Finish(int planes, Action<Tensor> take)
    {
        using (var sums = Operator.Call("aten::narrow", "", _sums, 1, 0, planes))
        using (var weights = Operator.Call("aten::narrow", "", _weights, 1, 0, planes))
        {
            Operator.Call("aten::div_", "Tensor", sums, weights).Dispose();
            take(sums);
        }

        Move(_sums, planes);
        Move(_weights, planes);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sums.Dispose();
        _weights.Dispose();
    }

    private Tensor View(Tensor whole, int y, int z)
    {
        using var rows = Operator.Call("aten::narrow", "", whole, 2, y, _side);
        return Operator.Call("aten::narrow", "", rows, 3, z, _side);
    }

    // In pieces no longer than the way they move, so that source and target never overlap.
    private void Move(Tensor whole, int planes)
    {
        for (var to = 0; to + planes < _side; to += planes)
        {
            var count = Math.Min(planes, _side - planes - to);
            using var target = Operator.Call("aten::narrow", "", whole, 1, to, count);
            using var source = Operator.Call("aten::narrow", "", whole, 1, to + planes, count);
            Operator.Call("aten::copy_", "", target, source).Dispose();
        }

        using var free = Operator.Call("aten::narrow", "", whole, 1, _side - planes, planes);
        Operator.Call("aten::zero_", "", free).Dispose();
    }
}
