using System.Numerics;

namespace Touchstone.Harness.Phantoms;

/// <summary>Spine, ribs, pelvis and femurs, and the muscles that lie on them.</summary>
public static class Skeleton
{
    private const float VertebraPitchMm = 34;

    private static readonly TissueSet RibBed = TissueSet.Of(Tissue.Muscle);
    private static readonly TissueSet MarrowBed = TissueSet.Of(Tissue.CorticalBone);

    /// <summary>
    /// Front-to-back position of the vertebral bodies' centre at a height, in millimetres: the lumbar curve.
    /// </summary>
    /// <param name="z">Height in millimetres.</param>
    public static float SpineY(float z) => -56 - (16 * (z + 40) * (z + 40) / (160 * 160));

    /// <summary>Draws bones, then the muscles around them.</summary>
    /// <param name="canvas">A body without organs.</param>
    /// <param name="random">Varies nothing but the ribs' level.</param>
    public static void Draw(Canvas canvas, SeededRandom random)
    {
        DrawSpine(canvas);
        DrawRibs(canvas, random.Between(0, 26));
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            DrawHip(canvas, side);
            DrawFemur(canvas, side);
            DrawMuscles(canvas, side);
        }
    }

    private static void DrawSpine(Canvas canvas)
    {
        for (var z = -100f; z < 190; z += VertebraPitchMm)
        {
            var centre = new Vector3(0, SpineY(z), z);
            var arch = centre - new Vector3(0, 30, 0);
            Bone(canvas, [new Capsule(centre - new Vector3(5, 0, 0), centre + new Vector3(5, 0, 0), 19, 19)], 2.5f,
                point => MathF.Abs(point.Z - z) < 13.5f);
            canvas.Draw(new Ellipsoid(centre + new Vector3(0, 0, 17), new(22, 17, 6), Quaternion.Identity), Tissue.Disc,
                TissueSet.Filling);
            Bone(canvas, [new Ellipsoid(arch, new(17, 13, 13), Quaternion.Identity)], 3);
            Bone(canvas, [new Capsule(arch, arch - new Vector3(0, 17, 6), 4, 3.5f)], 2);
            Bone(canvas, [new Capsule(arch - new Vector3(38, 2, 0), arch + new Vector3(38, -2, 0), 3.5f, 3.5f)], 2);
        }

        var canal = new[] { 190f, 120, 60, 0, -60, -110 }.Select(z => Knot.At(0, SpineY(z) - 27, z, 8)).ToList();
        canvas.Draw(Tube.Through(canal), Tissue.SpinalCanal,
            TissueSet.Of(Tissue.CorticalBone, Tissue.SpongyBone, Tissue.Muscle, Tissue.VisceralFat));
        Bone(canvas, Tube.Through([Knot.At(0, -66, -122, 30), Knot.At(0, -84, -160, 24), Knot.At(0, -82, -205, 9)]), 3);
    }

    // Ribs are bands on a shell inside the wall, sloping down to the front.
    private static void DrawRibs(Canvas canvas, float level) =>
        canvas.Repaint((point, was) =>
        {
            var height = point.Z + (0.42f * point.Y) + (0.3f * MathF.Abs(point.X));
            var above = 8 + (0.75f * MathF.Max(point.Y + 30, 0));
            return point.Z > above && RibBed.Contains(was) && InBand(height + level, 26, 9)
                && BodyWall.Contains(point, -1.5f) && !BodyWall.Contains(point, -8.5f)
                ? InBand(height + level - 2.5f, 26, 4) ? Tissue.SpongyBone : Tissue.CorticalBone
                : was;
        });

    private static bool InBand(float value, float period, float width) =>
        value - (period * MathF.Floor(value / period)) < width;

    private static void DrawHip(Canvas canvas, float side)
    {
        for (var z = -92f; z >= -178; z -= 5)
        {
            var t = (-92 - z) / 86;
            var front = new Vector3(side * (112 + (18 * t) - (38 * t * t)), 12 + (30 * t) - (26 * t * t), z);
            var back = new Vector3(side * (46 + (14 * t)), -62 + (8 * t), z);
            Bone(canvas, [new Capsule(back, front, 6, 5)], 2.5f);
        }

        var head = new Vector3(side * 88, 6, -208);
        Bone(canvas, [new Ellipsoid(head, new(33, 33, 33), Quaternion.Identity)], 4);
        canvas.Draw(new Ellipsoid(head, new(27, 27, 27), Quaternion.Identity), Tissue.SoftTissue,
            TissueSet.Of(Tissue.CorticalBone, Tissue.SpongyBone));
        Knot[] pubis = [Knot.At(side * 66, 34, -205, 9), Knot.At(side * 36, 52, -222, 8), Knot.At(side * 7, 54, -230, 9)];
        Bone(canvas, Tube.Through(pubis), 2.5f);
        Bone(canvas, Tube.Through([Knot.At(side * 68, -22, -212, 12), Knot.At(side * 62, -34, -240, 13)]), 3);
    }

    private static void DrawFemur(Canvas canvas, float side)
    {
        var (shell, marrow) = side < 0
            ? (Tissue.FemurLeft, Tissue.FemurLeftMarrow)
            : (Tissue.FemurRight, Tissue.FemurRightMarrow);
        var over = TissueSet.Of(
            Tissue.SoftTissue, Tissue.Muscle, Tissue.VisceralFat, Tissue.Fat, Tissue.CorticalBone, Tissue.SpongyBone);
        Knot[] neck =
        [
            Knot.At(side * 92, 4, -211, 16), Knot.At(side * 108, -2, -226, 16), Knot.At(side * 126, -10, -240, 18),
            Knot.At(side * 128, -10, -275, 16),
        ];
        var ball = new Vector3(side * 88, 6, -208);
        canvas.Draw([new Ellipsoid(ball, new(24, 24, 24), Quaternion.Identity), .. Tube.Through(neck)], shell, over);
        canvas.Draw([new Ellipsoid(ball, new(21, 21, 21), Quaternion.Identity), .. Tube.Through(Tube.Inside(neck, 4))],
            marrow, TissueSet.Of(shell));
    }

    private static void DrawMuscles(Canvas canvas, float side)
    {
        canvas.Draw(Tube.Through(
            [
                Knot.At(side * 28, -48, 40, 8), Knot.At(side * 38, -50, -10, 16), Knot.At(side * 47, -38, -70, 22),
                Knot.At(side * 60, -8, -130, 21), Knot.At(side * 80, 34, -195, 17), Knot.At(side * 95, 32, -250, 16),
            ]), Tissue.Muscle, TissueSet.Filling);
        canvas.Draw(Tube.Through(
            [
                Knot.At(side * 34, -92, 190, 17), Knot.At(side * 36, -86, 40, 21), Knot.At(side * 34, -84, -60, 23),
                Knot.At(side * 26, -96, -140, 14),
            ]),
            Tissue.Muscle, TissueSet.Filling);
        canvas.Draw(
            [
                new Ellipsoid(new(side * 88, -62, -178), new(56, 44, 78), Quaternion.Identity),
                new Ellipsoid(new(side * 102, 8, -262), new(62, 66, 62), Quaternion.Identity),
                new Ellipsoid(new(side * 118, -14, -140), new(28, 42, 52), Quaternion.Identity),
            ],
            Tissue.Muscle, TissueSet.Of(Tissue.VisceralFat));
    }

    private static void Bone(Canvas canvas, IReadOnlyList<Solid> solids, float shellMm, Predicate<Vector3>? where = null)
    {
        canvas.Draw(solids, Tissue.CorticalBone, TissueSet.Filling, where);
        canvas.Draw([.. solids.Select(solid => Shrunk(solid, shellMm))], Tissue.SpongyBone, MarrowBed, where);
    }

    private static Solid Shrunk(Solid solid, float mm) => solid switch
    {
        Ellipsoid ellipsoid => ellipsoid with { Radii = ellipsoid.Radii - new Vector3(mm) },
        Capsule capsule => capsule with { FromRadius = capsule.FromRadius - mm, ToRadius = capsule.ToRadius - mm },
        _ => throw new ArgumentException("Only ellipsoids and capsules shrink.", nameof(solid)),
    };
}
