using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Touchstone.Tests.Harness.Fuzz;

/// <summary>Damages tar archives: headers with their checksum made right again, and the texts inside.</summary>
internal static class TarDamage
{
    private const int Block = 512;

    private static readonly string[] OddSizes = ["00000000000", "77777777777", "20000000000", "00000000001", "-0000000001", "99999999999", "           "];

    /// <summary>Damages an archive, gzipped or not.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="random">Decides how.</param>
    public static byte[] Apply(byte[] file, Random random)
    {
        var isGzip = file is [0x1f, 0x8b, ..];
        var plain = isGzip ? Unpack(file) : file;
        var damaged = random.Next(3) == 0 ? OfHeader(plain, random) : OfContent(plain, random);
        return isGzip ? TestImage.Gzip(damaged) : damaged;
    }

    /// <summary>Damages the text of one file in an archive; what is no text, by its bytes.</summary>
    private static byte[] OfContent(byte[] plain, Random random)
    {
        var files = new List<(string Name, TarEntryType Type, byte[] Content)>();
        using (var tar = new TarReader(new MemoryStream(plain)))
        {
            while (tar.GetNextEntry(copyData: true) is { } entry)
            {
                using var content = new MemoryStream();
                entry.DataStream?.CopyTo(content);
                files.Add((entry.Name, entry.EntryType, content.ToArray()));
            }
        }

        var at = random.Next(files.Count);
        var one = files[at];
        switch (random.Next(6))
        {
            case 0:
                files.Add(one);
                break;
            case 1:
                files.RemoveAt(at);
                break;
            case 2:
                files[at] = one with { Name = OddName(one.Name, random) };
                break;
            default:
                files[at] = one with
                {
                    Content = one.Content is [(byte)'{' or (byte)'[', ..]
                        ? Damage.OfText(Encoding.UTF8.GetString(one.Content), random) : Damage.OfBytes(one.Content, random),
                };
                break;
        }

        return TestImage.Tar(files.Select(entry => entry.Type == TarEntryType.RegularFile
            ? TestImage.File(entry.Name, entry.Content) : new PaxTarEntry(entry.Type, entry.Name)));
    }

    private static string OddName(string name, Random random) => random.Next(5) switch
    {
        0 => "../" + name,
        1 => "/" + name,
        2 => name + "/",
        3 => "./././" + name,
        _ => new string('n', 300) + name,
    };

    private static byte[] OfHeader(byte[] plain, Random random)
    {
        var bytes = (byte[])plain.Clone();
        var header = bytes.AsSpan(random.Next(Math.Max(1, bytes.Length / Block)) * Block);
        if (header.Length < Block)
        {
            return bytes;
        }

        switch (random.Next(4))
        {
            case 0:
                Encoding.ASCII.GetBytes(OddSizes[random.Next(OddSizes.Length)]).CopyTo(header[124..]);
                break;
            case 1:
                header.Slice(124, 12).Fill((byte)(random.Next(2) == 0 ? 0xff : 0x80)); // a size in base 256
                break;
            case 2:
                header[156] = (byte)"01234567gxLKSVDM\0Z"[random.Next(18)];
                break;
            default:
                header[random.Next(Block)] = (byte)random.Next(256);
                break;
        }

        header.Slice(148, 8).Fill((byte)' ');
        var sum = 0;
        foreach (var one in header[..Block])
        {
            sum += one;
        }

        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(header[148..]);
        return bytes;
    }

    private static byte[] Unpack(byte[] file)
    {
        using var gzip = new GZipStream(new MemoryStream(file), CompressionMode.Decompress);
        using var all = new MemoryStream();
        gzip.CopyTo(all);
        return all.ToArray();
    }
}
