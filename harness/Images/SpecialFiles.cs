using Touchstone.Harness.Engine;

namespace Touchstone.Harness.Images;

/// <summary>
/// Which pipes and devices an image may bring. An engine that opens a pipe waits for ever, and a device of the image is one of
/// its machine: so they may lie only where the engine mounts over them, and where honest bases have them without any use. Pure.
/// </summary>
internal static class SpecialFiles
{
    /// <summary>Where old bases have the pipe of an init program that no container starts.</summary>
    private const string InitPipe = "run/initctl";

    /// <summary>Refuses what lies elsewhere.</summary>
    /// <param name="item">A file of a layer, or of a whole file system.</param>
    /// <exception cref="InvalidDataException">It is a pipe or a device and lies elsewhere.</exception>
    public static void Demand(TarItem item)
    {
        if (item.Kind != TarItemKind.Special)
        {
            return;
        }

        var path = Plain(item.Name);
        if (path != InitPipe && !path.StartsWith("dev/", StringComparison.Ordinal))
        {
            throw new InvalidDataException(
                $"It holds a pipe, a socket or a device, /{LogText.Line(path)}, where none belongs. Remove it where the image is built.");
        }
    }

    /// <summary>A path without what means nothing in it; one that goes back is left as it is, and so lies nowhere.</summary>
    private static string Plain(string path)
    {
        var parts = path.Split('/').Where(part => part is not ("" or ".")).ToArray();
        return parts.Contains("..") ? path : string.Join('/', parts);
    }
}
