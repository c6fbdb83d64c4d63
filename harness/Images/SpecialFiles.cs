using Touchstone.Harness.Engine;

namespace Touchstone.Harness.Images;

/// <summary>
/// Which pipes and devices an image may bring. An engine that opens a pipe waits for ever, and a device of the image is one of
/// its machine: so they may lie only where the engine mounts over them, and where honest bases have them without any use. Looks at
/// the files of one tar, in their order.
/// </summary>
internal sealed class SpecialFiles
{
    /// <summary>Where old bases have the pipe of an init program that no container starts.</summary>
    private const string InitPipe = "run/initctl";

    /// <summary>Ten times what a whole /dev of a machine has.</summary>
    private const int Most = 5_000;

    private readonly HashSet<string> _found = new(StringComparer.Ordinal);

    /// <summary>Whether there was any, where it may be.</summary>
    public bool HasFound => _found.Count > 0;

    /// <summary>Looks at the next file of a layer, or of a whole file system.</summary>
    /// <param name="item">The file.</param>
    /// <exception cref="InvalidDataException">It is a pipe or a device, or a second name of one, and lies elsewhere, or has attributes of an engine's.</exception>
    public void Look(TarItem item)
    {
        if (item.HasOverlayAttributes)
        {
            throw new InvalidDataException(
                $"It gives /{LogText.Line(Plain(item.Name) ?? item.Name)} attributes that steer the engine's file system (trusted.*, "
                + "user.overlay.*). Remove them where the image is built.");
        }

        if (item.Kind == TarItemKind.Special || (item.Kind == TarItemKind.HardLink && HasFound && _found.Contains(Plain(item.Target) ?? "")))
        {
            var path = Plain(item.Name);
            if (_found.Count == Most)
            {
                throw new InvalidDataException($"It holds more than {Most} pipes and devices. Remove them where the image is built.");
            }

            _found.Add((path == InitPipe && item.IsPipe) || path?.StartsWith("dev/", StringComparison.Ordinal) == true
                ? path
                : throw new InvalidDataException(
                    $"It holds a pipe, a socket or a device, /{LogText.Line(path ?? item.Name)}, where none belongs. Remove it where "
                    + "the image is built."));
        }
    }

    /// <summary>A path without what means nothing in it; null for one that goes back.</summary>
    private static string? Plain(string path)
    {
        var parts = path.Split('/').Where(part => part is not ("" or ".")).ToArray();
        return parts.Contains("..") ? null : string.Join('/', parts);
    }
}
