using System.Numerics;

namespace Touchstone.Harness.Phantoms;

/// <summary>Oesophagus, stomach, duodenum, colon, rectum and small bowel.</summary>
public static class Bowel
{
    private const float WallMm = 3.5f;

    private static readonly TissueSet Fat = TissueSet.VisceralFat;

    /// <summary>Draws the oesophagus, stomach and duodenum.</summary>
    /// <param name="canvas">A body with solid organs but no liver, which gives way to the stomach.</param>
    /// <param name="random">Gives size, place, filling and shape.</param>
    public static void DrawUpper(Canvas canvas, SeededRandom random)
    {
        var gullet = Variation.Of(new(-10, -14, 110), random, shiftMm: 2, growth: 0.06f);
        canvas.Draw(Tube.Through(gullet.Knots(
                Knot.At(-4, -22, 200, 8), Knot.At(-6, -18, 140, 8), Knot.At(-14, -10, 104, 8), Knot.At(-34, 0, 84, 9))),
            Tissue.Esophagus,
            TissueSet.Of(Tissue.VisceralFat, Tissue.Fat, Tissue.Muscle, Tissue.Heart, Tissue.LungLeft));
        DrawStomach(canvas, random);

        var duodenum = Variation.Of(new(34, 8, -25), random, shiftMm: 3, growth: 0.08f);
        canvas.Draw(Tube.Through(duodenum.Knots(
            Knot.At(30, 40, 8, 12), Knot.At(48, 30, 2, 12), Knot.At(56, 12, -18, 12.5f), Knot.At(52, 0, -46, 12),
            Knot.At(30, -2, -60, 11.5f), Knot.At(0, 2, -58, 11), Knot.At(-26, 8, -40, 11))), Tissue.Duodenum, Fat);
    }

    /// <summary>Draws colon, rectum and, in what room is left, the small bowel.</summary>
    /// <param name="canvas">A body with all other organs.</param>
    /// <param name="random">Gives course, width and filling.</param>
    public static void DrawLower(Canvas canvas, SeededRandom random)
    {
        DrawColon(canvas, random);
        canvas.Draw(Tube.Through(
            [
                Knot.At(-6, -44, -168, 17), Knot.At(2, -52, -195, 20), Knot.At(0, -46, -225, 15), Knot.At(0, -50, -260, 10),
            ]),
            Tissue.Rectum, TissueSet.Of(Tissue.VisceralFat, Tissue.Muscle));
        for (var loop = 0; loop < 34; loop++)
        {
            canvas.Draw(Tube.Through(SmallBowelLoop(random)), Tissue.Intestine, Fat);
        }
    }

    private static void DrawStomach(Canvas canvas, SeededRandom random)
    {
        var stomach = Variation.Of(new(-55, 25, 40), random, shiftMm: 5, growth: 0.1f);
        var knots = stomach.Knots(
            Knot.At(-64, -2, 74, 32), Knot.At(-74, 28, 50, 31), Knot.At(-66, 46, 22, 27), Knot.At(-34, 58, 0, 23),
            Knot.At(2, 54, -4, 19), Knot.At(26, 44, 6, 12));
        var gasAbove = stomach.ShiftMm.Y + random.Between(28, 52);
        canvas.Draw(Tube.Through(knots), Tissue.StomachWall, Fat);
        var inside = Tube.Through(Tube.Inside(knots, WallMm));
        canvas.Draw(inside, Tissue.StomachFluid, TissueSet.Of(Tissue.StomachWall));
        canvas.Draw(inside, Tissue.StomachGas, TissueSet.Of(Tissue.StomachFluid), point => point.Y > gasAbove);
    }

    private static void DrawColon(Canvas canvas, SeededRandom random)
    {
        var sag = 14 * random.Normal();
        var colon = Variation.Of(new(0, 10, -60), random, shiftMm: 4, growth: 0.04f);
        var knots = colon.Knots(
            Knot.At(88, 22, -128, 24), Knot.At(100, 8, -95, 26), Knot.At(106, 0, -60, 23), Knot.At(100, 12, -28, 22),
            Knot.At(72, 58, -36, 20), Knot.At(30, 70, -52 + sag, 20), Knot.At(-20, 72, -50 + sag, 19),
            Knot.At(-72, 60, -18, 19), Knot.At(-112, 12, 12, 19), Knot.At(-116, -14, -30, 17),
            Knot.At(-112, -10, -80, 16),
            Knot.At(-98, 6, -122, 16), Knot.At(-58, 26, -148, 16), Knot.At(-18, 8, -150, 17),
            Knot.At(-10, -36, -168, 17));
        var wall = Tube.Through(Haustra(knots, random));
        canvas.Draw(wall, Tissue.ColonWall, Fat);
        foreach (var solid in wall.Cast<Capsule>())
        {
            var inside = solid with { FromRadius = solid.FromRadius - WallMm, ToRadius = solid.ToRadius - WallMm };
            canvas.Draw(inside, Tissue.Stool, TissueSet.Of(Tissue.ColonWall));
            var gasAbove = solid.From.Y + random.Between(-6, 26);
            canvas.Draw(inside, Tissue.ColonGas, TissueSet.Of(Tissue.Stool), point => point.Y > gasAbove);
        }
    }

    // The colon's pouches: twice as many knots, every other one narrower.
    private static List<Knot> Haustra(IReadOnlyList<Knot> knots, SeededRandom random)
    {
        var pouched = new List<Knot>(2 * knots.Count);
        for (var i = 0; i < knots.Count; i++)
        {
            pouched.Add(knots[i] with { Radius = knots[i].Radius * random.Between(0.95f, 1.2f) });
            if (i + 1 < knots.Count)
            {
                var middle = (knots[i].Centre + knots[i + 1].Centre) / 2;
                pouched.Add(new Knot(middle, knots[i].Radius * random.Between(0.75f, 0.95f)));
            }
        }

        return pouched;
    }

    private static Knot[] SmallBowelLoop(SeededRandom random)
    {
        var centre = new Vector3(random.Between(-75, 75), random.Between(5, 62), random.Between(-150, -35));
        var radius = random.Between(10, 14);
        return
        [
            .. Enumerable.Range(0, 4).Select(_ => new Knot(
                centre + new Vector3(random.Between(-28, 28), random.Between(-18, 18), random.Between(-22, 22)), radius)),
        ];
    }
}
