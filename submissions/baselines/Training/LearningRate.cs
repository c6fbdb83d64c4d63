namespace Touchstone.Baselines.Training;

/// <summary>
/// Linear warm-up, then half a cosine down to 0: SuPreM's LinearWarmupCosineAnnealingLR, taken step by step instead of epoch by
/// epoch.
/// </summary>
internal static class LearningRate
{
    /// <summary>The learning rate of a step.</summary>
    /// <param name="recipe">Its steps, share of warm-up and learning rate.</param>
    /// <param name="step">From 0.</param>
    public static double At(Recipe recipe, int step)
    {
        var warmUp = (int)Math.Round(recipe.Steps * recipe.WarmUpShare);
        return step < warmUp
            ? recipe.LearningRate * (step + 1) / warmUp
            : recipe.LearningRate * 0.5 * (1 + Math.Cos(Math.PI * (step - warmUp) / (recipe.Steps - warmUp)));
    }
}
