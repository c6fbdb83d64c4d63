namespace Touchstone.Baselines.Checkpoints;

/// <summary>A known difference between the names in published checkpoints and a network's own.</summary>
/// <param name="Description">For reports.</param>
/// <param name="Apply">From the file's name to the network's.</param>
internal sealed record Renaming(string Description, Func<string, string> Apply)
{
    /// <summary>
    /// All that are tried; the one that fits the most tensors is taken. Names: SuPreM's and MONAI's published checkpoints, as their
    /// training programs save and load them.
    /// </summary>
    public static IReadOnlyList<Renaming> Known { get; } =
    [
        new("names as they are", name => name),
        new("without \"module.\" (saved from a model spread over GPUs)", name => Without(name, "module.")),
        new("without \"backbone.\" (the backbone of a universal model)", name => Without(name, "backbone.")),
        new("without \"module.backbone.\" (the same, spread over GPUs: SuPreM's U-Net and Swin UNETR)",
            name => Without(name, "module.backbone.")),
        new("\"module.\" as \"swinViT.\", fc1 and fc2 as linear1 and linear2 (a Swin Transformer alone, 5050 CTs)",
            name => Perceptron(Replaced(name, "module.", "swinViT."))),
        new("\"encoder.\" as \"swinViT.\", \"layersN.0.0.\" as \"layersN.0.\" (Swin UNETR, 50000 CTs and MRIs)", Encoder),
    ];

    private static string Without(string name, string prefix) => Replaced(name, prefix, "");

    private static string Replaced(string name, string prefix, string by) =>
        name.StartsWith(prefix, StringComparison.Ordinal) ? by + name[prefix.Length..] : name;

    private static string Perceptron(string name) => name
        .Replace(".mlp.fc1.", ".mlp.linear1.", StringComparison.Ordinal)
        .Replace(".mlp.fc2.", ".mlp.linear2.", StringComparison.Ordinal);

    private static string Encoder(string name)
    {
        var renamed = Replaced(name, "encoder.", "swinViT.");
        return renamed != name && renamed.Split('.') is ["swinViT", ['l', 'a', 'y', 'e', 'r', 's', _] layer, "0", "0", .. var rest]
            ? $"swinViT.{layer}.0.{string.Join('.', rest)}"
            : renamed;
    }
}
