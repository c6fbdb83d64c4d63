using Touchstone.Baselines.Torch;

namespace Touchstone.Baselines.Networks;

/// <summary>
/// The full-resolution 3D U-Net of Models Genesis (Zhou et al. 2019, https://doi.org/10.1007/978-3-030-32251-9_42), which SuPreM
/// trains: four levels of two convolutions, 32 channels doubling, batch normalisation, ReLU. 19.08 M parameters.
/// </summary>
internal static class UNet
{
    /// <summary>Windows must be multiples of this along each axis.</summary>
    public const int Divisor = 8;

    /// <summary>The network.</summary>
    /// <param name="outputs">Channels out; 0 for the backbone alone, which gives its features only.</param>
    /// <param name="width">Channels of the first convolution; 32 in the published one.</param>
    public static ModuleDefinition Define(int outputs, int width = 32) => new()
    {
        Name = "UNet",
        Children =
        [
            ("down_tr64", Down(1, width)),
            ("down_tr128", Down(2 * width, 2 * width)),
            ("down_tr256", Down(4 * width, 4 * width)),
            ("down_tr512", Down(8 * width, 8 * width)),
            ("up_tr256", Up(16 * width, 8 * width)),
            ("up_tr128", Up(8 * width, 4 * width)),
            ("up_tr64", Up(4 * width, 2 * width)),
            .. outputs > 0 ? [("out_tr", Layers.Wrapped("final_conv", Layers.Convolution(2 * width, outputs, kernel: 1)))]
                : Array.Empty<(string, ModuleDefinition)>(),
        ],
        Source = """
            def features(self, x: Tensor) -> Tuple[Tensor, Tensor]:
                first = self.down_tr64.ops.forward(x)
                second = self.down_tr128.ops.forward(torch.max_pool3d(first, [2, 2, 2]))
                third = self.down_tr256.ops.forward(torch.max_pool3d(second, [2, 2, 2]))
                deepest = self.down_tr512.ops.forward(torch.max_pool3d(third, [2, 2, 2]))
                x = self.up_tr256.forward(deepest, third)
                x = self.up_tr128.forward(x, second)
                return deepest, self.up_tr64.forward(x, first)

            """ + (outputs > 0 ? """

            def forward(self, x: Tensor) -> Tensor:
                return self.out_tr.forward(self.features(x)[1])
            """ : ""),
    };

    /// <summary>Two convolutions; the second doubles the channels.</summary>
    private static ModuleDefinition Down(int inputs, int channels) => new()
    {
        Name = "Down",
        Children = [("ops", Layers.Sequence(Unit(inputs, channels), Unit(channels, 2 * channels)))],
    };

    /// <summary>Doubles the size, joins what came down at that size, and convolves twice.</summary>
    private static ModuleDefinition Up(int inputs, int channels) => new()
    {
        Name = "Up",
        Children =
        [
            ("up_conv", Layers.Doubling(inputs, inputs)),
            ("ops", Layers.Sequence(Unit(inputs + channels, channels), Unit(channels, channels))),
        ],
        Source = """
            def forward(self, x: Tensor, skip: Tensor) -> Tensor:
                return self.ops.forward(torch.cat([self.up_conv.forward(x), skip], 1))
            """,
    };

    private static ModuleDefinition Unit(int inputs, int outputs) => new()
    {
        Name = "Unit",
        Children = [("conv1", Layers.Convolution(inputs, outputs, kernel: 3)), ("bn1", Layers.BatchNorm(outputs))],
        Source = """
            def forward(self, x: Tensor) -> Tensor:
                return torch.relu_(self.bn1.forward(self.conv1.forward(x)))
            """,
    };
}
