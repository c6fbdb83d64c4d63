using System.Globalization;
using System.Text.RegularExpressions;
using Touchstone.Evaluators;

namespace Touchstone.Tests.Evaluators;

/// <summary>Executes the examples of METRICS.md.</summary>
public partial class MetricsDocumentTests
{
    private static readonly string[] Settings = ["protocol", "spacing", "tolerance", "reference", "prediction"];

    public static TheoryData<string> Examples => new(Blocks());

    [Fact]
    public void Examples_OfEveryProtocol_AreThere() => Assert.All(
        Protocol.Names, name => Assert.True(Blocks().Count(block => block.Contains($"protocol    {name}\n")) >= 4, name));

    [Theory]
    [MemberData(nameof(Examples))]
    public void Score_ExampleOfTheDocument_IsWhatTheDocumentSays(string example)
    {
        var lines = example.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(line => line.Split(' ')[0], line => line[line.IndexOf(' ')..].Trim());
        var spacing = lines.GetValueOrDefault("spacing", "1 1 1").Split(' ').Select(Number).ToArray();
        var (geometry, reference) = Mask(lines["reference"], spacing);
        var protocol = new Protocol
        {
            Name = lines.GetValueOrDefault("protocol", Protocol.SurfaceDistance),
            ToleranceMm = Number(lines.GetValueOrDefault("tolerance", "1")),
        };

        var score = Some.Score(geometry, reference, Mask(lines["prediction"], spacing).Labels, protocol);

        var claims = lines.Where(line => !Settings.Contains(line.Key)).ToList();
        Assert.NotEmpty(claims);
        Assert.All(claims, claim => AssertIs(claim.Value, Field(score, claim.Key), claim.Key));
    }

    [GeneratedRegex("```metric\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    private static IEnumerable<string> Blocks() =>
        Example().Matches(File.ReadAllText(Repository.File("evaluators", "METRICS.md"))).Select(match => match.Groups[1].Value);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static (Geometry Geometry, byte[] Labels) Mask(string text, double[] spacing)
    {
        var slices = text.Split('|');
        var rows = slices[0].Split('/');
        var geometry = Some.Geometry(
            rows[0].Length, rows.Length, slices.Length, new Spacing(spacing[0], spacing[1], spacing[2]));
        return (geometry, [.. text.Where(char.IsAsciiDigit).Select(digit => (byte)(digit - '0'))]);
    }

    private static object? Field(StructureScore score, string name) =>
        (typeof(StructureScore).GetProperty(char.ToUpperInvariant(name[0]) + name[1..])
            ?? throw new InvalidOperationException($"There is no field {name}.")).GetValue(score);

    private static void AssertIs(string expected, object? actual, string field)
    {
        if (expected == "null")
        {
            Assert.True(actual is null, $"{field} is {actual}, not null");
            return;
        }

        var (wanted, given) = (Number(expected), Convert.ToDouble(actual, CultureInfo.InvariantCulture));
        Assert.True(Math.Abs(wanted - given) <= 1e-12 * Math.Abs(wanted), $"{field} is {given:R}, not {wanted:R}");
    }
}
