using System.Buffers.Binary;

namespace Touchstone.Evaluators;

/// <summary>Reads the headers of NIfTI-1 and NIfTI-2 single files, of either byte order.</summary>
/// <remarks>Field places: nifti1.h and nifti2.h of the NIfTI Data Format Working Group, https://nifti.nimh.nih.gov.</remarks>
internal static class NiftiHeader
{
    /// <summary>Bytes of a NIfTI-1 header, also its first field.</summary>
    public const int Bytes1 = 348;

    /// <summary>Bytes of a NIfTI-2 header, also its first field.</summary>
    public const int Bytes2 = 540;

    private const int MaxDataOffset = 64 << 20;

    private static readonly Layout Nifti1 = new(
        IsVersion2: false, Bytes1, Magic: 344, Type: 70, Bits: 72, Dim: 40, PixDim: 76, Offset: 108, Slope: 112,
        Units: 123, QForm: 252, SForm: 254, Quaternion: 256, Rows: 280);

    private static readonly Layout Nifti2 = new(
        IsVersion2: true, Bytes2, Magic: 4, Type: 12, Bits: 14, Dim: 16, PixDim: 104, Offset: 168, Slope: 176,
        Units: 500, QForm: 344, SForm: 348, Quaternion: 352, Rows: 400);

    /// <summary>Length of the header that begins with these four bytes; null when it is no NIfTI header.</summary>
    /// <param name="start">The first four bytes of the file.</param>
    public static int? LengthOf(ReadOnlySpan<byte> start)
    {
        var size = BinaryPrimitives.ReadInt32LittleEndian(start);
        size = size is Bytes1 or Bytes2 ? size : BinaryPrimitives.ReverseEndianness(size);
        return size is Bytes1 or Bytes2 ? size : null;
    }

    /// <summary>What a header says, and the byte at which the voxels begin.</summary>
    /// <param name="bytes">The whole header.</param>
    /// <exception cref="VolumeException">The header contradicts itself, or is of a kind that holds no label map or CT.</exception>
    public static (VolumeHeader Header, int DataOffset) Parse(ReadOnlySpan<byte> bytes)
    {
        var layout = bytes.Length == Bytes1 ? Nifti1 : Nifti2;
        var fields = new NiftiFields(bytes, layout.IsVersion2, BinaryPrimitives.ReadInt32LittleEndian(bytes) != bytes.Length);
        Require(
            bytes.Slice(layout.Magic, 4).SequenceEqual(layout.IsVersion2 ? "n+2\0"u8 : "n+1\0"u8),
            "It is not a single NIfTI file (its magic bytes are others).");
        var dimensions = fields.Integer(layout.Dim, 0);
        Require(dimensions is >= 3 and <= 7, $"The header says {dimensions} dimensions; a volume has 3.");
        RequireMillimetres(bytes[layout.IsVersion2 && !fields.IsBigEndian ? layout.Units : layout.UnitsLowByte]);

        var spacing = new Spacing(
            Math.Abs(fields.Real(layout.PixDim, 1)),
            Math.Abs(fields.Real(layout.PixDim, 2)),
            Math.Abs(fields.Real(layout.PixDim, 3)));
        var grid = VolumeHeader.CheckedGrid(
            (fields.Integer(layout.Dim, 1), fields.Integer(layout.Dim, 2), fields.Integer(layout.Dim, 3)), spacing);
        var (slope, intercept) = Scaling(fields.Real(layout.Slope, 0), fields.Real(layout.Slope, 1));
        var header = new VolumeHeader
        {
            Geometry = PlaceOf(fields, layout, grid),
            Type = TypeOf(fields.Short(layout.Type), fields.Short(layout.Bits)),
            IsBigEndian = fields.IsBigEndian,
            Slope = slope,
            Intercept = intercept,
            Volumes = VolumesOf(fields, layout, dimensions),
        };
        return (header, DataOffset(fields, layout));
    }

    private static VoxelType TypeOf(short code, short bits)
    {
        var type = (VoxelType)code;
        Require(Enum.IsDefined(type), $"Its data type, NIfTI code {code}, holds no labels or Hounsfield units.");
        Require(bits == 8 * VolumeHeader.BytesOf(type), $"The header says {bits} bits a voxel for data type {code}.");
        return type;
    }

    private static long VolumesOf(NiftiFields fields, Layout layout, long dimensions)
    {
        long volumes = 1;
        for (var i = 4; i <= dimensions; i++)
        {
            var size = fields.Integer(layout.Dim, i);
            Require(size is >= 1 and <= int.MaxValue, $"The header says {size} voxels along dimension {i}.");
            volumes = Math.Min(volumes * size, int.MaxValue);
        }

        return volumes;
    }

