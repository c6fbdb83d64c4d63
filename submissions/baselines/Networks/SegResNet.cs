using Touchstone.Baselines.Torch;

namespace Touchstone.Baselines.Networks;

/// <summary>
/// SegResNet (Myronenko 2018, https://arxiv.org/abs/1810.11654, without its variational branch) in MONAI's form and as SuPreM
/// sets it: 16 filters, residual blocks 1, 2, 2, 4 on the way down and 1, 1, 1 up. 4.70 M parameters.
/// </summary>
internal static class SegResNet
{
    /// <summary>Windows must be multiples of this along each axis.</summary>
    public const int Divisor = 8;

    private static readonly int[] Blocks = [1, 2, 2, 4];

    /// <summary>The network.</summary>
    /// <param name="outputs">Channels out.</param>
    /// <param name="filters">Channels of the first level, a multiple of 8; 16 in the published one.</param>
    public static ModuleDefinition Define(int outputs, int filters = 16) => new()
    {
        Name = "SegResNet",
        Children =
        [
            ("convInit", Convolution(1, filters, 3)),
            ("down_layers", Layers.List([.. Blocks.Select((count, level) => Level(filters << level, count, level > 0))])),
            ("up_layers", Layers.List([.. Enumerable.Range(0, 3).Select(n => Layers.Sequence(Residual(filters << (2 - n))))])),
            ("up_samples", Layers.List([.. Enumerable.Range(0, 3).Select(n => Upsampling(filters << (3 - n)))])),
            ("conv_final", Layers.Sequence(
                Layers.GroupNorm(8, filters),
                Layers.Plain("torch.relu_(x)"),
                Layers.Wrapped("conv", Layers.Convolution(filters, outputs, kernel: 1)))),
        ],
        Source = """
            def forward(self, x: Tensor) -> Tensor:
                first = getattr(self.down_layers, "0").forward(self.convInit.forward(x))
                second = getattr(self.down_layers, "1").forward(first)
                third = getattr(self.down_layers, "2").forward(second)
                x = getattr(self.down_layers, "3").forward(third)
                x = getattr(self.up_layers, "0").forward(getattr(self.up_samples, "0").forward(x) + third)
                x = getattr(self.up_layers, "1").forward(getattr(self.up_samples, "1").forward(x) + second)
                x = getattr(self.up_layers, "2").forward(getattr(self.up_samples, "2").forward(x) + first)
                return self.conv_final.forward(x)
            """,
    };

    private static ModuleDefinition Level(int channels, int blocks, bool halves) => Layers.Sequence(
    [
        halves ? Convolution(channels / 2, channels, 3, stride: 2) : Layers.Plain("x"),
        .. Enumerable.Range(0, blocks).Select(_ => Residual(channels)),
    ]);

    private static ModuleDefinition Upsampling(int channels) => Layers.Sequence(
        Convolution(channels, channels / 2, 1),
        Layers.Plain("torch.upsample_trilinear3d(x, [2 * x.size(2), 2 * x.size(3), 2 * x.size(4)], False)"));

    private static ModuleDefinition Residual(int channels) => new()
    {
        Name = "Residual",
        Children =
        [
            ("norm1", Layers.GroupNorm(8, channels)),
            ("norm2", Layers.GroupNorm(8, channels)),
            ("conv1", Convolution(channels, channels, 3)),
            ("conv2", Convolution(channels, channels, 3)),
        ],
        Source = """
            def forward(self, x: Tensor) -> Tensor:
                y = self.conv1.forward(torch.relu_(self.norm1.forward(x)))
                return self.conv2.forward(torch.relu_(self.norm2.forward(y))) + x
            """,
    };

    private static ModuleDefinition Convolution(int inputs, int outputs, int kernel, int stride = 1) =>
        Layers.Wrapped("conv", Layers.Convolution(inputs, outputs, kernel, stride, hasBias: false));
}
