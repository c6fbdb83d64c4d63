using Touchstone.Baselines.Inference;
using Touchstone.Baselines.Tests.Checkpoints;
using Touchstone.Baselines.Tests.Networks;

namespace Touchstone.Baselines.Tests.Inference;

/// <summary>A U-Net of one or two channels with the formula's weights: what it finds means nothing, but is always the same.</summary>
internal static class TinyModel
{
    public const string Softmax = """
        {
          "network": "UNet", "width": 2, "weights": "weights.pth", "activation": "Softmax", "layout": "Flat", "window": 16,
          "structures": [null, "liver", "spleen", "pancreas", "gallbladder"], "largestPartOnly": false
        }
        """;

    public const string Sigmoid = """
        {
          "network": "UNet", "width": 1, "weights": "weights.pth", "activation": "Sigmoid", "layout": "Folder", "window": 16,
          "structures": ["liver", null, "spleen", "pancreas", "stomach"], "threshold": 0.4, "largestPartOnly": true
        }
        """;

    /// <summary>Writes <c>model.json</c> and its weights; gives the model file's path.</summary>
    public static string Write(TemporaryFolder folder, string json)
    {
        var path = folder.Write("model.json", json);
        PickleWriter.WriteState(folder.File("weights.pth"), ModelFile.Read(path).Plan.Define().State()
            .Select(tensor => ("module." + tensor.Name, tensor.Shape.ToArray(), Formula.Weights(tensor.Name, tensor.Shape))));
        return path;
    }
}
