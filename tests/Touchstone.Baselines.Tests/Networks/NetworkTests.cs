using System.Text.Json;
using Touchstone.Baselines.Networks;
using Touchstone.Baselines.Torch;

namespace Touchstone.Baselines.Tests.Networks;

/// <summary>Against PyTorch and the implementations that the weights were trained with; see tests/golden/baselines.</summary>
public sealed class NetworkTests
{
    private static readonly JsonElement Golden = JsonDocument.Parse(
        File.ReadAllText(Repository.File("tests", "golden", "baselines", "networks.json"))).RootElement;

    public static TheoryData<string> Names => [.. Golden.GetProperty("cases").EnumerateArray().Select(Name)];

    [Theory]
    [InlineData(Backbone.UNet, 25, 19_075_225)] // 19.08 M
    [InlineData(Backbone.SegResNet, 25, 4_701_305)] // 4.70 M
    [InlineData(Backbone.SwinUnetr, 14, 62_187_296)] // 62.19 M
    public void Define_PublishedNetwork_HasThePublishedNumberOfParameters(object backbone, int outputs, long parameters) =>
        Assert.Equal(parameters, new NetworkPlan { Backbone = (Backbone)backbone, Outputs = outputs }.Define().ParameterCount());

    [Theory]
    [MemberData(nameof(Names))]
    public void Define_State_HasTheNamesAndShapesOfTheWitness(string name)
    {
        var golden = Case(name);

        var state = Plan(golden).Define().State().ToDictionary(tensor => tensor.Name, tensor => string.Join(',', tensor.Shape));

        Assert.Equal(
            golden.GetProperty("state").EnumerateObject()
                .ToDictionary(tensor => tensor.Name, tensor => string.Join(',', Numbers(tensor.Value).Select(n => (long)n))),
            state);
        Assert.Equal(golden.GetProperty("parameters").GetInt64(), Plan(golden).Define().ParameterCount());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_SameWeights_AgreesWithTheWitness(string name)
    {
        var golden = Case(name);
        TorchLibrary.Threads = Environment.ProcessorCount;
        using var network = ScriptModule.Build(Plan(golden).Define());
        Formula.Fill(network);
        network.Train(false);
        using var off = GradientMode.Off();
        using var input = Formula.Input(golden.GetProperty("window").GetInt32());

        using var output = network.Forward(input);
        using var means = Operator.Call("aten::mean", "dim", output, new long[] { 0, 2, 3, 4 }, false, ElementType.Float64);

        var answers = output.ToArray<float>();
        var tolerance = 1e-4 * golden.GetProperty("standardDeviation").GetDouble();
        AssertClose(Numbers(golden.GetProperty("means")), means.ToArray<double>(), tolerance);
        AssertClose(
            Numbers(golden.GetProperty("values")),
            [.. Numbers(golden.GetProperty("at")).Select(at => (double)answers[(int)at])],
            tolerance);
    }

    [Fact]
    public void Forward_Inference_LeavesTheStateAlone_TrainingMovesRunningStatistics()
    {
        using var network = ScriptModule.Build(new NetworkPlan { Backbone = Backbone.UNet, Outputs = 2, Width = 2 }.Define());
        Formula.Fill(network);
        using var input = Formula.Input(8);
        using var mean = network.State("down_tr64.ops.0.bn1.running_mean");
        using var off = GradientMode.Off();

        network.Train(false);
        network.Forward(input).Dispose();
        Assert.All(mean.ToArray<float>(), number => Assert.Equal(0, number));

        network.Train(true);
        network.Forward(input).Dispose();
        Assert.Contains(mean.ToArray<float>(), number => number != 0);
    }

    [Theory]
    [InlineData(Backbone.UNet, 2, false)]
    [InlineData(Backbone.SegResNet, 8, false)]
    [InlineData(Backbone.SwinUnetr, 12, false)]
    [InlineData(Backbone.UNet, 8, true)]
    public void Backward_TinyNetwork_ReachesEveryParameter(object backbone, int width, bool isUniversal)
    {
        var plan = new NetworkPlan { Backbone = (Backbone)backbone, Outputs = 3, Width = width, IsUniversal = isUniversal };
        using var network = ScriptModule.Build(plan.Define());
        Formula.Fill(network);
        using var input = Formula.Input(plan.Backbone == Backbone.SwinUnetr ? 32 : 16);

        using var output = network.Forward(input);
        using var square = Operator.Call("aten::mul", "Tensor", output, output);
        using var loss = Operator.Call("aten::mean", "", square);
        loss.Backward();

        Assert.All(network.Parameters, name =>
        {
            using var parameter = network.State(name);
            using var gradient = parameter.Gradient;
            Assert.NotNull(gradient);
        });
    }

    [Fact]
    public void Define_WhatDoesNotExist_IsRefused()
    {
        Assert.Throws<ArgumentException>(
            () => new NetworkPlan { Backbone = Backbone.SegResNet, Outputs = 2, IsUniversal = true }.Define());
        Assert.Throws<ArgumentException>(() => new NetworkPlan { Backbone = Backbone.SegResNet, Outputs = 2, Width = 12 }.Define());
        Assert.Throws<ArgumentOutOfRangeException>(() => new NetworkPlan { Backbone = Backbone.UNet, Outputs = 0 }.Define());
    }

    private static NetworkPlan Plan(JsonElement golden) => new()
    {
        Backbone = Name(golden).Replace("universal-", "", StringComparison.Ordinal) switch
        {
            "unet" => Backbone.UNet,
            "segresnet" => Backbone.SegResNet,
            _ => Backbone.SwinUnetr,
        },
        IsUniversal = Name(golden).StartsWith("universal-", StringComparison.Ordinal),
        Outputs = golden.GetProperty("outputs").GetInt32(),
    };

    private static JsonElement Case(string name) => Golden.GetProperty("cases").EnumerateArray().Single(golden => Name(golden) == name);

    private static string Name(JsonElement golden) => golden.GetProperty("network").GetString()!;

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetDouble())];

    private static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second, pair.First - tolerance, pair.First + tolerance));
    }
}
