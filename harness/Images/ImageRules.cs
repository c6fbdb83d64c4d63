using Touchstone.Harness.Engine;
using Touchstone.Submissions;

namespace Touchstone.Harness.Images;

/// <summary>What an image's own configuration may ask for.</summary>
internal static class ImageRules
{
    private const int MostVolumes = 16;

    private static readonly string[] ExchangeFolders = ["/workspace/inputs", "/workspace/outputs"];
    private static readonly string[] KernelFolders = ["/proc", "/sys", "/dev"];

    /// <summary>
    /// Refuses an image that this engine cannot run, or whose volumes would hide what the sandbox gives.
    /// </summary>
    /// <param name="engine">The engine that is to run it.</param>
    /// <param name="os">Operating system that the image names.</param>
    /// <param name="architecture">Processor that the image names.</param>
    /// <param name="volumes">Paths that it declares as volumes.</param>
    public static void Check(EngineVersion engine, string os, string architecture, IEnumerable<string>? volumes)
    {
        if (os != engine.Os || architecture != engine.Arch)
        {
            throw new SubmissionException(
                SubmissionFault.WrongArchitecture,
                $"The image is built for {os}/{architecture}; containers run on {engine.Os}/{engine.Arch} here. "
                + $"Build it with --platform {engine.Os}/{engine.Arch}.");
        }

        var declared = volumes?.ToArray() ?? [];
        if (declared.Length > MostVolumes)
        {
            throw Refused($"declares {declared.Length} volumes; at most {MostVolumes} are accepted");
        }

        foreach (var volume in declared)
        {
            if (!IsPlain(volume)
                || Covers(volume, "/workspace")
                || ExchangeFolders.Any(folder => volume.TrimEnd('/') != folder && Covers(folder, volume))
                || KernelFolders.Any(folder => Covers(folder, volume)))
            {
                throw Refused("declares a volume at a place that the sandbox provides (remove VOLUME from its Dockerfile)");
            }
        }
    }

    private static SubmissionException Refused(string what) =>
        new(SubmissionFault.ImageConfigurationRefused, $"The image {what}.");

    private static bool IsPlain(string path) =>
        path.Length is > 1 and < 256
        && path[0] == '/'
        && !path.Contains(',', StringComparison.Ordinal)
        && !path.Contains(':', StringComparison.Ordinal)
        && path.TrimEnd('/')[1..].Split('/').All(part => part is not ("" or "." or ".."));

    private static bool Covers(string folder, string path) =>
        $"{path.TrimEnd('/')}/".StartsWith($"{folder.TrimEnd('/')}/", StringComparison.Ordinal);
}
