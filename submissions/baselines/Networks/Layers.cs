using Touchstone.Baselines.Torch;

namespace Touchstone.Baselines.Networks;

/// <summary>The layers that the networks are made of, with the state names that PyTorch gives them.</summary>
internal static class Layers
{
    /// <summary>A three-dimensional convolution that keeps the size, or divides it by the stride.</summary>
    /// <param name="inputs">Channels in.</param>
    /// <param name="outputs">Channels out.</param>
    /// <param name="kernel">Odd side of the kernel.</param>
    /// <param name="stride">1 or 2.</param>
    /// <param name="hasBias">Whether a number is added per channel.</param>
    public static ModuleDefinition Convolution(int inputs, int outputs, int kernel, int stride = 1, bool hasBias = true) => new()
    {
        Name = "Convolution",
        Tensors = [new("weight", [outputs, inputs, kernel, kernel, kernel]), .. Bias(hasBias, outputs)],
        Source = $"""
            def forward(self, x: Tensor) -> Tensor:
                return torch.conv3d(x, self.weight, {(hasBias ? "self.bias" : "None")}, {Three(stride)}, {Three(kernel / 2)})
            """,
    };

    /// <summary>A convolution whose steps do not overlap, such as the one that makes patches into tokens.</summary>
    /// <param name="inputs">Channels in.</param>
    /// <param name="outputs">Channels out.</param>
    /// <param name="step">Side of the kernel, and its stride.</param>
    public static ModuleDefinition PatchConvolution(int inputs, int outputs, int step) => new()
    {
        Name = "PatchConvolution",
        Tensors = [new("weight", [outputs, inputs, step, step, step]), .. Bias(true, outputs)],
        Source = $"""
            def forward(self, x: Tensor) -> Tensor:
                return torch.conv3d(x, self.weight, self.bias, {Three(step)})
            """,
    };

    /// <summary>Doubles the size by a learnt kernel of side 2.</summary>
    /// <param name="inputs">Channels in.</param>
    /// <param name="outputs">Channels out.</param>
    /// <param name="hasBias">Whether a number is added per channel.</param>
    public static ModuleDefinition Doubling(int inputs, int outputs, bool hasBias = true) => new()
    {
        Name = "Doubling",
        Tensors = [new("weight", [inputs, outputs, 2, 2, 2]), .. Bias(hasBias, outputs)],
        Source = $"""
            def forward(self, x: Tensor) -> Tensor:
                return torch.conv_transpose3d(x, self.weight, {(hasBias ? "self.bias" : "None")}, {Three(2)})
            """,
    };

    /// <summary>A matrix along the last dimension.</summary>
    /// <param name="inputs">Length in.</param>
    /// <param name="outputs">Length out.</param>
    /// <param name="hasBias">Whether a vector is added.</param>
    public static ModuleDefinition Linear(int inputs, int outputs, bool hasBias = true) => new()
    {
        Name = "Linear",
        Tensors = [new("weight", [outputs, inputs]), .. Bias(hasBias, outputs)],
        Source = $"""
            def forward(self, x: Tensor) -> Tensor:
                return torch.linear(x, self.weight, {(hasBias ? "self.bias" : "None")})
            """,
    };

    /// <summary>Normalises the last dimension of each place.</summary>
    /// <param name="length">Of that dimension.</param>
    public static ModuleDefinition LayerNorm(int length) => new()
    {
        Name = "LayerNorm",
        Tensors = [Ones(length), .. Bias(true, length)],
        Source = $"""
            def forward(self, x: Tensor) -> Tensor:
                return torch.layer_norm(x, [{length}], self.weight, self.bias)
            """,
    };

    /// <summary>Normalises groups of channels over a whole window.</summary>
    /// <param name="groups">Number of groups; divides the channels.</param>
    /// <param name="channels">Number of channels.</param>
    public static ModuleDefinition GroupNorm(int groups, int channels) => new()
    {
        Name = "GroupNorm",
        Tensors = [Ones(channels), .. Bias(true, channels)],
        Source = $"""
            def forward(self, x: Tensor) -> Tensor:
                return torch.group_norm(x, {groups}, self.weight, self.bias)
            """,
    };

    /// <summary>
    /// Normalises channels by the batch at hand, in inference too: the U-Net of Models Genesis and SuPreM never uses its running
    /// statistics, it only keeps them.
    /// </summary>
    /// <param name="channels">Number of channels.</param>
    public static ModuleDefinition BatchNorm(int channels) => new()
    {
        Name = "BatchNorm",
        Tensors =
        [
            Ones(channels),
            .. Bias(true, channels),
            new("running_mean", [channels]) { IsBuffer = true },
            Ones(channels) with { Name = "running_var", IsBuffer = true },
            new("num_batches_tracked", []) { IsBuffer = true, Type = ElementType.Int64 },
        ],
        Source = """
            def forward(self, x: Tensor) -> Tensor:
                if self.training:
                    return torch.batch_norm(x, self.weight, self.bias, self.running_mean, self.running_var, True, 0.1, 1e-5, True)
                return torch.batch_norm(x, self.weight, self.bias, None, None, True, 0.1, 1e-5, True)
            """,
    };

    /// <summary>Nothing to learn: one expression in x, such as <c>torch.relu(x)</c>.</summary>
    /// <param name="expression">TorchScript.</param>
    public static ModuleDefinition Plain(string expression) => new()
    {
        Name = "Plain",
        Source = $"""
            def forward(self, x: Tensor) -> Tensor:
                return {expression}
            """,
    };

    /// <summary>A layer under one more name, as MONAI wraps its convolutions.</summary>
    /// <param name="name">Of the layer in its wrapper.</param>
    /// <param name="layer">Takes and gives one tensor.</param>
    public static ModuleDefinition Wrapped(string name, ModuleDefinition layer) => Chain([(name, layer)]);

    /// <summary>Layers one after the other, numbered from 0.</summary>
    /// <param name="layers">Each takes and gives one tensor.</param>
    public static ModuleDefinition Sequence(params ModuleDefinition[] layers) =>
        Chain([.. layers.Select((layer, n) => (n.ToString(System.Globalization.CultureInfo.InvariantCulture), layer))]);

    /// <summary>Numbered children without a method of their own: only the parent calls them.</summary>
    /// <param name="children">In order.</param>
    public static ModuleDefinition List(params ModuleDefinition[] children) => Sequence(children) with { Name = "List", Source = null };

    private static ModuleDefinition Chain(IReadOnlyList<(string Name, ModuleDefinition Definition)> layers) => new()
    {
        Name = "Chain",
        Children = layers,
        Source = "def forward(self, x: Tensor) -> Tensor:\n"
            + string.Concat(layers.Select(layer => $"    x = getattr(self, \"{layer.Name}\").forward(x)\n"))
            + "    return x\n",
    };

    private static string Three(int number) => $"[{number}, {number}, {number}]";

    private static StateTensor[] Bias(bool has, int length) => has ? [new("bias", [length])] : [];

    private static StateTensor Ones(int length) => new("weight", [length])
    {
        Initial = () => Operator.Call("aten::ones", "", new long[] { length }, ElementType.Float32),
    };
}
