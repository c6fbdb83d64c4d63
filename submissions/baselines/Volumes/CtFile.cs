using System.Buffers.Binary;
using System.IO.Compression;
using Touchstone.Evaluators;

namespace Touchstone.Baselines.Volumes;

/// <summary>
/// The voxels of a CT file, slice by slice and never all at once. <see cref="VolumeFile"/> has checked the header before; here
/// only NIfTI-1 is read, as the contract has it.
/// </summary>
internal sealed class CtFile : IDisposable
{
    private const int HeaderBytes = 348;

    private readonly GZipStream _voxels;
    private readonly byte[] _raw;
    private readonly short _type;
    private readonly bool _isSwapped;
    private readonly float _slope;
    private readonly float _intercept;

    private CtFile(GZipStream voxels, Geometry geometry, byte[] header)
    {
        (_voxels, Geometry) = (voxels, geometry);
        _isSwapped = BinaryPrimitives.ReadInt32LittleEndian(header) != HeaderBytes;
        _type = Short(header, 70);
        var (slope, intercept) = (Single(header, 112), Single(header, 116));
        (_slope, _intercept) = slope == 0 || float.IsNaN(slope) ? (1, 0) : (slope, intercept);
        _raw = new byte[geometry.Grid.Nx * geometry.Grid.Ny * (Short(header, 72) / 8)];
        var dimensions = Short(header, 40);
        for (var n = 4; n <= dimensions; n++)
        {
            if (Short(header, 40 + (2 * n)) > 1)
            {
                throw new CtException("The file holds several volumes; a CT is one.");
            }
        }

        voxels.ReadExactly(new byte[(int)Single(header, 108) - HeaderBytes]);
    }

    /// <summary>Shape and place.</summary>
    public Geometry Geometry { get; }

    /// <summary>Opens a CT.</summary>
    /// <param name="path">A <c>.nii.gz</c> file.</param>
    /// <exception cref="VolumeException">It is missing or is no volume.</exception>
    /// <exception cref="CtException">It is a volume, but no NIfTI-1 file or not three-dimensional.</exception>
    public static CtFile Open(string path)
    {
        var geometry = VolumeFile.ReadGeometry(path);
        var voxels = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        try
        {
            var header = new byte[HeaderBytes];
            voxels.ReadExactly(header);
            return header.AsSpan(344).SequenceEqual("n+1\0"u8)
                ? new CtFile(voxels, geometry, header)
                : throw new CtException("The file is no NIfTI-1 volume.");
        }
        catch (InvalidDataException)
        {
            voxels.Dispose();
            throw new CtException("The file is not compressed as .nii.gz, or damaged.");
        }
        catch
        {
            voxels.Dispose();
            throw;
        }
    }

    /// <summary>Reads the next slice along the file's third axis.</summary>
    /// <param name="hounsfield">Filled; one value per voxel, the first axis fastest.</param>
    /// <exception cref="CtException">The file ends early, is damaged, or holds numbers that are not finite.</exception>
    public void ReadSlice(Span<float> hounsfield)
    {
        try
        {
            _voxels.ReadExactly(_raw);
        }
        catch (Exception fault) when (fault is EndOfStreamException or InvalidDataException)
        {
            throw new CtException("The file's voxels end early, or are damaged.");
        }

        Decode(hounsfield);
        foreach (ref var value in hounsfield)
        {
            value = (value * _slope) + _intercept;
            if (!float.IsFinite(value))
            {
                throw new CtException("The file holds voxels that are not finite.");
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _voxels.Dispose();

    private void Decode(Span<float> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _type switch
            {
                2 => _raw[i],
                256 => (sbyte)_raw[i],
                4 => Short(_raw, 2 * i),
                512 => (ushort)Short(_raw, 2 * i),
                8 => Integer(_raw, 4 * i),
                768 => (uint)Integer(_raw, 4 * i),
                16 => Single(_raw, 4 * i),
                64 => (float)BitConverter.Int64BitsToDouble(Long(_raw, 8 * i)),
                1024 => Long(_raw, 8 * i),
                1280 => (ulong)Long(_raw, 8 * i),
                _ => throw new InvalidDataException($"NIfTI data type {_type} is no type that a CT comes in."),
            };
        }
    }

    private short Short(byte[] bytes, int at) => _isSwapped
        ? BinaryPrimitives.ReadInt16BigEndian(bytes.AsSpan(at))
        : BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(at));

    private int Integer(byte[] bytes, int at) => _isSwapped
        ? BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at))
        : BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));

    private long Long(byte[] bytes, int at) => _isSwapped
        ? BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(at))
        : BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at));

    private float Single(byte[] bytes, int at) => BitConverter.Int32BitsToSingle(Integer(bytes, at));
}
