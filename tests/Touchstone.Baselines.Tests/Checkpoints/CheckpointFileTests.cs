using System.Globalization;
using System.Text.Json;
using Touchstone.Baselines.Checkpoints;
using Touchstone.Baselines.Torch;

namespace Touchstone.Baselines.Tests.Checkpoints;

public sealed class CheckpointFileTests : IDisposable
{
    private static readonly JsonElement Golden = JsonDocument.Parse(
        File.ReadAllText(Repository.File("tests", "golden", "baselines", "checkpoints.json"))).RootElement;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("training")]
    [InlineData("training-legacy")]
    [InlineData("state")]
    [InlineData("protocol-4")]
    public void Read_WhatPyTorchSaved_IsWhatItSaved(string name)
    {
        using var file = CheckpointFile.Open(Saved(name));

        Assert.Equal(
            Golden.GetProperty("tensors").EnumerateObject().Select(tensor => tensor.Name).Order(StringComparer.Ordinal),
            file.Tensors.Keys.Order(StringComparer.Ordinal));
        foreach (var expected in Golden.GetProperty("tensors").EnumerateObject())
        {
            using var tensor = file.Read(expected.Name);
            using var doubles = tensor.To(Device.Cpu, ElementType.Float64);
            Assert.Equal(Numbers(expected.Value, "shape").Select(length => (long)length), tensor.Shape);
            Assert.Equal(Numbers(expected.Value, "values"), doubles.ToArray<double>());
            Assert.Equal(TypeOf(expected.Value.GetProperty("type").GetString()!), tensor.Type);
        }
    }

    [Theory]
    [InlineData("module", "an object of torch.nn.modules.linear.Linear where a dictionary of tensors is expected")]
    [InlineData("script", "a TorchScript program, not a checkpoint")]
    [InlineData("numbers", "holds no tensors by name, only epoch, loss")]
    public void Open_NoState_SaysWhatItIsInstead(string name, string expected)
    {
        var fault = Assert.Throws<CheckpointException>(() => CheckpointFile.Open(Saved(name)));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoCheckpointAtAll_SaysSo()
    {
        Assert.Contains("cannot be opened", Fault(_folder.File("absent.pth")), StringComparison.Ordinal);
        Assert.Contains("no checkpoint of PyTorch", Fault(_folder.Write("text.pth", "some words")), StringComparison.Ordinal);
        Assert.Contains("no checkpoint of PyTorch", Fault(_folder.Write("empty.pth", "")), StringComparison.Ordinal);
        Assert.Contains("damaged", Fault(_folder.Write("cut.pth", "PK\u0003\u0004 and no more")), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_PickleThatCallsTheShell_CallsNothing()
    {
        var path = _folder.File("hostile.pth");
        var proof = _folder.File("proof");
        new PickleWriter().Op(0x80, 2).Op('}').Op('(')
            .Text("state").Global("os", "system").Text($"touch {proof}").Op(0x85, 'R')
            .Text("weight").Tensor([2], [1, 2])
            .Op('u').Op('.').Save(path);

        using var file = CheckpointFile.Open(path);
        using var weight = file.Read("weight");

        Assert.Equal([1, 2], weight.ToArray<float>());
        Assert.Equal(["weight"], file.Tensors.Keys);
        Assert.False(File.Exists(proof));
    }

    [Theory]
    [InlineData(4, 4, 0, 2, "does not fit its storage of 4 elements")] // strides beyond the end
    [InlineData(4, 4, 1, 0, "does not fit its storage of 4 elements")] // offset
    [InlineData(4, 4, -1, 0, "does not fit its storage of 4 elements")]
    [InlineData(4, 1L << 60, 0, 0, "where 4611686018427387904 are announced")] // more than the file has
    [InlineData(1L << 40, 1L << 40, 0, 0, "where 4398046511104 are announced")]
    public void Read_TensorOutsideItsStorage_IsRefused(long length, long count, long offset, long stride, string expected)
    {
        var path = _folder.File("outside.pth");
        new PickleWriter().Op(0x80, 2).Op('}').Text("w").Tensor([length], count, new byte[16], offset, stride).Op('s', '.').Save(path);

        var fault = Assert.Throws<CheckpointException>(() =>
        {
            using var file = CheckpointFile.Open(path);
            file.Read("w").Dispose();
        });

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_StorageThatIsNotThere_IsNamed()
    {
        var path = _folder.File("missing.pth");
        new PickleWriter().Op(0x80, 2).Op('}').Text("w").Tensor([4], 4, storage: null).Op('s', '.').Save(path);
        using var file = CheckpointFile.Open(path);

        var fault = Assert.Throws<CheckpointException>(() => file.Read("w"));

        Assert.Equal("Tensor w: Storage 0 is not in the file.", fault.Message);
    }

    [Theory]
    [InlineData("an operation that no checkpoint needs", new int[] { 'i' })]
    [InlineData("less than its operations take", new int[] { 'R', '.' })]
    [InlineData("less than it announces", new int[] { 'X', 255, 255, 255, 255 })] // a text of 4 GiB
    [InlineData("a reference to nothing", new int[] { 'h', 9 })]
    [InlineData("an end without a beginning", new int[] { 't' })]
    [InlineData("None as a key", new int[] { '}', 'N', 'N', 's' })]
    [InlineData("less than it announces", new int[] { })]
    public void Open_PickleThatIsNone_SaysWhatItHolds(string expected, int[] codes)
    {
        new PickleWriter().Op(0x80, 2).Op(codes).Save(_folder.File("odd.pth"));

        Assert.Contains($"Its pickle holds {expected}", Fault(_folder.File("odd.pth")), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_DeepAndSelfContainingPickles_EndQuickly()
    {
        var deep = new PickleWriter().Op(0x80, 2).Op([.. Enumerable.Repeat((int)']', 900_000)]);
        deep.Op([.. Enumerable.Repeat((int)'a', 900_000 - 1)]).Op('.').Save(_folder.File("deep.pth"));
        new PickleWriter().Op(0x80, 2).Op('}', 'q', 0).Text("net").Op('h', 0, 's', '.').Save(_folder.File("self.pth"));
        new PickleWriter().Op(0x80, 2).Op([.. Enumerable.Repeat((int)'N', 2_000_001)]).Save(_folder.File("long.pth"));

        Assert.Contains("no dictionary", Fault(_folder.File("deep.pth")), StringComparison.Ordinal);
        Assert.Contains("no tensors by name", Fault(_folder.File("self.pth")), StringComparison.Ordinal);
        Assert.Contains("more than 2000000 operations", Fault(_folder.File("long.pth")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("training")]
    [InlineData("training-legacy")]
    public void Open_DamagedAnywhere_IsAClearErrorOrTensors(string name)
    {
        var original = File.ReadAllBytes(Saved(name));
        var random = new Random(11);
        var faults = 0;
        for (var round = 0; round < 1500; round++)
        {
            var path = _folder.File("damaged.pth");
            File.WriteAllBytes(path, Damaged(original, random));
            try
            {
                using var file = CheckpointFile.Open(path);
                foreach (var tensor in file.Tensors.Keys)
                {
                    file.Read(tensor).Dispose();
                }
            }
            catch (CheckpointException fault)
            {
                Assert.NotEmpty(fault.Message);
                faults++;
            }
        }

        Assert.InRange(faults, 300, 1500); // the damage reaches the reader
    }

    private static byte[] Damaged(byte[] original, Random random)
    {
        var bytes = original.ToArray();
        switch (random.Next(4))
        {
            case 0: return bytes[..random.Next(bytes.Length)];
            case 1: return [.. bytes[..random.Next(bytes.Length)], .. bytes[random.Next(bytes.Length)..]];
            default:
                for (var n = random.Next(1, 8); n > 0; n--)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }

                return bytes;
        }
    }

    private static string Fault(string path) => Assert.Throws<CheckpointException>(() => CheckpointFile.Open(path)).Message;

    private static double[] Numbers(JsonElement tensor, string name) =>
        [.. tensor.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];

    private static ElementType TypeOf(string torch) => torch switch
    {
        "torch.float16" => ElementType.Float16,
        "torch.bfloat16" => ElementType.BFloat16,
        "torch.float32" => ElementType.Float32,
        "torch.float64" => ElementType.Float64,
        "torch.int64" => ElementType.Int64,
        "torch.bool" => ElementType.Boolean,
        _ => throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"no type {torch}"), nameof(torch)),
    };

    private string Saved(string name)
    {
        var path = _folder.File($"{name}.pth");
        File.WriteAllBytes(path, Golden.GetProperty("files").GetProperty(name).GetBytesFromBase64());
        return path;
    }
}
