using Touchstone.Baselines.Torch;

namespace Touchstone.Baselines.Networks;

/// <summary>
/// The CLIP-driven universal model (Liu et al. 2023, https://arxiv.org/abs/2301.00785), which SuPreM's checkpoints of the U-Net
/// and of Swin UNETR hold: a text embedding of each class makes the weights of three small layers that find it. One logit per
/// class, for a sigmoid.
/// </summary>
internal static class Universal
{
    /// <summary>A backbone under such a head.</summary>
    /// <param name="backbone">Has a method <c>features</c>; <see cref="UNet"/> or <see cref="SwinUnetr"/> with 0 outputs.</param>
    /// <param name="deepest">Channels of its deepest features, a multiple of 16.</param>
    /// <param name="features">Channels of its features at full size, a multiple of 16.</param>
    /// <param name="classes">Channels out; 32 in the published ones.</param>
    public static ModuleDefinition Define(ModuleDefinition backbone, int deepest, int features, int classes) => new()
    {
        Name = "Universal",
        Tensors = [new("organ_embedding", [classes, 512]) { IsBuffer = true }],
        Children =
        [
            ("backbone", backbone),
            ("precls_conv", Layers.Sequence(
                Layers.GroupNorm(16, features), Layers.Plain("torch.relu_(x)"), Layers.Convolution(features, 8, kernel: 1))),
            ("GAP", Layers.Sequence(
                Layers.GroupNorm(16, deepest),
                Layers.Plain("torch.relu_(x)"),
                Layers.Plain("torch.mean(x, [2, 3, 4], True)"),
                Layers.Convolution(deepest, 256, kernel: 1))),
            ("controller", Layers.Convolution(512, 153, kernel: 1)),
            ("text_to_vision", Layers.Linear(512, 256)),
        ],
        Source = $$"""
            def small(self, x: Tensor, weights: Tensor, biases: Tensor) -> Tensor:
                return torch.conv3d(x, weights.view([-1, 8, 1, 1, 1]), biases)

            def one(self, deepest: Tensor, features: Tensor) -> Tensor:
                words = torch.relu(self.text_to_vision.forward(self.organ_embedding))
                seen = self.GAP.forward(deepest).view([1, 256]).expand([{{classes}}, 256])
                made = self.controller.forward(torch.cat([seen, words], 1).view([{{classes}}, 512, 1, 1, 1])).view([{{classes}}, 153])
                features = self.precls_conv.forward(features)
                answers: List[Tensor] = []
                for n in range({{classes}}):
                    w = made[n]
                    x = torch.relu_(self.small(features, w[0:64], w[136:144]))
                    x = torch.relu_(self.small(x, w[64:128], w[144:152]))
                    answers.append(self.small(x, w[128:136], w[152:153]))
                return torch.cat(answers, 1)

            def forward(self, x: Tensor) -> Tensor:
                deepest, features = self.backbone.features(x)
                cases: List[Tensor] = []
                for n in range(x.size(0)):
                    cases.append(self.one(deepest[n:n + 1], features[n:n + 1]))
                return torch.cat(cases, 0)
            """,
    };
}
