using System.Runtime.InteropServices;
using System.Text;
using Touchstone.Tests.Evaluators;

namespace Touchstone.Tests.Harness.Fuzz;

/// <summary>Damages one file in a seeded random way, by the grammar that its name promises.</summary>
internal static partial class Damage
{
    /// <summary>Damages a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="random">Decides how.</param>
    public static void Apply(string path, Random random)
    {
        if (random.Next(12) == 0)
        {
            Replace(path, random);
            return;
        }

        var bytes = File.ReadAllBytes(path);
        if (random.Next(8) == 0)
        {
            File.WriteAllBytes(path, OfBytes(bytes, random));
            return;
        }

        var name = Path.GetFileName(path);
        if (name.EndsWith(".sqlite", StringComparison.Ordinal))
        {
            StoreDamage.Apply(path, random);
            return;
        }

        var damaged = name switch
        {
            _ when name.EndsWith(".nii.gz", StringComparison.Ordinal) || name.EndsWith(".nii", StringComparison.Ordinal) =>
                VolumeDamage.OfNifti(bytes, random),
            _ when name.EndsWith(".mha", StringComparison.Ordinal) => VolumeDamage.OfMetaImage(bytes, random),
            _ when name.EndsWith(".tar", StringComparison.Ordinal) || name.EndsWith(".tar.gz", StringComparison.Ordinal) =>
                TarDamage.Apply(bytes, random),
            "workspace.key" => OfBytes(bytes, random),
            _ => OfText(Encoding.UTF8.GetString(bytes), random),
        };
        File.WriteAllBytes(path, damaged);
        if (random.Next(2) == 0)
        {
            Seal.Renew(path, damaged);
        }
    }

    /// <summary>Damages bytes whatever they mean.</summary>
    /// <param name="sound">The bytes.</param>
    /// <param name="random">Decides how.</param>
    public static byte[] OfBytes(byte[] sound, Random random) => DamagedBytes.Of(sound, random, longestTail: 2000);

    /// <summary>Damages a text; JSON mostly so that it stays JSON.</summary>
    /// <param name="text">The text.</param>
    /// <param name="random">Decides how.</param>
    public static byte[] OfText(string text, Random random) =>
        random.Next(4) > 0 && text.AsSpan().TrimStart() is ['{' or '[', ..] && TextDamage.ApplyToTree(text, random) is { } json
            ? Encoding.UTF8.GetBytes(json)
            : TextDamage.Apply(text, random);

    /// <summary>A pipe that nobody writes to. Whoever opens it waits for ever.</summary>
    /// <param name="path">Where.</param>
    public static void MakePipe(string path) => Assert.Equal(0, MakeFifo(path, 0b110_100_100));

    /// <summary>Lets whoever waits at a pipe go on.</summary>
    /// <param name="path">The pipe.</param>
    public static void ReleasePipe(string path)
    {
        const int writeWithoutWaiting = 0x801;
        var handle = Open(path, writeWithoutWaiting);
        _ = handle >= 0 ? Close(handle) : 0;
    }

    private static void Replace(string path, Random random)
    {
        File.Delete(path);
        switch (random.Next(7))
        {
            case 0:
                File.WriteAllBytes(path, []);
                break;
            case 1:
                Directory.CreateDirectory(path);
                break;
            case 2 when Path.GetFileName(path) is not ("token" or "labels.txt"):
                MakePipe(path); // what the command line names may be one: <(…) of a shell is
                break;
            case 2 or 3:
                File.CreateSymbolicLink(path, path);
                break;
            case 4:
                File.CreateSymbolicLink(path, path + "-nowhere");
                break;
            case 5:
                File.CreateSymbolicLink(path, "/dev/null");
                break;
            default:
                break; // it is gone
        }
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeFifo(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
