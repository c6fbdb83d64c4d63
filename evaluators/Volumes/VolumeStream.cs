namespace Touchstone.Evaluators;

/// <summary>The voxels of one file as stored, first to last, and the certainty that nothing else is in it.</summary>
internal sealed class VolumeStream : IDisposable
{
    private readonly Stream _voxels;
    private readonly Func<string?> _whatFollows;
    private long _left;

    private VolumeStream(Stream voxels, Func<string?> whatFollows, VolumeHeader header)
    {
        (_voxels, _whatFollows, Header) = (voxels, whatFollows, header);
        _left = header.Geometry.Grid.VoxelCount * header.VoxelBytes * header.Volumes;
    }

    /// <summary>What the file says about its voxels.</summary>
    public VolumeHeader Header { get; }

    /// <summary>
    /// Opens a NIfTI or MetaImage file, compressed or not, whatever it is called, and reads its header.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="VolumeException">It is missing or is not a volume.</exception>
    public static VolumeStream Open(string path)
    {
        RequireContent(path);
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        try
        {
            return Open(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads the next stored bytes.</summary>
    /// <param name="buffer">Filled to its end.</param>
    /// <exception cref="VolumeException">The file ends early or is damaged.</exception>
    public void Read(Span<byte> buffer)
    {
        var read = ReadUpTo(_voxels, buffer);
        _left -= read;
        if (read < buffer.Length)
        {
            throw new VolumeException(VolumeFault.Damaged, $"The file ends {_left} bytes before its last voxel does.");
        }
    }

    /// <summary>Reads what is left, keeps none of it, and makes sure that the file ends there.</summary>
    /// <exception cref="VolumeException">The file is damaged, or goes on.</exception>
    public void ReadToEnd()
    {
        var some = new byte[1 << 16];
        while (_left > 0)
        {
            Read(some.AsSpan(0, (int)Math.Min(_left, some.Length)));
        }

        RequireEnd();
    }

    /// <summary>Makes sure that the file ends here and that its checksums hold.</summary>
    /// <exception cref="VolumeException">It does not.</exception>
    public void RequireEnd()
    {
        Span<byte> next = stackalloc byte[1];
        if (ReadUpTo(_voxels, next) > 0)
        {
            throw new VolumeException(VolumeFault.Damaged, "The file goes on after its last voxel.");
        }

        if (_whatFollows() is { } more)
        {
            throw new VolumeException(VolumeFault.Damaged, more);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _voxels.Dispose();

    /// <summary>
    /// Refuses what is not there, and what would block or never end: pipes and devices have no length.
    /// </summary>
    private static void RequireContent(string path)
    {
        if (!File.Exists(path) || Target(new FileInfo(path)) is not { Exists: true } file)
        {
            throw new VolumeException(VolumeFault.Missing, "There is no such file.");
        }

        if (file.Length == 0)
        {
            throw new VolumeException(VolumeFault.Unreadable, "The file is empty.");
        }
    }

    private static FileInfo? Target(FileInfo file) =>
        file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;

    private static VolumeStream Open(FileStream file)
    {
        var isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return isGzip ? OpenGzip(new GzipContent(file)) : OpenPlain(new EndWitness(file));
    }

    private static VolumeStream OpenGzip(GzipContent content)
    {
        var start = ReadBytes(content, 4);
        return OpenNifti(content, () => content.SawEnd ? null : content.WhatFollows(), start) ?? throw NoVolume();
    }

    private static VolumeStream OpenPlain(EndWitness file)
    {
        var start = ReadBytes(file, 4);
        if (OpenNifti(file, NothingFollows, start) is { } nifti)
        {
            return nifti;
        }

        if (!MetaImageHeader.Begins(start))
        {
            throw NoVolume();
        }

        var header = MetaImageHeader.Read(start, file);
        return header.IsCompressed
            ? new VolumeStream(
                StrictDecompression.Zlib(file),
                () => file.GaveLast ? null : "Bytes follow the end of its compressed data; every voxel is there.",
                header.Parse())
            : new VolumeStream(file, NothingFollows, header.Parse());
    }

    /// <summary>Of a file that is not compressed: nothing can hide behind what was read.</summary>
    private static string? NothingFollows() => null;

    private static VolumeStream? OpenNifti(Stream content, Func<string?> whatFollows, byte[] start)
    {
        if (NiftiHeader.LengthOf(start) is not { } length)
        {
            return null;
        }

        var (header, offset) = NiftiHeader.Parse([.. start, .. ReadBytes(content, length - start.Length)]);
        Skip(content, offset - length);
        return new VolumeStream(content, whatFollows, header);
    }

    private static VolumeException NoVolume() => new(VolumeFault.Unreadable, "It is neither NIfTI nor MetaImage.");

    private static void Skip(Stream content, int count)
    {
        for (var left = count; left > 0; left -= Math.Min(left, 4096))
        {
            _ = ReadBytes(content, Math.Min(left, 4096));
        }
    }

    private static byte[] ReadBytes(Stream content, int count)
    {
        var bytes = new byte[count];
        return ReadUpTo(content, bytes) == count
            ? bytes
            : throw new VolumeException(VolumeFault.Damaged, "The file ends within its header.");
    }

    private static int ReadUpTo(Stream content, Span<byte> buffer)
    {
        try
        {
            return content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (Exception fault) when (fault is InvalidDataException || fault.GetType().FullName == "System.IO.Compression.ZLibException")
        {
            // The latter has no public name, and is an IOException about data too: such as one that asks for a dictionary.
            throw new VolumeException(
                VolumeFault.Damaged, "Its compressed data are cut short or of a kind that nobody reads, or a checksum is wrong.", fault);
        }
    }
}
