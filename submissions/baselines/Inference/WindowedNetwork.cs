using Touchstone.Baselines.Torch;

namespace Touchstone.Baselines.Inference;

/// <summary>A network that answers for a whole volume by sliding a window over it.</summary>
/// <param name="network">In inference mode, on <paramref name="device"/>.</param>
/// <param name="outputs">Its channels.</param>
/// <param name="window">How the window slides.</param>
/// <param name="device">Where the network lies.</param>
internal sealed class WindowedNetwork(ScriptModule network, int outputs, SlidingWindow window, Device device)
{
    /// <summary>CPU time of the process that went into the network so far; for measurements.</summary>
    public TimeSpan NetworkTime { get; set; }

    /// <summary>Bytes beside the network's own that <see cref="Run"/> takes for a volume.</summary>
    /// <param name="size">Voxels along each axis.</param>
    public long BytesFor((int X, int Y, int Z) size)
    {
        var (_, y, z) = Padded(size);
        return sizeof(float) * (outputs + 1L) * window.Side * y * z;
    }

    /// <summary>Answers for a volume.</summary>
    /// <param name="voxels">The last axis fastest.</param>
    /// <param name="size">Voxels along each axis.</param>
    /// <param name="take">
    /// Called with consecutive planes along the first axis, from the first on: the first plane's number, the number of planes, and their
    /// logits [outputs, planes, y, z] on the network's device, valid during the call only.
    /// </param>
    /// <param name="cancellation">Looked at before every window.</param>
    public void Run(
        float[] voxels, (int X, int Y, int Z) size, Action<int, int, Tensor> take, CancellationToken cancellation = default)
    {
        using var off = GradientMode.Off();
        using var volume = Volume(voxels, size);
        using var weights = Weights();
        var padded = Padded(size);
        using var slab = new Slab(outputs, window.Side, padded.Y, padded.Z, device);
        var starts = window.Starts(padded.X);
        for (var n = 0; n < starts.Count; n++)
        {
            foreach (var y in window.Starts(padded.Y))
            {
                foreach (var z in window.Starts(padded.Z))
                {
                    cancellation.ThrowIfCancellationRequested();
                    using var piece = Piece(volume, starts[n], y, z);
                    var before = Environment.CpuUsage.TotalTime;
                    using var answer = network.Forward(piece);
                    NetworkTime += Environment.CpuUsage.TotalTime - before;
                    slab.Add(answer, weights, y, z);
                }
            }

            var first = starts[n];
            var planes = n + 1 < starts.Count ? starts[n + 1] - first : window.Side;
            slab.Finish(planes, logits => Give(first, logits, size, take));
        }
    }

    /// <summary>Hands planes on without what was added around the volume.</summary>
    private void Give(int first, Tensor logits, (int X, int Y, int Z) size, Action<int, int, Tensor> take)
    {
        var before = (X: Before(size.X), Y: Before(size.Y), Z: Before(size.Z));
        var from = Math.Max(first, before.X);
        var to = Math.Min(first + (int)logits.Shape[1], before.X + size.X);
        if (from < to)
        {
            using var planes = Operator.Call("aten::narrow", "", logits, 1, from - first, to - from);
            using var rows = Operator.Call("aten::narrow", "", planes, 2, before.Y, size.Y);
            using var cut = Operator.Call("aten::narrow", "", rows, 3, before.Z, size.Z);
            take(from - before.X, to - from, cut);
        }
    }

    /// <summary>The volume as a tensor, zeros around it where it is smaller than a window.</summary>
    private Tensor Volume(float[] voxels, (int X, int Y, int Z) size)
    {
        var padded = Padded(size);
        var volume = Tensor.Over(voxels, 1, 1, size.X, size.Y, size.Z);
        if (padded == size)
        {
            return volume;
        }

        using (volume)
        {
            return Operator.Call("aten::constant_pad_nd", "", volume, new long[]
            {
                Before(size.Z), padded.Z - size.Z - Before(size.Z),
                Before(size.Y), padded.Y - size.Y - Before(size.Y),
                Before(size.X), padded.X - size.X - Before(size.X),
            });
        }
    }

    private Tensor Piece(Tensor volume, int x, int y, int z)
    {
        using var planes = Operator.Call("aten::narrow", "", volume, 2, x, window.Side);
        using var rows = Operator.Call("aten::narrow", "", planes, 3, y, window.Side);
        using var piece = Operator.Call("aten::narrow", "", rows, 4, z, window.Side);
        using var whole = Operator.Call("aten::contiguous", "", piece);
        return whole.To(device);
    }

    private Tensor Weights()
    {
        using var weights = Tensor.Over(window.Weights(), 1, window.Side, window.Side, window.Side);
        return weights.To(device);
    }

    private (int X, int Y, int Z) Padded((int X, int Y, int Z) size) =>
        (Math.Max(size.X, window.Side), Math.Max(size.Y, window.Side), Math.Max(size.Z, window.Side));

    private int Before(int length) => Math.Max(0, window.Side - length) / 2;
}
