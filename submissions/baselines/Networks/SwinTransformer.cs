using Touchstone.Baselines.Torch;

namespace Touchstone.Baselines.Networks;

/// <summary>
/// The Swin Transformer in three dimensions (Liu et al. 2021, https://arxiv.org/abs/2103.14030): four stages of two blocks,
/// attention within windows of 7³ tokens, every second time shifted by 3. Gives five feature maps, from half the size on.
/// </summary>
internal static class SwinTransformer
{
    private const int Window = 7;
    private const int Shift = 3;

    private static readonly int[] Heads = [3, 6, 12, 24];

    /// <summary>The transformer.</summary>
    /// <param name="size">Channels of the first feature map; they double from stage to stage.</param>
    public static ModuleDefinition Define(int size) => new()
    {
        Name = "SwinTransformer",
        Children =
        [
            ("patch_embed", Layers.Wrapped("proj", Layers.PatchConvolution(1, size, 2))),
            .. Heads.Select((heads, n) => ($"layers{n + 1}", Layers.List(Stage(size << n, heads)))),
        ],
        Source = """
            def normal(self, x: Tensor) -> Tensor:
                return torch.layer_norm(x.permute([0, 2, 3, 4, 1]), [x.size(1)]).permute([0, 4, 1, 2, 3])

            def forward(self, x: Tensor) -> Tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
                a = self.patch_embed.forward(x)
                b = getattr(self.layers1, "0").forward(a)
                c = getattr(self.layers2, "0").forward(b)
                d = getattr(self.layers3, "0").forward(c)
                e = getattr(self.layers4, "0").forward(d)
                return self.normal(a), self.normal(b), self.normal(c), self.normal(d), self.normal(e)
            """,
    };

    /// <summary>Two blocks on tokens with their channels last, then half the size with twice the channels.</summary>
    private static ModuleDefinition Stage(int channels, int heads) => new()
    {
        Name = "Stage",
        Children =
        [
            ("blocks", Layers.Sequence(Block(channels, heads, shift: 0), Block(channels, heads, Shift))),
            ("downsample", Merging(channels)),
        ],
        Source = """
            def forward(self, x: Tensor) -> Tensor:
                x = self.blocks.forward(x.permute([0, 2, 3, 4, 1]))
                return self.downsample.forward(x).permute([0, 4, 1, 2, 3]).contiguous()
            """,
    };

    /// <summary>
    /// Joins neighbouring tokens. The published weights were trained with this list of neighbours, which holds two of them twice
    /// and lacks (1, 1, 0) and (0, 1, 1): correcting it would make the weights useless.
    /// </summary>
    private static ModuleDefinition Merging(int channels) => new()
    {
        Name = "Merging",
        Children = [("reduction", Layers.Linear(8 * channels, 2 * channels, hasBias: false)), ("norm", Layers.LayerNorm(8 * channels))],
        Source = """
            def every(self, x: Tensor, d: int, h: int, w: int) -> Tensor:
                return x[:, d::2, h::2, w::2]

            def forward(self, x: Tensor) -> Tensor:
                joined = torch.cat([
                    self.every(x, 0, 0, 0), self.every(x, 1, 0, 0), self.every(x, 0, 1, 0), self.every(x, 0, 0, 1),
                    self.every(x, 1, 0, 1), self.every(x, 0, 1, 0), self.every(x, 0, 0, 1), self.every(x, 1, 1, 1)], -1)
                return self.reduction.forward(self.norm.forward(joined))
            """,
    };

