using System.Globalization;

namespace Touchstone.Leaderboard.Viewer;

/// <summary>The colour of a structure's masks.</summary>
/// <param name="R">Red, 0 to 255.</param>
/// <param name="G">Green, 0 to 255.</param>
/// <param name="B">Blue, 0 to 255.</param>
internal readonly record struct StructureColour(int R, int G, int B)
{
    private const double GoldenAngle = 137.508;

    /// <summary>The colour that the challenge names; <see cref="Of(int)"/> where it names none.</summary>
    /// <param name="contest">The contest.</param>
    /// <param name="index">Position of the structure in it.</param>
    public static StructureColour Of(Contest contest, int index) =>
        contest.About(contest.Structures[index]).Colour is ['#', .. { Length: 6 } digits]
            && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb)
            ? new StructureColour(rgb >> 16, (rgb >> 8) & 0xff, rgb & 0xff) : Of(index);

    /// <summary>
    /// Colours that are as far apart as can be for neighbours in the contest's order: hues a golden angle apart, three
    /// levels of lightness in turn.
    /// </summary>
    /// <param name="index">Position of the structure in the contest.</param>
    public static StructureColour Of(int index)
    {
        var (hue, lightness) = (index * GoldenAngle % 360, new[] { 0.6, 0.75, 0.5 }[index % 3]);
        var chroma = (1 - Math.Abs((2 * lightness) - 1)) * 0.9;
        int Part(double turn)
        {
            var place = (turn + (hue / 30)) % 12;
            return (int)Math.Round(255 * (lightness - (chroma / 2 * Math.Max(-1, Math.Min(Math.Min(place - 3, 9 - place), 1)))));
        }

        return new StructureColour(Part(0), Part(8), Part(4));
    }

    /// <summary>As style sheets and SVG write it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{R:x2}{G:x2}{B:x2}");
}
