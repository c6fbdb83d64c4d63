using Touchstone.Baselines.Inference;
using Touchstone.Baselines.Networks;
using Touchstone.Baselines.Tests.Networks;
using Touchstone.Baselines.Torch;

namespace Touchstone.Baselines.Tests.Inference;

public sealed class WindowedNetworkTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Run_VolumesLargerAndSmallerThanAWindow_AgreeWithMonai(int index)
    {
        var golden = GoldenInference.Cases("sliding")[index];
        var size = GoldenInference.Three(golden.GetProperty("shape"));
        using var network = ScriptModule.Build(new NetworkPlan { Backbone = Backbone.SegResNet, Outputs = 3, Width = 8 }.Define());
        Formula.Fill(network);
        network.Train(false);
        var window = new SlidingWindow
        {
            Side = golden.GetProperty("window").GetInt32(),
            Overlap = golden.GetProperty("overlap").GetDouble(),
        };
        var voxels = Array.ConvertAll(Formula.Numbers("image", size.X * size.Y * size.Z), number => (float)(number + 0.5));

        var logits = Gathered(new WindowedNetwork(network, 3, window, Device.Cpu), voxels, size);

        GoldenInference.AssertSampled(golden.GetProperty("logits"), logits, 1e-4 * golden.GetProperty("deviation").GetDouble());
    }

    [Fact]
    public void Run_NetworkThatGivesItsInput_GivesTheVolumeBack()
    {
        using var network = ScriptModule.Compile("""
            def forward(self, x: Tensor) -> Tensor:
                return torch.cat([x, -x], 1)
            """);
        var size = (X: 19, Y: 8, Z: 13);
        var voxels = Array.ConvertAll(Formula.Numbers("image", 19 * 8 * 13), number => (float)number);
        var window = new SlidingWindow { Side = 8, Overlap = 0.6 };

        var logits = Gathered(new WindowedNetwork(network, 2, window, Device.Cpu), voxels, size);

        Assert.All(voxels.Zip(logits[..voxels.Length]), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.All(voxels.Zip(logits[voxels.Length..]), pair => Assert.Equal(-pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void Run_Cancelled_Stops()
    {
        using var network = ScriptModule.Compile("""
            def forward(self, x: Tensor) -> Tensor:
                return x
            """);

        Assert.Throws<OperationCanceledException>(() => new WindowedNetwork(network, 1, new SlidingWindow { Side = 4 }, Device.Cpu)
            .Run(new float[64], (4, 4, 4), (_, _, _) => { }, new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData(96, 0.5, 96, "0")]
    [InlineData(96, 0.5, 97, "0,1")]
    [InlineData(96, 0.5, 200, "0,48,96,104")]
    [InlineData(96, 0.75, 150, "0,24,48,54")]
    [InlineData(96, 0, 192, "0,96")]
    [InlineData(2, 0.95, 4, "0,1,2")]
    public void Starts_CoverTheAxis_AsMonaisDo(int side, double overlap, int length, string expected) =>
        Assert.Equal(expected, string.Join(',', new SlidingWindow { Side = side, Overlap = overlap }.Starts(length)));

    [Fact]
    public void SlidingWindow_OutsideItsLimits_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SlidingWindow { Side = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SlidingWindow { Overlap = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SlidingWindow { Overlap = double.NaN });
    }

    private static float[] Gathered(WindowedNetwork network, float[] voxels, (int X, int Y, int Z) size)
    {
        var plane = size.Y * size.Z;
        var logits = Array.Empty<float>();
        var next = 0;
        network.Run(voxels, size, (first, planes, tensor) =>
        {
            Assert.Equal(next, first);
            Assert.Equal([tensor.Shape[0], planes, size.Y, size.Z], tensor.Shape);
            next += planes;
            logits = logits.Length == 0 ? new float[tensor.Shape[0] * voxels.Length] : logits;
            var values = tensor.ToArray<float>();
            for (var c = 0; c < tensor.Shape[0]; c++)
            {
                values.AsSpan(c * planes * plane, planes * plane).CopyTo(logits.AsSpan((c * voxels.Length) + (first * plane)));
            }
        });
        Assert.Equal(size.X, next);
        return logits;
    }
}
