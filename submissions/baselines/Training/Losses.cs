using Touchstone.Baselines.Torch;

namespace Touchstone.Baselines.Training;

/// <summary>The losses of SuPreM's protocol as TorchScript, computed in 32 bits whatever the network computes in.</summary>
/// <remarks>
/// Cross entropies take logits, so that no logarithm of 0 can arise. Definitions: <c>supervised_pretraining/utils/loss.py</c> in
/// MrGiovanni/SuPreM, whose Dice is taken sagittal plane by plane over the structures that are in the window; MONAI's DiceCELoss
/// with softmax. Held to PyTorch by <c>tests/golden/baselines/training.json</c>.
/// </remarks>
internal sealed class Losses : IDisposable
{
    private const string Source = """
        def bce_dice_target(self, labels: Tensor, table: Tensor) -> Tensor:
            return table[labels].permute([0, 4, 1, 2, 3]).contiguous()

        def ce_dice_target(self, labels: Tensor, table: Tensor) -> Tensor:
            return table[labels]

        def bce_dice(self, logits: Tensor, target: Tensor) -> Tensor:
            logits = logits.to(6)
            bce = torch.binary_cross_entropy_with_logits(logits, target)
            probability = torch.sigmoid(logits)
            both = (probability * target).sum([3, 4])
            size = probability.sum([3, 4]) + target.sum([3, 4])
            dice = (1.0 - 2.0 * both / (size + 1.0)).mean([2])
            present = (target.sum([2, 3, 4]) > 0).to(6)
            count = present.sum()
            mean = (dice * present).sum() / count.clamp_min(1.0)
            return bce + torch.where(count > 0, mean, torch.ones_like(mean))

        def ce_dice(self, logits: Tensor, target: Tensor) -> Tensor:
            logits = logits.to(6)
            place = target.unsqueeze(1)
            logs = torch.log_softmax(logits, 1)
            ce = -logs.gather(1, place).mean()
            probability = torch.exp(logs)
            truth = torch.zeros_like(probability).scatter_(1, place, 1.0)
            both = (probability * truth).sum([2, 3, 4])
            size = probability.sum([2, 3, 4]) + truth.sum([2, 3, 4])
            dice = 1.0 - (2.0 * both + 1e-5) / (size + 1e-5)
            return ce + dice.mean()

        """;

    private readonly ScriptModule _functions = ScriptModule.Compile(Source);

    /// <summary>What a network should have answered.</summary>
    /// <param name="loss">Which loss is going to be asked.</param>
    /// <param name="labels">Integers [batch, x, y, z].</param>
    /// <param name="table">What each label means, of <see cref="Palette.Table"/>.</param>
    public Tensor Target(Loss loss, Tensor labels, Tensor table) => _functions.Call(Name(loss) + "_target", labels, table);

    /// <summary>The loss of a batch, a scalar.</summary>
    /// <param name="loss">Which.</param>
    /// <param name="logits">The network's answer [batch, outputs, x, y, z].</param>
    /// <param name="target">Of <see cref="Target"/>.</param>
    public Tensor Of(Loss loss, Tensor logits, Tensor target) => _functions.Call(Name(loss), logits, target);

    /// <inheritdoc/>
    public void Dispose() => _functions.Dispose();

    private static string Name(Loss loss) => loss == Loss.BceDice ? "bce_dice" : "ce_dice";
}
