using Examples;

namespace Touchstone.Tests.Submissions.Examples;

/// <summary>The method of the C# template, without its container.</summary>
public sealed class TemplateSegmenterTests
{
    private const int Side = 40;

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Segment_LungsAndLiver_AreOnThePatientsOwnSides(int direction)
    {
        // The file's first axis runs to the right or to the left; the liver is on the right either way.
        var ct = new Volume(Patient(direction));

        var labels = ct.ToFile(Segmenter.Segment(ct));

        var right = direction > 0 ? 28 : Side - 1 - 28;
        Assert.Equal(Structures.Label("liver"), labels[At(right, 20, 8)]);
        Assert.Equal(Structures.Label("lung_right"), labels[At(right, 20, 32)]);
        Assert.Equal(Structures.Label("lung_left"), labels[At(Side - 1 - right, 20, 32)]);
        Assert.Equal(0, labels[At(Side - 1 - right, 20, 8)]);
        Assert.Equal(0, labels[0]);
    }

    [Fact]
    public void Segment_EmptyScan_FindsNothing()
    {
        var air = Patient(1) with { Hounsfield = [.. Enumerable.Repeat((short)-1000, Side * Side * Side)] };

        Assert.All(Segmenter.Segment(new Volume(air)), label => Assert.Equal(0, label));
    }

    /// <summary>A block of a body, axes along the world's but for the first, which may run the other way.</summary>
    private static CtFile Patient(int direction)
    {
        var hounsfield = new short[Side * Side * Side];
        for (var n = 0; n < hounsfield.Length; n++)
        {
            var (x, y, z) = (n % Side, n / Side % Side, n / (Side * Side));
            x = direction > 0 ? x : Side - 1 - x;
            var isBody = x is >= 4 and < 36 && y is >= 4 and < 36;
            var isOrgan = y is >= 8 and < 32 && x is (>= 6 and < 18) or (>= 22 and < 34);
            hounsfield[n] = (isBody, isOrgan, z) switch
            {
                (false, _, _) => -1000,
                (_, true, > 24) => -800,
                (_, true, < 16) when x > 20 => 110,
                _ => 30,
            };
        }

        return new CtFile(new byte[348], Side, Side, Side, hounsfield, new double[,] { { 3 * direction, 0, 0, 0 }, { 0, 3, 0, 0 }, { 0, 0, 3, 0 } });
    }

    private static int At(int x, int y, int z) => x + (Side * (y + (Side * z)));
}
