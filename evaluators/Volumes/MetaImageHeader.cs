using System.Globalization;
using System.Text;

namespace Touchstone.Evaluators;

/// <summary>
/// Reads the header of a MetaImage file with its voxels inside (<c>.mha</c>): lines of <c>Key = Value</c>, the last of them
/// <c>ElementDataFile = LOCAL</c>.
/// </summary>
/// <remarks>Keys: the MetaIO documentation, https://itk.org/Wiki/ITK/MetaIO/Documentation. Its world is LPS.</remarks>
internal sealed class MetaImageHeader
{
    private const int MaxHeaderBytes = 64 << 10;
    private const int MostShown = 40;

    private static readonly Dictionary<string, VoxelType> Types = new()
    {
        ["MET_UCHAR"] = VoxelType.UInt8,
        ["MET_CHAR"] = VoxelType.Int8,
        ["MET_SHORT"] = VoxelType.Int16,
        ["MET_USHORT"] = VoxelType.UInt16,
        ["MET_INT"] = VoxelType.Int32,
        ["MET_UINT"] = VoxelType.UInt32,
        ["MET_LONG_LONG"] = VoxelType.Int64,
        ["MET_ULONG_LONG"] = VoxelType.UInt64,
        ["MET_FLOAT"] = VoxelType.Float32,
        ["MET_DOUBLE"] = VoxelType.Float64,
    };

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private MetaImageHeader()
    {
    }

    /// <summary>True when the voxels are zlib data.</summary>
    public bool IsCompressed => Flag("CompressedData");

    /// <summary>Whether a file that begins with these bytes is a MetaImage.</summary>
    /// <param name="start">Its first four bytes.</param>
    public static bool Begins(ReadOnlySpan<byte> start) => start.SequenceEqual("Obje"u8) || start.SequenceEqual("NDim"u8);

    /// <summary>Reads the lines up to the voxels.</summary>
    /// <param name="start">Bytes already read.</param>
    /// <param name="file">At the byte after them; left at the first byte of voxels.</param>
    /// <exception cref="VolumeException">The lines end or go on too long.</exception>
    public static MetaImageHeader Read(ReadOnlySpan<byte> start, Stream file)
    {
        var header = new MetaImageHeader();
        var line = new StringBuilder(Encoding.Latin1.GetString(start));
        for (var count = start.Length; count < MaxHeaderBytes; count++)
        {
            switch (file.ReadByte())
            {
                case < 0:
                    throw new VolumeException(VolumeFault.Damaged, "The file ends within its header.");
                case '\n':
                    if (header.Add(line.ToString()))
                    {
                        return header;
                    }

                    line.Clear();
                    break;
                case var letter:
                    line.Append((char)letter);
                    break;
            }
        }

        throw new VolumeException(VolumeFault.Unreadable, $"Its header is longer than {MaxHeaderBytes} bytes.");
    }

    /// <summary>What the header says.</summary>
    /// <exception cref="VolumeException">It contradicts itself, or is of a kind that holds no label map or CT.</exception>
    public VolumeHeader Parse()
    {
        Require(Text("ElementDataFile") == "LOCAL", "Its voxels are in another file.");
        Require(Text("NDims") == "3", $"The header says {ShownText.Of(Text("NDims"), MostShown)} dimensions; a volume has 3.");
        Require(Text("HeaderSize", "0") == "0", "Its voxels do not follow its header.");
        Require(Text("BinaryData", "True") == "True", "Its voxels are written as text.");
        var type = Text("ElementType");
        var sides = Numbers("DimSize", 3, "");
        Require(sides.All(side => side == Math.Floor(side) && Math.Abs(side) < 1e15), "Its DimSize is not whole numbers.");
        var spacing = Numbers(_values.ContainsKey("ElementSpacing") ? "ElementSpacing" : "ElementSize", 3, "1 1 1");
        var grid = VolumeHeader.CheckedGrid(
            ((long)sides[0], (long)sides[1], (long)sides[2]), new Spacing(spacing[0], spacing[1], spacing[2]));
        var channels = Numbers("ElementNumberOfChannels", 1, "1")[0];
        Require(channels is >= 1 and <= int.MaxValue, $"The header says {ShownText.Of(Text("ElementNumberOfChannels", "1"), MostShown)} channels.");
        return new VolumeHeader
        {
            Geometry = new Geometry(grid, Place(grid.SpacingMm)) { Source = PlaceSource.MetaImage },
            Type = Types.TryGetValue(type, out var known)
                ? known
                : throw new VolumeException(VolumeFault.Unreadable, "Its element type holds no labels or Hounsfield units."),
            IsBigEndian = Flag("BinaryDataByteOrderMSB") || Flag("ElementByteOrderMSB"),
            Volumes = (long)channels,
        };
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new VolumeException(VolumeFault.Unreadable, otherwise);
        }
    }

    /// <summary>Takes a line; true when it was the last.</summary>
    private bool Add(string line)
    {
        var parts = line.Split('=', 2, StringSplitOptions.TrimEntries);
        Require(parts.Length == 2, "A line of its header is not of the form Key = Value.");
        _values[parts[0]] = parts[1];
        return parts[0] == "ElementDataFile";
    }

    /// <summary>
    /// The file gives each voxel axis's direction in turn, in a world whose x and y run the other way.
    /// </summary>
    private Affine Place(Spacing spacing)
    {
        var direction = Numbers(Key("TransformMatrix", "Orientation", "Rotation"), 9, "1 0 0 0 1 0 0 0 1");
        var offset = Numbers(Key("Offset", "Position", "Origin"), 3, "0 0 0");
        return new Affine(Row(0, -1), Row(1, -1), Row(2, 1));

        AffineRow Row(int world, int sign) => new(
            sign * direction[world] * spacing.X,
            sign * direction[3 + world] * spacing.Y,
            sign * direction[6 + world] * spacing.Z,
            sign * offset[world]);
    }

    private string Key(params string[] names) => names.FirstOrDefault(_values.ContainsKey, names[0]);

    private string Text(string key, string missing = "") => _values.GetValueOrDefault(key, missing);

    private bool Flag(string key) => Text(key) == "True";

    private double[] Numbers(string key, int count, string missing)
    {
        var numbers = new List<double>();
        foreach (var text in Text(key, missing).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            {
                numbers.Add(number);
            }
        }

        Require(numbers.Count == count, $"Its {key} is not {count} numbers.");
        return [.. numbers];
    }
}
