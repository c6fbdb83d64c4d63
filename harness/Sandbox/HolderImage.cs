using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Touchstone.Harness.Engine;

namespace Touchstone.Harness.Sandbox;

/// <summary>
/// The image of the holder: a volume in memory lives as long as some container uses it, and the holder is that
/// container, from before the participant's starts until its output is read. It holds two empty folders and one
/// program of about 150 bytes, made here, that sleeps until it is killed; nothing in it can run a participant's code.
/// </summary>
public static class HolderImage
{
    /// <summary>The program in the image.</summary>
    public const string ProgramPath = "/hold";

    private const string Repository = "touchstone/holder";
    private const ulong Address = 0x400000;
    private const int HeaderBytes = 120;

    /// <summary>x86-64: <c>again: mov eax, 34 (pause); syscall; jmp again</c>.</summary>
    private static ReadOnlySpan<byte> X64Code => [0xB8, 34, 0, 0, 0, 0x0F, 0x05, 0xEB, 0xF7];

    /// <summary>arm64 has no pause: <c>again: ppoll(0, 0, 0, 0, 0); b again</c>.</summary>
    private static ReadOnlySpan<uint> Arm64Code =>
    [
        0xD2800000, 0xD2800001, 0xD2800002, 0xD2800003, 0xD2800004, 0xD2800928, 0xD4000001, 0x17FFFFF9,
    ];

    /// <summary>Loads the image unless the engine has it.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="token">Stops the work.</param>
    /// <returns>The id by which to run it.</returns>
    /// <exception cref="EngineException">The engine runs on a processor other than amd64 and arm64, or cannot load it.</exception>
    public static async Task<string> EnsureAsync(DockerEngine engine, CancellationToken token = default)
    {
        var parts = Parts.For(engine.Version.Arch);
        if (await engine.FindImageAsync(parts.Reference, token) is { } present && IsOurs(present, parts))
        {
            return present.Id;
        }

        await engine.LoadImageAsync(async (stream, cancel) => await stream.WriteAsync(Archive(parts), cancel), token);
        return (await engine.FindImageAsync(parts.Reference, token))?.Id
            ?? throw new EngineException($"The engine did not keep the image {parts.Reference} that was loaded.");
    }

    /// <summary>
    /// Whether what has the name is what was made here: a name says nothing, anybody's image may have been pulled under it.
    /// Engines that call an image by another digest than its configuration's are given it again.
    /// </summary>
    private static bool IsOurs(ImageDetails image, Parts parts) => image.Id == $"sha256:{parts.Digest}";

    /// <summary>The image as an archive that any engine loads, and the name that it then has.</summary>
    /// <param name="architecture"><c>amd64</c> or <c>arm64</c>.</param>
    internal static (string Reference, byte[] Archive) For(string architecture)
    {
        var parts = Parts.For(architecture);
        return (parts.Reference, Archive(parts));
    }

    /// <summary>The program as an ELF file.</summary>
    /// <param name="architecture"><c>amd64</c> or <c>arm64</c>.</param>
    internal static byte[] Program(string architecture)
    {
        var (machine, code) = architecture switch
        {
            "amd64" => ((ushort)62, X64Code.ToArray()),
            "arm64" => ((ushort)183, LittleEndian(Arm64Code)),
            _ => throw new EngineException($"The sandbox knows amd64 and arm64; the engine runs on {architecture}.")
            {
                IsTransient = false,
            },
        };
        var file = new byte[HeaderBytes + code.Length];
        WriteFileHeader(file, machine);
        WriteSegment(file.AsSpan(64), (ulong)file.Length);
        code.CopyTo(file, HeaderBytes);
        return file;
    }

    private static byte[] LittleEndian(ReadOnlySpan<uint> words)
    {
        var bytes = new byte[4 * words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4 * i), words[i]);
        }

        return bytes;
    }

    private static void WriteFileHeader(Span<byte> file, ushort machine)
    {
        ReadOnlySpan<byte> identity = [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1]; // 64 bits, little-endian, version 1
        identity.CopyTo(file);
        BinaryPrimitives.WriteUInt16LittleEndian(file[16..], 2); // executable
        BinaryPrimitives.WriteUInt16LittleEndian(file[18..], machine);
        BinaryPrimitives.WriteUInt32LittleEndian(file[20..], 1);
        BinaryPrimitives.WriteUInt64LittleEndian(file[24..], Address + HeaderBytes); // entry
        BinaryPrimitives.WriteUInt64LittleEndian(file[32..], 64); // program headers begin
        BinaryPrimitives.WriteUInt16LittleEndian(file[52..], 64); // size of this header
        BinaryPrimitives.WriteUInt16LittleEndian(file[54..], 56); // size of a program header
        BinaryPrimitives.WriteUInt16LittleEndian(file[56..], 1); // how many
    }

    private static void WriteSegment(Span<byte> header, ulong length)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(header, 1); // loaded
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], 5); // readable, executable
        BinaryPrimitives.WriteUInt64LittleEndian(header[16..], Address);
        BinaryPrimitives.WriteUInt64LittleEndian(header[24..], Address);
        BinaryPrimitives.WriteUInt64LittleEndian(header[32..], length);
        BinaryPrimitives.WriteUInt64LittleEndian(header[40..], length);
        BinaryPrimitives.WriteUInt64LittleEndian(header[48..], 0x10000); // alignment that suits pages of 64 KiB too
    }

    private static byte[] Archive(Parts parts)
    {
        using var tar = new MemoryStream();
        Append(tar, "layer.tar", parts.Layer);
        Append(tar, "config.json", parts.Config);
        Append(tar, "manifest.json", Encoding.UTF8.GetBytes(
            $$"""[{"Config":"config.json","RepoTags":["{{parts.Reference}}"],"Layers":["layer.tar"]}]"""));
        tar.Write(new byte[1024]);
        return tar.ToArray();
    }

    private static void Append(MemoryStream tar, string name, byte[] content, int mode = 0x124)
    {
        tar.Write(TarHeader.Write(name, content.Length, mode));
        tar.Write(content);
        tar.Write(TarHeader.Padding(content.Length));
    }

    /// <summary>
    /// The pieces of the image; its name carries a part of the configuration's digest, so a change is a new name.
    /// </summary>
    private sealed record Parts(byte[] Layer, byte[] Config, string Digest)
    {
        public string Reference => $"{Repository}:{Digest[..12]}";

        public static Parts For(string architecture)
        {
            using var tar = new MemoryStream();
            tar.Write(TarHeader.Write("inputs/", 0, 0x1ed, '5'));
            tar.Write(TarHeader.Write("outputs/", 0, 0x1ed, '5'));
            Append(tar, "hold", Program(architecture), mode: 0x16d);
            tar.Write(new byte[1024]);
            var layer = tar.ToArray();
            var config = Encoding.UTF8.GetBytes(
                $$$"""
                {"architecture":"{{{architecture}}}","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":["sha256:{{{Hash(layer)}}}"]}}
                """);
            return new Parts(layer, config, Hash(config));
        }

        private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
    }
}
