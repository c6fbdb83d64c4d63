using Touchstone.Baselines.Torch;

namespace Touchstone.Baselines.Networks;

/// <summary>
/// Swin UNETR (Hatamizadeh et al. 2022, https://arxiv.org/abs/2201.01266) in MONAI's form: a Swin Transformer as encoder, residual
/// convolutions as decoder. With feature size 48 it has 62.19 M parameters.
/// </summary>
internal static class SwinUnetr
{
    /// <summary>Windows must be multiples of this along each axis.</summary>
    public const int Divisor = 32;

    /// <summary>The network.</summary>
    /// <param name="outputs">Channels out; 0 for the backbone alone, which gives its features only.</param>
    /// <param name="size">Feature size, a multiple of 12; 48 in the published one.</param>
    public static ModuleDefinition Define(int outputs, int size = 48) => new()
    {
        Name = "SwinUnetr",
        Children =
        [
            ("swinViT", SwinTransformer.Define(size)),
            ("encoder1", Encoder(1, size)),
            ("encoder2", Encoder(size, size)),
            ("encoder3", Encoder(2 * size, 2 * size)),
            ("encoder4", Encoder(4 * size, 4 * size)),
            ("encoder10", Encoder(16 * size, 16 * size)),
            ("decoder5", Decoder(16 * size, 8 * size)),
            ("decoder4", Decoder(8 * size, 4 * size)),
            ("decoder3", Decoder(4 * size, 2 * size)),
            ("decoder2", Decoder(2 * size, size)),
            ("decoder1", Decoder(size, size)),
            .. outputs > 0
                ? [("out", Layers.Wrapped("conv", Layers.Wrapped("conv", Layers.Convolution(size, outputs, kernel: 1))))]
                : Array.Empty<(string, ModuleDefinition)>(),
        ],
        Source = """
            def features(self, x: Tensor) -> Tuple[Tensor, Tensor]:
                half, quarter, eighth, sixteenth, last = self.swinViT.forward(x)
                deepest = self.encoder10.forward(last)
                y = self.decoder5.forward(deepest, sixteenth)
                y = self.decoder4.forward(y, self.encoder4.forward(eighth))
                y = self.decoder3.forward(y, self.encoder3.forward(quarter))
                y = self.decoder2.forward(y, self.encoder2.forward(half))
                return deepest, self.decoder1.forward(y, self.encoder1.forward(x))

            """ + (outputs > 0 ? """

            def forward(self, x: Tensor) -> Tensor:
                return self.out.forward(self.features(x)[1])
            """ : ""),
    };

    private static ModuleDefinition Encoder(int inputs, int outputs) => Layers.Wrapped("layer", Residual(inputs, outputs));

    /// <summary>Doubles the size, joins what the encoder gave at that size, and convolves.</summary>
    private static ModuleDefinition Decoder(int inputs, int outputs) => new()
    {
        Name = "Decoder",
        Children =
        [
            ("transp_conv", Layers.Wrapped("conv", Layers.Doubling(inputs, outputs, hasBias: false))),
            ("conv_block", Residual(2 * outputs, outputs)),
        ],
        Source = """
            def forward(self, x: Tensor, skip: Tensor) -> Tensor:
                return self.conv_block.forward(torch.cat([self.transp_conv.forward(x), skip], 1))
            """,
    };

    /// <summary>Two convolutions and a way around them, which is a convolution too where the channels change.</summary>
    private static ModuleDefinition Residual(int inputs, int outputs)
    {
        var changes = inputs != outputs;
        return new()
        {
            Name = "Residual",
            Children =
            [
                ("conv1", Convolution(inputs, outputs, 3)),
                ("conv2", Convolution(outputs, outputs, 3)),
                .. changes ? [("conv3", Convolution(inputs, outputs, 1))] : Array.Empty<(string, ModuleDefinition)>(),
            ],
            Source = $"""
                def normal(self, x: Tensor) -> Tensor:
                    return torch.instance_norm(x, None, None, None, None, True, 0.1, 1e-5, True)

                def forward(self, x: Tensor) -> Tensor:
                    y = torch.leaky_relu_(self.normal(self.conv1.forward(x)), 0.01)
                    y = self.normal(self.conv2.forward(y))
                    around = {(changes ? "self.normal(self.conv3.forward(x))" : "x")}
                    return torch.leaky_relu_(y + around, 0.01)
                """,
        };
    }

    private static ModuleDefinition Convolution(int inputs, int outputs, int kernel) =>
        Layers.Wrapped("conv", Layers.Convolution(inputs, outputs, kernel, hasBias: false));
}
