using System.Globalization;
using System.Numerics;
using Touchstone.Evaluators;

namespace Touchstone.Harness.Phantoms;

/// <summary>One made-up patient, scanned: a CT whose every voxel's tissue is known.</summary>
public sealed class PhantomCase
{
    private readonly short[] _hounsfield;
    private readonly Tissue[] _tissues;

    private PhantomCase(short[] hounsfield, Tissue[] tissues) => (_hounsfield, _tissues) = (hounsfield, tissues);

    /// <summary>Case id, such as <c>PHA_00000001</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Who was scanned.</summary>
    public required Patient Patient { get; init; }

    /// <summary>Where the voxels lie.</summary>
    public required Geometry Geometry { get; init; }

    /// <summary>Hounsfield units, one per voxel.</summary>
    public ReadOnlySpan<short> Hounsfield => _hounsfield;

    /// <summary>What each voxel's middle is made of.</summary>
    public ReadOnlySpan<Tissue> Tissues => _tissues;

    /// <summary>Makes one case: the same one every time.</summary>
    /// <param name="hospital">Where.</param>
    /// <param name="number">Which, from 1.</param>
    public static PhantomCase Make(PhantomHospital hospital, int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(number);
        var random = new SeededRandom((hospital.Seed + (ulong)number) * 7919);
        var patient = PatientOf(hospital, number, random);
        var scanner = hospital.Scanner;
        var canvas = new Canvas(scanner.LayerGeometry, patient, random);
        Draw(canvas, patient, random);
        canvas.Repaint((point, was) => was == Tissue.Air && IsTable(point * patient.Scale, scanner) ? Tissue.Table : was);
        return new PhantomCase(Exposure.Scan(canvas.Tissues, scanner, random), MiddleLayers(canvas.Tissues, scanner))
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{hospital.CasePrefix}_{number:D8}"),
            Patient = patient,
            Geometry = scanner.Geometry,
        };
    }

    /// <summary>The reference mask of a structure, 0 or 1 per voxel; all 0 where it is absent.</summary>
    /// <param name="structure">A key of <see cref="StructureTissues.All"/>.</param>
    public byte[] Mask(string structure)
    {
        var tissues = TissueSet.Of([.. StructureTissues.All[structure]]);
        var mask = new byte[_tissues.Length];
        for (var n = 0; n < mask.Length; n++)
        {
            mask[n] = tissues.Contains(_tissues[n]) ? (byte)1 : (byte)0;
        }

        return mask;
    }

    // Later organs fill the fat that earlier ones left, so the order decides who gives way.
    private static void Draw(Canvas canvas, Patient patient, SeededRandom random)
    {
        BodyWall.Draw(canvas, patient);
        Skeleton.Draw(canvas, random);
        Chest.Draw(canvas, random);
        Vessels.Draw(canvas, patient, random);
        SolidOrgans.DrawRetroperitoneum(canvas, patient, random);
        Bowel.DrawUpper(canvas, random);
        SolidOrgans.DrawLiver(canvas, patient, random);
        Pelvis.Draw(canvas, patient, random);
        Bowel.DrawLower(canvas, random);
    }

    private static Patient PatientOf(PhantomHospital hospital, int number, SeededRandom random)
    {
        var isMale = number % 2 == 1;
        var size = (isMale ? 1.01f : 0.95f) + (0.03f * random.Normal());
        return new Patient
        {
            IsMale = isMale,
            Age = (int)random.Between(32, 84),
            Scale = new Vector3(size) + (0.02f * new Vector3(random.Normal(), random.Normal(), random.Normal())),
            PositionMm = new Vector3(5 * random.Normal(), 4 * random.Normal(), 8 * random.Normal()),
            FatMm = MathF.Max(hospital.FatMm * (1 + (0.22f * random.Normal())), 5),
            HasGallBladder = number % 4 != 3,
            HasSpleen = number % 8 != 4,
            HasLeftKidney = number % 8 != 2,
        };
    }

    // A shallow trough with a hard top and a soft core.
    private static bool IsTable(Vector3 point, Scanner scanner)
    {
        var top = scanner.TableMm + (point.X * point.X / 1400);
        return MathF.Abs(point.X) < 210 && (MathF.Abs(point.Y - top) < 2.5f || MathF.Abs(point.Y - top + 26) < 2);
    }

    private static Tissue[] MiddleLayers(ReadOnlySpan<Tissue> tissues, Scanner scanner)
    {
        var (layers, slice) = (scanner.LayersPerSlice, scanner.Grid.Nx * scanner.Grid.Ny);
        var middle = new Tissue[scanner.Grid.VoxelCount];
        for (var k = 0; k < scanner.Grid.Nz; k++)
        {
            tissues.Slice(((k * layers) + (layers / 2)) * slice, slice).CopyTo(middle.AsSpan(k * slice));
        }

        return middle;
    }
}