    private static int DataOffset(NiftiFields fields, Layout layout)
    {
        var offset = layout.IsVersion2 ? fields.Integer(layout.Offset, 0) : fields.Real(layout.Offset, 0);
        Require(
            offset >= layout.Length + 4 && offset <= MaxDataOffset && offset == Math.Floor(offset),
            FormattableString.Invariant($"The header says that voxels begin at byte {offset}."));
        return (int)offset;
    }

    /// <summary>A slope of 0 or NaN means that the file has no scaling, whatever its intercept.</summary>
    private static (double Slope, double Intercept) Scaling(double slope, double intercept)
    {
        if (slope == 0 || double.IsNaN(slope))
        {
            return (1, 0);
        }

        Require(
            double.IsFinite(slope) && double.IsFinite(intercept),
            FormattableString.Invariant($"The header says a slope of {slope} and an intercept of {intercept}."));
        return (slope, intercept);
    }

    /// <summary>
    /// The sform if its code is above 0, else the qform if its code is. A quaternion without a code means nothing and is not read.
    /// </summary>
    private static Geometry PlaceOf(NiftiFields fields, Layout layout, Grid grid)
    {
        Affine? qform = fields.Code(layout.QForm) > 0 ? Quaternion(fields, layout, grid.SpacingMm) : null;
        var geometry = fields.Code(layout.SForm) > 0
            ? new Geometry(grid, SForm(fields, layout)) { Source = PlaceSource.SForm, SecondPlace = qform }
            : qform is { } place
                ? new Geometry(grid, place) { Source = PlaceSource.QForm }
                : new Geometry(grid, Affine.Scaling(grid.SpacingMm, (0, 0, 0))) { Source = PlaceSource.None };
        Require(geometry.Affine.IsFinite, "Its qform or sform, whichever counts, has numbers that are not finite or are no rotation.");
        return geometry;
    }

    private static Affine SForm(NiftiFields fields, Layout layout) =>
        new(fields.Row(layout.Rows, 0), fields.Row(layout.Rows, 1), fields.Row(layout.Rows, 2));

    /// <summary>The qform; not finite when its quaternion is none of length 1.</summary>
    private static Affine Quaternion(NiftiFields fields, Layout layout, Spacing spacing)
    {
        var (b, c, d) = (fields.Real(layout.Quaternion, 0), fields.Real(layout.Quaternion, 1), fields.Real(layout.Quaternion, 2));
        var squares = (b * b) + (c * c) + (d * d);
        var a = squares < 1 + 1e-5 ? Math.Sqrt(Math.Max(0, 1 - squares)) : double.NaN;
        var (sx, sy) = (spacing.X, spacing.Y);
        var sz = fields.Real(layout.PixDim, 0) < 0 ? -spacing.Z : spacing.Z;
        var (ox, oy, oz) = (fields.Real(layout.Quaternion, 3), fields.Real(layout.Quaternion, 4), fields.Real(layout.Quaternion, 5));
        return new Affine(
            new(((a * a) + (b * b) - (c * c) - (d * d)) * sx, 2 * ((b * c) - (a * d)) * sy, 2 * ((b * d) + (a * c)) * sz, ox),
            new(2 * ((b * c) + (a * d)) * sx, ((a * a) + (c * c) - (b * b) - (d * d)) * sy, 2 * ((c * d) - (a * b)) * sz, oy),
            new(2 * ((b * d) - (a * c)) * sx, 2 * ((c * d) + (a * b)) * sy, ((a * a) + (d * d) - (c * c) - (b * b)) * sz, oz));
    }

    /// <summary>
    /// Units 0 (not said) and 2 (millimetres) pass; metres and micrometres would be scored at a wrong scale.
    /// </summary>
    private static void RequireMillimetres(byte units) =>
        Require((units & 7) is 0 or 2, $"Its lengths are not in millimetres (NIfTI unit code {units & 7}).");

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new VolumeException(VolumeFault.Unreadable, otherwise);
        }
    }

    /// <summary>Where the fields of one version lie.</summary>
    private sealed record Layout(
        bool IsVersion2, int Length, int Magic, int Type, int Bits, int Dim, int PixDim, int Offset, int Slope,
        int Units, int QForm, int SForm, int Quaternion, int Rows)
    {
        /// <summary>The byte of the units field that holds its low 8 bits in a big-endian file.</summary>
        public int UnitsLowByte => IsVersion2 ? Units + 3 : Units;
    }
}