    private static ModuleDefinition Block(int channels, int heads, int shift) => new()
    {
        Name = "Block",
        Children =
        [
            ("norm1", Layers.LayerNorm(channels)),
            ("attn", Attention(channels, heads)),
            ("norm2", Layers.LayerNorm(channels)),
            ("mlp", Perceptron(channels)),
        ],
        Source = $$"""
            def shift(self, length: int) -> int:
                return {{shift}} if length > {{Window}} else 0

            def missing(self, length: int) -> int:
                window = min(length, {{Window}})
                return (window - length % window) % window

            def windows(self, x: Tensor, d: int, h: int, w: int) -> Tensor:
                x = x.view([x.size(0), x.size(1) // d, d, x.size(2) // h, h, x.size(3) // w, w, x.size(4)])
                return x.permute([0, 1, 3, 5, 2, 4, 6, 7]).reshape([-1, d * h * w, x.size(7)])

            def whole(self, windows: Tensor, like: Tensor, d: int, h: int, w: int) -> Tensor:
                x = windows.view([like.size(0), like.size(1) // d, like.size(2) // h, like.size(3) // w, d, h, w, like.size(4)])
                return x.permute([0, 1, 4, 2, 5, 3, 6, 7]).reshape(like.size())

            def part(self, like: Tensor, length: int, window: int, shift: int) -> Tensor:
                at = torch.arange(length, device=like.device)
                if shift == 0:
                    return torch.zeros_like(at)
                return (at >= length - window).long() + (at >= length - shift).long()

            def mask(self, x: Tensor, d: int, h: int, w: int, sd: int, sh: int, sw: int) -> Tensor:
                parts = self.part(x, x.size(1), d, sd).view([1, -1, 1, 1, 1]) * 9
                parts = parts + self.part(x, x.size(2), h, sh).view([1, 1, -1, 1, 1]) * 3
                parts = parts + self.part(x, x.size(3), w, sw).view([1, 1, 1, -1, 1])
                parts = self.windows(parts, d, h, w).squeeze(-1)
                return (parts.unsqueeze(1) != parts.unsqueeze(2)).to(x.dtype) * -100.0

            def attend(self, x: Tensor) -> Tensor:
                depth, height, width = x.size(1), x.size(2), x.size(3)
                d, h, w = min(depth, {{Window}}), min(height, {{Window}}), min(width, {{Window}})
                sd, sh, sw = self.shift(depth), self.shift(height), self.shift(width)
                x = torch.constant_pad_nd(
                    x, [0, 0, 0, self.missing(width), 0, self.missing(height), 0, self.missing(depth)])
                if sd + sh + sw > 0:
                    x = torch.roll(x, [-sd, -sh, -sw], [1, 2, 3])
                    y = self.attn.forward(self.windows(x, d, h, w), self.mask(x, d, h, w, sd, sh, sw))
                    x = torch.roll(self.whole(y, x, d, h, w), [sd, sh, sw], [1, 2, 3])
                else:
                    x = self.whole(self.attn.forward(self.windows(x, d, h, w), None), x, d, h, w)
                return x[:, :depth, :height, :width]

            def forward(self, x: Tensor) -> Tensor:
                x = x + self.attend(self.norm1.forward(x))
                return x + self.mlp.forward(self.norm2.forward(x))
            """,
    };

    /// <summary>
    /// Attention among the tokens of each window. A smaller window reads the first rows of the full window's table of positions,
    /// as the published weights were trained.
    /// </summary>
    private static ModuleDefinition Attention(int channels, int heads) => new()
    {
        Name = "Attention",
        Tensors =
        [
            new("relative_position_bias_table", [13 * 13 * 13, heads]),
            new("relative_position_index", [343, 343]) { IsBuffer = true, Type = ElementType.Int64, Initial = PositionIndex },
        ],
        Children = [("qkv", Layers.Linear(channels, 3 * channels)), ("proj", Layers.Linear(channels, channels))],
        Source = $$"""
            def forward(self, x: Tensor, mask: Optional[Tensor]) -> Tensor:
                tokens = x.size(1)
                qkv = self.qkv.forward(x).view([x.size(0), tokens, 3, {{heads}}, {{channels / heads}}]).permute([2, 0, 3, 1, 4])
                weights = torch.matmul(qkv[0] * {{Scale(channels / heads)}}, qkv[1].transpose(2, 3))
                places = self.relative_position_index[:tokens, :tokens].reshape([-1])
                biases = torch.index_select(self.relative_position_bias_table, 0, places)
                weights = weights + biases.view([tokens, tokens, {{heads}}]).permute([2, 0, 1]).unsqueeze(0)
                if mask is not None:
                    shape = weights.size()
                    weights = weights.view([-1, mask.size(0), {{heads}}, tokens, tokens]) + mask.unsqueeze(1).unsqueeze(0)
                    weights = weights.view(shape)
                x = torch.matmul(torch.softmax(weights, -1), qkv[2]).transpose(1, 2).reshape([x.size(0), tokens, {{channels}}])
                return self.proj.forward(x)
            """,
    };

    private static ModuleDefinition Perceptron(int channels) => new()
    {
        Name = "Perceptron",
        Children = [("linear1", Layers.Linear(channels, 4 * channels)), ("linear2", Layers.Linear(4 * channels, channels))],
        Source = """
            def forward(self, x: Tensor) -> Tensor:
                return self.linear2.forward(torch.gelu(self.linear1.forward(x)))
            """,
    };

    private static string Scale(int headSize) =>
        (1 / Math.Sqrt(headSize)).ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>For each pair of tokens of a window the row of their relative position in the table.</summary>
    private static Tensor PositionIndex()
    {
        const int count = Window * Window * Window;
        var index = new long[count * count];
        for (var a = 0; a < count; a++)
        {
            for (var b = 0; b < count; b++)
            {
                var (d, h, w) = (
                    (a / 49) - (b / 49) + Window - 1,
                    (a / 7 % 7) - (b / 7 % 7) + Window - 1,
                    (a % 7) - (b % 7) + Window - 1);
                index[(a * count) + b] = (((d * 13) + h) * 13) + w;
            }
        }

        return Tensor.Over(index, count, count);
    }
}
