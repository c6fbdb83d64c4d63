using Touchstone.Harness.Engine;
using Touchstone.Harness.Sandbox;
using Touchstone.Leaderboard;
using Touchstone.Submissions;

namespace Touchstone.Harness.Images;

/// <summary>What an image's own configuration may ask for. Pure.</summary>
internal static class ImageRules
{
    private const int MostVolumes = 16;

    /// <summary>Engines stop at 125 to 128, their own layers over the image's among them.</summary>
    private const int MostLayers = 120;

    /// <summary>Engines take minutes for a hundred thousand, and the kernel starts nothing with more than megabytes of them.</summary>
    private const int MostVariables = 1000;

    private const int MostVariableBytes = 64 << 10;
    private const int MostVariablesBytes = 512 << 10;

    private static readonly string[] ExchangeFolders = ["/workspace/inputs", "/workspace/outputs"];
    private static readonly string[] KernelFolders = ["/proc", "/sys", "/dev"];
    private static readonly string[] OwnLabels = [SandboxProfile.WorkspaceLabel, SandboxProfile.RunLabel, TrialStart.Label];

    /// <summary>
    /// Refuses an image that this engine cannot run, or whose volumes would hide what the sandbox gives.
    /// </summary>
    /// <param name="engine">The engine that is to run it.</param>
    /// <param name="image">What it asks for.</param>
    /// <exception cref="SubmissionException">It asks for too much.</exception>
    public static void Check(EngineVersion engine, ImageRequests image)
    {
        if (image.Os != engine.Os || image.Architecture != engine.Arch)
        {
            throw new SubmissionException(
                SubmissionFault.WrongArchitecture,
                $"The image is built for {LogText.Line(image.Os)}/{LogText.Line(image.Architecture)}; containers run on "
                + $"{engine.Os}/{engine.Arch} here. Build it with --platform {engine.Os}/{engine.Arch}.");
        }

        if (image.Layers.Count > MostLayers)
        {
            throw Refused($"has {Counted.Of(image.Layers.Count, "layer")}; at most {MostLayers} are accepted. Join instructions of its Dockerfile");
        }

        CheckVolumes(image.Volumes);
        CheckEnvironment(image.Environment);
        if (image.Labels.FirstOrDefault(OwnLabels.Contains) is { } label)
        {
            throw Refused($"has the label {label}, by which this program knows its own containers. Remove it");
        }
    }

    /// <summary>Whether something may be mounted at a path: neither over the kernel's folders nor over what the sandbox gives.</summary>
    /// <param name="path">Absolute path in the image.</param>
    public static bool MayBeMountedOver(string path) =>
        IsPlain(path)
        && !Covers(path, "/workspace")
        && !ExchangeFolders.Any(folder => path.TrimEnd('/') != folder && Covers(folder, path))
        && !IsKernels(path);

    /// <summary>Whether a path is one of the kernel's folders or lies in one.</summary>
    /// <param name="path">Absolute path in the image.</param>
    public static bool IsKernels(string path) => KernelFolders.Any(folder => Covers(folder, path));

    /// <summary>Whether a path is a folder or lies in it.</summary>
    /// <param name="folder">The folder, absolute.</param>
    /// <param name="path">The path, absolute.</param>
    public static bool Covers(string folder, string path) =>
        $"{path.TrimEnd('/')}/".StartsWith($"{folder.TrimEnd('/')}/", StringComparison.Ordinal);

    /// <summary>The refusal of an image.</summary>
    /// <param name="what">Goes on behind "The image", without a full stop.</param>
    /// <param name="inner">What said so; null for nobody.</param>
    public static SubmissionException Refused(string what, Exception? inner = null) =>
        new(SubmissionFault.ImageConfigurationRefused, $"The image {what}.", inner);

    private static void CheckVolumes(IReadOnlyList<string> volumes)
    {
        if (volumes.Count > MostVolumes)
        {
            throw Refused($"declares {volumes.Count} volumes; at most {MostVolumes} are accepted");
        }

        if (!volumes.All(MayBeMountedOver))
        {
            throw Refused("declares a volume at a place that the sandbox provides (remove VOLUME from its Dockerfile)");
        }
    }

    private static void CheckEnvironment(IReadOnlyList<string> entries)
    {
        if (entries.Count > MostVariables)
        {
            throw Refused($"sets {entries.Count} environment variables; at most {MostVariables} are accepted");
        }

        if (entries.Any(entry => entry.Length > MostVariableBytes) || entries.Sum(entry => (long)entry.Length) > MostVariablesBytes)
        {
            throw Refused(
                $"sets environment variables of more than {MostVariableBytes >> 10} KiB each or {MostVariablesBytes >> 10} KiB together");
        }

        if (entries.FirstOrDefault(entry => !IsVariable(entry)) is { } bad)
        {
            throw Refused($"sets an environment variable \"{LogText.Line(bad)}\", which no program can be started with");
        }
    }

    /// <summary>A name, an equals sign and a value that C can hold.</summary>
    private static bool IsVariable(string entry)
    {
        var equals = entry.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && !entry.AsSpan(0, equals).ContainsAnyInRange('\0', ' ') && !entry.Contains('\0', StringComparison.Ordinal);
    }

    private static bool IsPlain(string path) =>
        path.Length is > 1 and < 256
        && path[0] == '/'
        && !path.Any(char.IsControl)
        && !path.Contains(',', StringComparison.Ordinal)
        && !path.Contains(':', StringComparison.Ordinal)
        && path.TrimEnd('/')[1..].Split('/').All(part => part is not ("" or "." or ".."));
}
