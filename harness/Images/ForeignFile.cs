using System.Text;
using System.Text.RegularExpressions;
using Touchstone.Harness.Runs;

namespace Touchstone.Harness.Images;

/// <summary>
/// Recognises what people send in place of a <c>docker save</c> archive by its first bytes, and says what to send.
/// </summary>
internal static partial class ForeignFile
{
    /// <summary>First bytes that are looked at.</summary>
    public const int HeadBytes = 4096;

    /// <summary>What makes an archive that is accepted.</summary>
    public const string Save = "docker save IMAGE | gzip > image.tar.gz";

    private static readonly (byte[] Magic, string What, string ToDo)[] Kinds =
    [
        Compression([0xfd, .. "7zXZ"u8, 0], "xz"),
        Compression([0x28, 0xb5, 0x2f, 0xfd], "zstd"),
        Compression([0x50, 0x2a, 0x4d, 0x18], "zstd"),
        Compression([.. "BZh"u8], "bzip2"),
        Compression([0x04, 0x22, 0x4d, 0x18], "lz4"),
        Compression([0x5d, 0, 0], "lzma"),
        Compression([.. "LZIP"u8], "lzip"),
        Compression([0x1f, 0x9d], "compress (.Z)"),
        Packed([.. "PK"u8, 3, 4], "a zip file"),
        Packed([.. "PK"u8, 5, 6], "an empty zip file"),
        Packed([.. "7z"u8, 0xbc, 0xaf, 0x27, 0x1c], "a 7z file"),
        Packed([.. "Rar!"u8], "a rar file"),
        ([.. "hsqs"u8], "a squashfs file system", Singularity),
        ([.. "version https://git-lfs"u8], "a pointer of Git LFS", "git lfs pull fetches the file itself."),
        ([0x7f, .. "ELF"u8], "a program", Build),
    ];

    private const string Build = $"Put it into an image (docker build -t IMAGE .), then {Save}";

    private const string Singularity =
        $"Such images do not run here. Build the same from a Dockerfile, then {Save}";

    /// <summary>What a file is that is no tar archive, and what to send instead.</summary>
    /// <param name="head">Its first bytes, up to <see cref="HeadBytes"/>.</param>
    /// <returns>Words that go on behind its name, such as "is compressed with xz. Send …"; null when nobody can say.</returns>
    public static string? Explain(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty)
        {
            return $"is empty. Look for a full disk, and save it again: {Save}";
        }

        if (head.Length >= 262 && head[257..262].SequenceEqual("ustar"u8))
        {
            return null; // a tar, whose first bytes are a name
        }

        foreach (var (magic, what, toDo) in Kinds)
        {
            if (head.StartsWith(magic))
            {
                return $"is {what}. {toDo}";
            }
        }

        return head.IndexOf("SIF_MAGIC"u8) is >= 0 and < 64 ? $"is a Singularity (Apptainer) image. {Singularity}"
            : head.Length >= 348 && head[344..].StartsWith("n+1\0"u8) ? $"is a NIfTI volume. Send the image: {Save}"
            : ExplainText(Encoding.UTF8.GetString(head).TrimStart('\ufeff'));
    }

    /// <summary>What a file is that is no tar, plain or in gzip, and what to send instead.</summary>
    /// <param name="path">The file, whose first bytes are read.</param>
    /// <returns>See <see cref="Explain(ReadOnlySpan{byte})"/>.</returns>
    public static string? Explain(string path)
    {
        var head = new byte[HeadBytes];
        using (var file = RegularFile.OpenRead(path))
        {
            head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        }

        if (head is not [0x1f, 0x8b, ..])
        {
            return Explain(head);
        }

        try
        {
            var inside = new byte[HeadBytes];
            using var archive = ArchiveFiles.Open(path, new ReadingBudget(HeadBytes));
            var count = archive.ReadAtLeast(inside, inside.Length, throwOnEndOfStream: false);
            return inside is [0x1f, 0x8b, ..] ? $"is compressed with gzip twice. Once is right: {Save}"
                : Explain(inside.AsSpan(0, count)) is { } kind ? $"is compressed with gzip, and what is in it {kind}"
                : null;
        }
        catch (InvalidDataException)
        {
            return null; // what is wrong with it shows when it is read to its end
        }
    }

    private static string? ExplainText(string text)
    {
        var line = text.Split('\n').Select(one => one.Trim())
            .FirstOrDefault(one => one.Length > 0 && (one[0] != '#' || one.StartsWith("#!", StringComparison.Ordinal))) ?? "";
        return line.StartsWith("#!", StringComparison.Ordinal) ? $"is a script. {Build}"
            : FirstInstruction.IsMatch(line) ? $"is a Dockerfile, the recipe and not the image. docker build -t IMAGE ., then {Save}"
            : WebPage.IsMatch(line) ? $"is a web page: a download went wrong. Send the image: {Save}"
            : null;
    }

    private static (byte[], string, string) Compression(byte[] magic, string name) =>
        (magic, $"compressed with {name}", $"Send it plain or with gzip: {Save}");

    private static (byte[], string, string) Packed(byte[] magic, string name) =>
        (magic, name, $"Send the archive of the image itself, not packed again: {Save}");

    [GeneratedRegex(@"^(FROM|ARG)\s+\S", RegexOptions.IgnoreCase)]
    private static partial Regex FirstInstruction { get; }

    [GeneratedRegex(@"^<(!doctype|html|\?xml)", RegexOptions.IgnoreCase)]
    private static partial Regex WebPage { get; }
}
