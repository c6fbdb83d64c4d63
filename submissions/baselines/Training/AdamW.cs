using Touchstone.Baselines.Torch;

namespace Touchstone.Baselines.Training;

/// <summary>
/// AdamW (Loshchilov and Hutter 2019, https://arxiv.org/abs/1711.05101) as PyTorch computes it, one multiplication after the other; held
/// to <c>torch.optim.AdamW</c> by <c>tests/golden/baselines/training.json</c>.
/// </summary>
internal sealed class AdamW : IDisposable
{
    private const double Epsilon = 1e-8;

    private readonly IReadOnlyList<(string Name, Tensor Weight)> _parameters;
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _weightDecay;
    private readonly Dictionary<string, Tensor> _means = [];
    private readonly Dictionary<string, Tensor> _squares = [];

    /// <summary>An optimiser that has not stepped yet.</summary>
    /// <param name="parameters">What it changes; owned by the caller.</param>
    /// <param name="betas">What is kept of the mean of gradients and of that of their squares.</param>
    /// <param name="weightDecay">Taken from each weight, times the learning rate.</param>
    public AdamW(IReadOnlyList<(string Name, Tensor Weight)> parameters, IReadOnlyList<double> betas, double weightDecay)
    {
        (_parameters, _beta1, _beta2, _weightDecay) = (parameters, betas[0], betas[1], weightDecay);
        foreach (var (name, weight) in parameters)
        {
            _means[name] = Tensor.Zeros(ElementType.Float32, weight.Device, [.. weight.Shape]);
            _squares[name] = Tensor.Zeros(ElementType.Float32, weight.Device, [.. weight.Shape]);
        }
    }

    /// <summary>Its state, apart from the number of steps: mean gradients and mean squares by the names of the parameters.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> State() =>
        _means.Select(pair => ("mean." + pair.Key, pair.Value)).Concat(_squares.Select(pair => ("square." + pair.Key, pair.Value)));

    /// <summary>Moves every parameter.</summary>
    /// <param name="gradients">One per parameter, in their order; null for one that none arrived at.</param>
    /// <param name="learningRate">Of this step.</param>
    /// <param name="step">From 1.</param>
    public void Step(IReadOnlyList<Tensor?> gradients, double learningRate, int step)
    {
        using var off = GradientMode.Off();
        var size = -learningRate / (1 - Math.Pow(_beta1, step));
        var root = Math.Sqrt(1 - Math.Pow(_beta2, step));
        for (var n = 0; n < gradients.Count; n++)
        {
            if (gradients[n] is not { } gradient)
            {
                continue;
            }

            var (name, weight) = _parameters[n];
            var (mean, square) = (_means[name], _squares[name]);
            Do("aten::mul_", "Scalar", weight, 1 - (learningRate * _weightDecay));
            Do("aten::mul_", "Scalar", mean, _beta1);
            Do("aten::add_", "Tensor", mean, gradient, 1 - _beta1);
            Do("aten::mul_", "Scalar", square, _beta2);
            Do("aten::addcmul_", "", square, gradient, gradient, 1 - _beta2);
            using var spread = Operator.Call("aten::sqrt", "", square);
            Do("aten::div_", "Scalar", spread, root);
            Do("aten::add_", "Scalar", spread, Epsilon);
            Do("aten::addcdiv_", "", weight, mean, spread, size);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in _means.Values.Concat(_squares.Values))
        {
            tensor.Dispose();
        }
    }

    private static void Do(string name, string overload, params ReadOnlySpan<Value> arguments) =>
        Operator.Call(name, overload, arguments).Dispose();
}
