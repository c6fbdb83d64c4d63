namespace Touchstone.Evaluators;

/// <summary>The voxels of one file as stored, first to last, and the certainty that nothing else is in it.</summary>
internal sealed class VolumeStream : IDisposable
{
    private readonly EndWitness _file;
    private Stream _voxels;
    private long _left;

    private VolumeStream(EndWitness file)
    {
        _file = file;
        _voxels = file;
        Header = null!;
    }

    /// <summary>What the file says about its voxels.</summary>
    public VolumeHeader Header { get; private set; }

    /// <summary>Opens a NIfTI or MetaImage file, compressed or not, whatever it is called, and reads its header.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="VolumeException">It is missing or is not a volume.</exception>
    public static VolumeStream Open(string path)
    {
        RequireContent(path);
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        var stream = new VolumeStream(new EndWitness(file));
        try
        {
            stream.ReadHeader(isGzip: file.ReadByte() == 0x1f & file.ReadByte() == 0x8b, rewind: () => file.Position = 0);
            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads the next stored bytes.</summary>
    /// <param name="buffer">Filled to its end.</param>
    /// <exception cref="VolumeException">The file ends early or is damaged.</exception>
    public void Read(Span<byte> buffer)
    {
        var read = ReadUpTo(buffer);
        _left -= read;
        if (read < buffer.Length)
        {
            throw new VolumeException(VolumeFault.Damaged, $"The file ends {_left} bytes before its last voxel does.");
        }
    }

    /// <summary>Makes sure that the file ends here and that its checksums hold.</summary>
    /// <exception cref="VolumeException">It does not.</exception>
    public void RequireEnd()
    {
        Span<byte> more = stackalloc byte[1];
        if (ReadUpTo(more) > 0 || !_file.SawEnd)
        {
            throw new VolumeException(VolumeFault.Damaged, "The file goes on after its last voxel.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _voxels.Dispose();
        _file.Dispose();
    }

    /// <summary>Refuses what is not there, and what would block or never end: pipes and devices have no length.</summary>
    private static void RequireContent(string path)
    {
        var file = new FileInfo(path);
        file = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
        if (file is not { Exists: true })
        {
            throw new VolumeException(VolumeFault.Missing, "There is no such file.");
        }

        if (file.Length == 0)
        {
            throw new VolumeException(VolumeFault.Unreadable, "The file is empty.");
        }
    }

    private void ReadHeader(bool isGzip, Action rewind)
    {
        rewind();
        if (isGzip)
        {
            _voxels = StrictDecompression.Open(_file, isGzip: true);
        }

        var start = ReadBytes(4);
        if (NiftiHeader.LengthOf(start) is not { } length)
        {
            throw new VolumeException(VolumeFault.Unreadable, "It is neither NIfTI nor MetaImage.");
        }

        (Header, var offset) = NiftiHeader.Parse([.. start, .. ReadBytes(length - start.Length)]);
        _ = ReadBytes(offset - length);
        _left = Header.Geometry.Grid.VoxelCount * Header.VoxelBytes * Header.Volumes;
    }

    private byte[] ReadBytes(int count)
    {
        var bytes = new byte[count];
        return ReadUpTo(bytes) == count
            ? bytes
            : throw new VolumeException(VolumeFault.Damaged, "The file ends within its header.");
    }

    private int ReadUpTo(Span<byte> buffer)
    {
        try
        {
            return _voxels.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException fault)
        {
            throw new VolumeException(
                VolumeFault.Damaged, "Its compressed data are cut short, or a checksum is wrong.", fault);
        }
    }
}
