using System.Text.Json;
using Touchstone.Baselines.Tests.Networks;
using Touchstone.Baselines.Torch;
using Touchstone.Baselines.Training;

namespace Touchstone.Baselines.Tests.Training;

/// <summary>Losses, optimiser and schedule against PyTorch; see tests/golden/baselines/make_training.py.</summary>
public sealed class GoldenTrainingTests
{
    private static readonly long[] Shape = [2, 3, 4, 5, 6];

    private static readonly JsonElement Golden = JsonDocument.Parse(
        File.ReadAllText(Repository.File("tests", "golden", "baselines", "training.json"))).RootElement;

    public static TheoryData<int> Losses => [.. Enumerable.Range(0, Golden.GetProperty("losses").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Losses))]
    public void Loss_ValueAndGradient_AgreeWithTheWitness(int number)
    {
        var golden = Golden.GetProperty("losses")[number];
        var loss = Enum.Parse<Loss>(golden.GetProperty("name").GetString()!);
        var scale = golden.GetProperty("scale").GetDouble();
        using var losses = new Baselines.Training.Losses();
        using var logits = Tensor.Over(
            Array.ConvertAll(Formula.Numbers("logits", 720), value => (float)(value * scale)), Shape);
        logits.RequireGradient(true);
        using var target = loss == Loss.CeDice ? Classes() : Sets(isEmpty: number == 2);

        using var value = losses.Of(loss, logits, target);
        value.Backward();

        using var gradient = logits.Gradient!;
        var found = gradient.ToArray<float>();
        Assert.Equal(golden.GetProperty("loss").GetDouble(), value.Scalar(), 1e-5 * Math.Max(1, scale / 100));
        Assert.All(Numbers(golden, "at").Zip(Numbers(golden, "gradient")), pair => Assert.Equal(pair.Second, found[(int)pair.First], 1e-6));
    }

    [Theory]
    [InlineData(1e30f)]
    [InlineData(-1e30f)]
    public void Loss_LogitsBeyondAnyProbability_StayFinite(float logit)
    {
        using var losses = new Baselines.Training.Losses();
        using var logits = Tensor.Over(Enumerable.Repeat(logit, 720).ToArray(), Shape);
        logits.RequireGradient(true);
        using var sets = Sets(isEmpty: false);
        using var classes = Classes();

        using var bce = losses.Of(Loss.BceDice, logits, sets);
        using var ce = losses.Of(Loss.CeDice, logits, classes);
        ce.Backward();

        using var gradient = logits.Gradient!;
        Assert.True(double.IsFinite(bce.Scalar()) && double.IsFinite(ce.Scalar()));
        Assert.All(gradient.ToArray<float>(), number => Assert.True(float.IsFinite(number)));
    }

    [Fact]
    public void AdamW_FiveSteps_AgreeWithPyTorch()
    {
        var golden = Golden.GetProperty("adamw");
        using var weights = Tensor.Over(Floats("weights"), 12);
        using var optimiser = new AdamW([("weights", weights)], [0.9, 0.999], 0.01);

        foreach (var (step, rate) in Numbers(golden, "rates").Index())
        {
            using var gradient = Tensor.Over(Floats($"gradient {step}"), 12);
            optimiser.Step([gradient], rate, step + 1);
        }

        Assert.Equal(Numbers(golden, "weights").Select(number => (float)number), weights.ToArray<float>());
    }

    [Fact]
    public void LearningRate_WarmUpAndCosine_AgreeWithPyTorchsSchedulers()
    {
        var golden = Golden.GetProperty("learningRates");
        var steps = golden.GetProperty("steps").GetInt32();
        var recipe = new Recipe
        {
            Steps = steps,
            WarmUpShare = golden.GetProperty("warmUp").GetDouble() / steps,
            LearningRate = golden.GetProperty("rate").GetDouble(),
        };

        Assert.All(
            Numbers(golden, "rates").Index(), rate => Assert.Equal(rate.Item, LearningRate.At(recipe, rate.Index), 1e-16));
    }

    [Fact]
    public void Palette_Table_SaysWhatTheWitnessIsTold()
    {
        var palette = new Palette(3);
        var both = palette.With(palette.With(0, 0), 2);
        using var sets = palette.Table(Loss.BceDice);
        using var classes = palette.Table(Loss.CeDice);
        using var losses = new Baselines.Training.Losses();
        using var labels = Tensor.Over([0L, both], 1, 1, 1, 2);

        using var set = losses.Target(Loss.BceDice, labels, sets);
        using var last = losses.Target(Loss.CeDice, labels, classes);

        Assert.Equal([1, 3, 1, 1, 2], set.Shape);
        Assert.Equal([0, 1, 0, 0, 0, 1], set.ToArray<float>());
        Assert.Equal([0, 3], last.ToArray<long>());
    }

    private static Tensor Sets(bool isEmpty)
    {
        var values = Array.ConvertAll(Formula.Numbers("sets", 720), value => !isEmpty && value > 0.2 ? 1f : 0f);
        values.AsSpan(600).Clear(); // the last structure of the second window
        return Tensor.Over(values, Shape);
    }

    private static Tensor Classes() => Tensor.Over(
        Array.ConvertAll(Formula.Numbers("classes", 240), value => (long)((value + 0.5) * 3)), 2, 4, 5, 6);

    private static float[] Floats(string name) => Array.ConvertAll(Formula.Numbers(name, 12), value => (float)value);

    private static IEnumerable<double> Numbers(JsonElement golden, string name) =>
        golden.GetProperty(name).EnumerateArray().Select(number => number.GetDouble());
}
