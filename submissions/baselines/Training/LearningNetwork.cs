using Touchstone.Baselines.Torch;

namespace Touchstone.Baselines.Training;

/// <summary>
/// A network that learns. With mixed precision a copy of it in bfloat16 computes forward and back; its gradients, in 32 bits, move the
/// weights, which stay in 32 bits, and the copy is made anew after every step. bfloat16 has the range of 32-bit floats, so losses need no
/// scaling.
/// </summary>
internal sealed class LearningNetwork : IDisposable
{
    private readonly Device _device;
    private readonly Loss _loss;
    private readonly int _accumulation;
    private readonly Losses _losses = new();
    private readonly ScriptModule? _copy;
    private readonly List<(string Name, Tensor Weight)> _parameters = [];
    private readonly List<Tensor> _copied = [];
    private readonly Tensor _table;

    /// <summary>Wraps a network.</summary>
    /// <param name="network">On its device; owned by the caller.</param>
    /// <param name="definition">What it was built from.</param>
    /// <param name="recipe">Loss, optimiser, precision and accumulation.</param>
    /// <param name="palette">What labels mean.</param>
    /// <param name="device">Where the network lies.</param>
    public LearningNetwork(ScriptModule network, ModuleDefinition definition, Recipe recipe, Palette palette, Device device)
    {
        (Network, _device, _loss, _accumulation) = (network, device, recipe.Loss, recipe.Accumulation);
        _parameters.AddRange(network.Parameters.Select(name => (name, network.State(name))));
        Optimiser = new AdamW(_parameters, recipe.Betas, recipe.WeightDecay);
        using (var table = palette.Table(recipe.Loss))
        {
            _table = table.To(device);
        }

        if (recipe.MixedPrecision)
        {
            _copy = ScriptModule.Build(InBfloat16(definition));
            _copy.MoveTo(device);
            _copied.AddRange(_parameters.Select(parameter => _copy.State(parameter.Name)));
            Copy();
        }
    }

    /// <summary>The network in 32 bits.</summary>
    public ScriptModule Network { get; }

    /// <summary>What moves its weights.</summary>
    public AdamW Optimiser { get; }

    /// <summary>Learns from batches that make one step together.</summary>
    /// <param name="batches">Brightness and labels, on the processor.</param>
    /// <param name="learningRate">Of this step.</param>
    /// <param name="step">From 1.</param>
    /// <returns>The mean loss of the batches.</returns>
    public double Step(IEnumerable<(Tensor Brightness, Tensor Labels)> batches, double learningRate, int step)
    {
        var learning = _copy ?? Network;
        learning.Train(true);
        ClearGradients();
        var loss = 0.0;
        using (GradientMode.On())
        {
            foreach (var (brightness, labels) in batches)
            {
                using var window = brightness.To(_device, _copy is null ? null : ElementType.BFloat16);
                using var onDevice = labels.To(_device);
                using var target = _losses.Target(_loss, onDevice, _table);
                using var answer = learning.Forward(window);
                using var whole = _losses.Of(_loss, answer, target);
                using var share = Operator.Call("aten::div", "Scalar", whole, _accumulation);
                share.Backward();
                loss += whole.Scalar() / _accumulation;
            }
        }

        if (double.IsFinite(loss))
        {
            Move(learningRate, step);
        }

        return loss;
    }

    /// <summary>Brings the copy up to date after weights were set from outside.</summary>
    public void Copy()
    {
        for (var n = 0; n < _copied.Count; n++)
        {
            _copied[n].Assign(_parameters[n].Weight);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Optimiser.Dispose();
        _losses.Dispose();
        _copy?.Dispose();
        _table.Dispose();
        foreach (var tensor in _parameters.Select(parameter => parameter.Weight).Concat(_copied))
        {
            tensor.Dispose();
        }
    }

    private void Move(double learningRate, int step)
    {
        var gradients = new List<Tensor?>();
        try
        {
            foreach (var source in Sources())
            {
                using var gradient = source.Gradient;
                gradients.Add(gradient?.To(_device, ElementType.Float32));
            }

            Optimiser.Step(gradients, learningRate, step);
        }
        finally
        {
            gradients.ForEach(gradient => gradient?.Dispose());
        }

        Copy();
    }

    private void ClearGradients()
    {
        using var off = GradientMode.Off();
        foreach (var source in Sources())
        {
            using var gradient = source.Gradient;
            if (gradient is not null)
            {
                Operator.Call("aten::zero_", "", gradient).Dispose();
            }
        }
    }

    private IEnumerable<Tensor> Sources() => _copy is null ? _parameters.Select(parameter => parameter.Weight) : _copied;

    private static ModuleDefinition InBfloat16(ModuleDefinition definition) => definition with
    {
        Tensors = [.. definition.Tensors.Select(InBfloat16)],
        Children = [.. definition.Children.Select(child => (child.Name, InBfloat16(child.Definition)))],
    };

    private static StateTensor InBfloat16(StateTensor tensor) => tensor.Type != ElementType.Float32 ? tensor : tensor with
    {
        Type = ElementType.BFloat16,
        Initial = tensor.Initial is not { } initial ? null : () =>
        {
            using var made = initial();
            return made.To(Device.Cpu, ElementType.BFloat16);
        },
    };
}
