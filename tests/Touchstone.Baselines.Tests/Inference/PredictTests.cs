using System.IO.Compression;
using Touchstone.Baselines.Inference;
using Touchstone.Baselines.Tests.Networks;
using Touchstone.Baselines.Torch;
using Touchstone.Evaluators;

namespace Touchstone.Baselines.Tests.Inference;

/// <summary>The worker's commands on a workspace as a container finds it.</summary>
public sealed class PredictTests : IDisposable
{
    private static readonly Geometry Upright = new(
        new Grid(33, 20, 18, new(1.5, 1.5, 1.5)), Affine.Scaling(new(1.5, 1.5, 1.5), (-20, 30, 5)));

    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public PredictTests()
    {
        Directory.CreateDirectory(_folder.File("inputs"));
        Directory.CreateDirectory(_folder.File("outputs"));
    }

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _errors.Dispose();
    }

    [Fact]
    public void Predict_Flat_LabelsAreTheLargestOutputs()
    {
        var model = TinyModel.Write(_folder, TinyModel.Softmax);
        WriteFlat("case", Upright, Ct());

        Assert.Equal(0, Run("predict", "--model", model, "--workspace", _folder.Path));

        var path = _folder.File("outputs", "case.nii.gz");
        Assert.Equal(Upright, VolumeFile.ReadGeometry(path));
        Assert.Equal(Expected(model), Voxels(path));
        Assert.Equal(5, Voxels(path).Distinct().Count());
        Assert.StartsWith("case: ", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_SameCtInAnotherOrientation_FindsTheSameInTheSamePlaces()
    {
        var model = TinyModel.Write(_folder, TinyModel.Softmax);
        WriteFlat("upright", Upright, Ct());

        // Axes head, left, front: the file's (i, j, k) is (32 − j, k, i) upright.
        var turned = new Geometry(
            new Grid(18, 33, 20, new(1.5, 1.5, 1.5)),
            new Affine(new(0, -1.5, 0, -20 + (1.5 * 32)), new(0, 0, 1.5, 30), new(1.5, 0, 0, 5)));
        WriteFlat("turned", turned, Turned(Ct()));

        Assert.Equal(0, Run("predict", "--model", model, "--workspace", _folder.Path));

        Assert.Equal(5, Voxels(_folder.File("outputs", "upright.nii.gz")).Distinct().Count());
        Assert.Equal(turned, VolumeFile.ReadGeometry(_folder.File("outputs", "turned.nii.gz")));
        Assert.Equal(Turned(Voxels(_folder.File("outputs", "upright.nii.gz"))), Voxels(_folder.File("outputs", "turned.nii.gz")));
    }

    [Fact]
    public void Predict_Folder_WritesOneMaskPerStructure_OnTheCtsGrid()
    {
        var model = TinyModel.Write(_folder, TinyModel.Sigmoid);
        var fine = new Geometry(new Grid(40, 26, 9, new(0.9, 1.1, 3)), Affine.Scaling(new(0.9, 1.1, 3), (1, 2, 3)));
        Directory.CreateDirectory(_folder.File("inputs", "case"));
        NiftiWriter.Write(_folder.File("inputs", "case", "ct.nii.gz"), fine, Ct(fine.Grid));

        Assert.Equal(0, Run("predict", "--model", model, "--workspace", _folder.Path));

        var masks = _folder.File("outputs", "case", "segmentations");
        Assert.Equal(
            ["liver.nii.gz", "pancreas.nii.gz", "spleen.nii.gz", "stomach.nii.gz"],
            Directory.GetFiles(masks).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(Directory.GetFiles(masks), path =>
        {
            Assert.Equal(VolumeFile.ReadGeometry(_folder.File("inputs", "case", "ct.nii.gz")), VolumeFile.ReadGeometry(path));
            Assert.All(Voxels(path), voxel => Assert.InRange(voxel, (byte)0, (byte)1));
        });
        Assert.Contains(Directory.GetFiles(masks), path => Voxels(path).Contains((byte)1));
    }

    [Fact]
    public void Predict_OneCaseDamaged_OthersAreDone_NothingHalfWritten()
    {
        var model = TinyModel.Write(_folder, TinyModel.Softmax);
        WriteFlat("a-whole", Upright, Ct());
        WriteFlat("b-cut", Upright, Ct());
        var cut = _folder.File("inputs", "b-cut.nii.gz");
        File.WriteAllBytes(cut, File.ReadAllBytes(cut)[..^500]);
        WriteFlat("c-mri", Upright, Array.ConvertAll(Ct(), value => (short)(value + 2000)));

        Assert.Equal(1, Run("predict", "--model", model, "--workspace", _folder.Path));

        Assert.Equal(["a-whole.nii.gz"], Directory.GetFiles(_folder.File("outputs")).Select(Path.GetFileName));
        Assert.Contains("b-cut: The file's voxels end early", _errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("c-mri: This does not look like a CT", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_CheckpointThatFits_AndOneThatDoesNot()
    {
        var model = TinyModel.Write(_folder, TinyModel.Softmax);
        Assert.Equal(0, Run("inspect", "--model", model));
        Assert.Contains("106 tensors matched, 0 of another shape, 0 missing, 0 unexpected", _output.ToString(), StringComparison.Ordinal);

        _folder.Write("model.json", TinyModel.Softmax.Replace("\"width\": 2", "\"width\": 4", StringComparison.Ordinal));
        Assert.Equal(1, Run("inspect", "--model", model));
        Assert.Contains("Of another shape: down_tr128.ops.0.bn1.bias: [4] for [8]", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"UNet\"", "\"VNet\"", "network")]
    [InlineData("\"width\": 2", "\"breadth\": 2", "breadth")]
    [InlineData("\"weights\": \"weights.pth\",", "", "weights")]
    [InlineData("[null, \"liver\"", "[\"aorta\", \"liver\"", "the first of \"structures\" is null")]
    [InlineData("\"liver\"", "\"gall_bladder\"", "names each output once")]
    [InlineData("\"liver\"", "\"../liver\"", "letters, digits and underscores")]
    [InlineData("\"liver\"", "\"brain\"", "abdomenatlas-1.1 has no label for brain")]
    [InlineData("\"window\": 16", "\"window\": 20", "a multiple of 8")]
    [InlineData("\"window\": 16", "\"overlap\": 1", "from 0 to 0.95")]
    [InlineData("\"window\": 16", "\"intensityHu\": [250, -175]", "the dark and the bright end")]
    [InlineData("\"window\": 16", "\"spacingMm\": [1.5, 1.5]", "three lengths")]
    [InlineData("\"window\": 16", "\"threshold\": 0", "between 0 and 1")]
    [InlineData("\"window\": 16", "\"labels\": \"mine\"", "is one of bodymaps-2024")]
    public void Read_ModelFileWithAMistake_NamesIt(string text, string replacement, string expected)
    {
        var path = _folder.Write("model.json", TinyModel.Softmax.Replace(text, replacement, StringComparison.Ordinal));

        var fault = Assert.Throws<ModelException>(() => ModelFile.Read(path));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("suprem-unet", 19_416_417)]
    [InlineData("suprem-swinunetr", 62_595_315)]
    public void Read_ModelsOfSuprem_AreThePublishedNetworks(string name, long parameters)
    {
        var model = ModelFile.Read(Repository.File("submissions", "baselines", "models", name, "model.json"));

        Assert.Equal(parameters, model.Plan.Define().ParameterCount());
        Assert.Equal(
            LabelMaps.AbdomenAtlas10.Structures.Values.Order(StringComparer.Ordinal),
            model.Structures.OfType<string>().Order(StringComparer.Ordinal));
        Assert.Equal("liver", model.Structures[5]);
        Assert.Equal("pancreas", model.Structures[10]);
        Assert.Equal(32, model.Structures.Count);
    }

    private static short[] Ct(Grid? grid = null) => Array.ConvertAll(
        Formula.Numbers("ct", (grid ?? Upright.Grid).VoxelCount), number => (short)Math.Round((number * 1200) - 100));

    private static T[] Turned<T>(T[] upright)
    {
        var turned = new T[upright.Length];
        for (var n = 0; n < turned.Length; n++)
        {
            var (i, j, k) = (n % 18, n / 18 % 33, n / (18 * 33));
            turned[n] = upright[(32 - j) + (33 * (k + (20 * i)))];
        }

        return turned;
    }

    private static byte[] Voxels(string path)
    {
        using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        var bytes = new MemoryStream();
        gzip.CopyTo(bytes);
        return bytes.ToArray()[352..];
    }

    /// <summary>The labels by the longest way: all logits at once, then voxel by voxel. The grid is the network's own.</summary>
    private byte[] Expected(string model)
    {
        using var network = ScriptModule.Build(ModelFile.Read(model).Plan.Define());
        Formula.Fill(network);
        network.Train(false);
        var ct = PreparedCt.Read(_folder.File("inputs", "case.nii.gz"), new Preparation());
        byte[] labels = [0, 5, 8, 6, 2]; // AbdomenAtlas 1.1: liver, spleen, pancreas, gall bladder
        var (bx, by, bz) = ct.Box.Start;
        var expected = new byte[Upright.Grid.VoxelCount];
        new WindowedNetwork(network, 5, new SlidingWindow { Side = 16 }, Device.Cpu).Run(ct.Brightness, ct.Box.Size, (first, planes, logits) =>
        {
            var values = logits.ToArray<float>();
            var count = values.Length / 5;
            for (var n = 0; n < count; n++)
            {
                var best = Enumerable.Range(0, 5).MaxBy(c => values[(c * count) + n]);
                var (x, y, z) = (n / (ct.Box.Size.Y * ct.Box.Size.Z) + first, n / ct.Box.Size.Z % ct.Box.Size.Y, n % ct.Box.Size.Z);
                expected[x + bx + (33 * (y + by + (20 * (z + bz))))] = labels[best];
            }
        });
        return expected;
    }

    private void WriteFlat(string name, Geometry geometry, short[] voxels) =>
        NiftiWriter.Write(_folder.File("inputs", name + ".nii.gz"), geometry, voxels);

    private int Run(params string[] arguments)
    {
        var parse = CommandLine.Create(_output, _errors).Parse(arguments);
        Assert.Empty(parse.Errors);
        return parse.Invoke();
    }
}
