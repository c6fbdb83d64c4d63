using Touchstone.Baselines.Checkpoints;
using Touchstone.Baselines.Torch;
using Touchstone.Tests.Harness.EndToEnd;

namespace Touchstone.Baselines.Tests.Checkpoints;

public sealed class CheckpointWriterTests : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_EveryKindOfTensor_IsReadBackAsItWas()
    {
        using var real = Tensor.Over([1.5f, -2, 3, 4, 5, 6], 2, 3);
        using var turned = Operator.Call("aten::transpose", "int", real, 0, 1);
        using var scalar = Tensor.Over([7L]);
        using var bytes = Tensor.Over(new byte[] { 1, 2 }, 2);
        using var half = real.To(Device.Cpu, ElementType.BFloat16);
        var path = _folder.File("weights.pth");

        CheckpointWriter.Write(path, [("real", real), ("turned", turned), ("scalar", scalar), ("bytes", bytes), ("half", half)]);

        using var file = CheckpointFile.Open(path);
        Assert.Equal(["bytes", "half", "real", "scalar", "turned"], file.Tensors.Keys.Order(StringComparer.Ordinal));
        using var readTurned = file.Read("turned");
        using var readScalar = file.Read("scalar");
        using var readHalf = file.Read("half");
        Assert.Equal([1.5f, 4, -2, 5, 3, 6], readTurned.ToArray<float>());
        Assert.Equal([3, 2], readTurned.Shape);
        Assert.Empty(readScalar.Shape);
        Assert.Equal(7, readScalar.Scalar());
        Assert.Equal(ElementType.BFloat16, readHalf.Type);
        Assert.Equal(["weights.pth"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Write_WhereNothingCanBeWritten_LeavesTheOldFile()
    {
        using var tensor = Tensor.Over([1f], 1);
        var path = _folder.Write("weights.pth", "old");
        var broken = Tensor.Over([1f], 1);
        broken.Dispose();

        Assert.Throws<ObjectDisposedException>(() => CheckpointWriter.Write(path, [("one", tensor), ("two", broken)]));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["weights.pth"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    /// <summary>Where Debian's python3-torch is installed, which the suite does not ask for.</summary>
    [Fact]
    public void Write_PythonsTorch_LoadsIt()
    {
        if (!File.Exists(Python) || CommandRun.Of(Python, "-c", "import torch").ExitCode != 0)
        {
            return;
        }

        using var tensor = Tensor.Over([1f, 2, 3, 4], 2, 2);
        CheckpointWriter.Write(_folder.File("weights.pth"), [("a.weight", tensor)]);

        var run = CommandRun.Of(
            Python, "-c", "import sys, torch; print(torch.load(sys.argv[1])['a.weight'].tolist())", _folder.File("weights.pth"));

        Assert.Equal("[[1.0, 2.0], [3.0, 4.0]]", run.Succeeded().Output.Trim());
    }
}
