using Touchstone.Baselines.Checkpoints;
using Touchstone.Baselines.Networks;
using Touchstone.Baselines.Tests.Networks;
using Touchstone.Baselines.Torch;

namespace Touchstone.Baselines.Tests.Checkpoints;

public sealed class CheckpointLoaderTests : IDisposable
{
    private static readonly ModuleDefinition Tiny = new NetworkPlan { Backbone = Backbone.UNet, Outputs = 3, Width = 1 }.Define();

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "names as they are")]
    [InlineData("module.", "without \"module.\"")]
    [InlineData("backbone.", "without \"backbone.\"")]
    [InlineData("module.backbone.", "without \"module.backbone.\"")]
    public void Load_PublishedPrefixes_AreUnderstood(string prefix, string renaming)
    {
        using var file = Written(Formulated(Tiny).Select(tensor => tensor with { Name = prefix + tensor.Name }));
        using var network = ScriptModule.Build(Tiny);
        using var expected = ScriptModule.Build(Tiny);
        Formula.Fill(expected);

        var report = CheckpointLoader.Load(network, Tiny, file);

        Assert.StartsWith(renaming, report.Renaming.Description, StringComparison.Ordinal);
        Assert.True(report.IsComplete);
        Assert.Empty(report.Unexpected);
        Assert.Equal(Tiny.State().Count(), report.Matched.Count);
        using var input = Formula.Input(8);
        using var one = expected.Forward(input);
        using var other = network.Forward(input);
        Assert.Equal(one.ToArray<float>(), other.ToArray<float>());
    }

    [Theory]
    [InlineData("module.layers1.0.blocks.0.mlp.fc1.weight", "swinViT.layers1.0.blocks.0.mlp.linear1.weight")]
    [InlineData("module.patch_embed.proj.weight", "swinViT.patch_embed.proj.weight")]
    [InlineData("encoder.patch_embed.proj.weight", "swinViT.patch_embed.proj.weight")]
    [InlineData("encoder.layers2.0.0.blocks.1.attn.qkv.bias", "swinViT.layers2.0.blocks.1.attn.qkv.bias")]
    [InlineData("encoder10.layer.conv1.conv.weight", "encoder10.layer.conv1.conv.weight")]
    public void Renaming_SelfSupervisedNames_ReachSwinUnetr(string published, string expected)
    {
        var names = new NetworkPlan { Backbone = Backbone.SwinUnetr, Outputs = 2, Width = 12 }.Define().State()
            .Select(tensor => tensor.Name).ToHashSet();

        Assert.Contains(expected, names);
        Assert.Contains(expected, Renaming.Known.Select(renaming => renaming.Apply(published)));
    }

    [Fact]
    public void Load_OtherHead_IsReportedAndNotLoaded_ButWhatFitsCanBe()
    {
        var wider = new NetworkPlan { Backbone = Backbone.UNet, Outputs = 5, Width = 1 }.Define();
        using var file = Written(Formulated(wider).Append(("GAP.0.weight", [2], [1, 2])));
        using var network = ScriptModule.Build(Tiny);

        var fault = Assert.Throws<CheckpointException>(() => CheckpointLoader.Load(network, Tiny, file));
        var report = CheckpointLoader.LoadWhatFits(network, Tiny, file);

        Assert.Contains("out_tr.final_conv.weight: [5, 2, 1, 1, 1] for [3, 2, 1, 1, 1]", fault.Message, StringComparison.Ordinal);
        Assert.Equal(["out_tr.final_conv.bias", "out_tr.final_conv.weight"], report.Misshapen.Select(difference => difference.Name));
        Assert.Equal(["GAP.0.weight"], report.Unexpected);
        Assert.Equal(Tiny.State().Count() - 2, report.Matched.Count);
    }

    [Fact]
    public void Load_OtherNames_ListsThem()
    {
        using var file = Written([("conv.weight", [1], [1])]);
        using var network = ScriptModule.Build(Tiny);

        var fault = Assert.Throws<CheckpointException>(() => CheckpointLoader.Load(network, Tiny, file));

        Assert.Contains("0 tensors matched, 0 of another shape, 106 missing, 1 unexpected", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Missing: and 94 more", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Unexpected: conv.weight", fault.Message, StringComparison.Ordinal);
        Assert.Throws<CheckpointException>(() => CheckpointLoader.LoadWhatFits(network, Tiny, file));
    }

    [Fact]
    public void Load_NumbersThatAreNotFinite_AreRefused()
    {
        using var file = Written(Formulated(Tiny).Select(tensor =>
            tensor.Name == "up_tr64.up_conv.bias" ? tensor with { Values = [float.NaN, 1, 1, 1] } : tensor));
        using var network = ScriptModule.Build(Tiny);

        var fault = Assert.Throws<CheckpointException>(() => CheckpointLoader.Load(network, Tiny, file));

        Assert.Equal("Tensor up_tr64.up_conv.bias holds numbers that are not finite.", fault.Message);
    }

    private static IEnumerable<(string Name, long[] Shape, float[] Values)> Formulated(ModuleDefinition definition) =>
        definition.State().Select(tensor => (tensor.Name, tensor.Shape.ToArray(), Formula.Weights(tensor.Name, tensor.Shape)));

    private CheckpointFile Written(IEnumerable<(string Name, long[] Shape, float[] Values)> tensors)
    {
        var path = _folder.File("weights.pth");
        PickleWriter.WriteState(path, tensors);
        return CheckpointFile.Open(path);
    }
}
