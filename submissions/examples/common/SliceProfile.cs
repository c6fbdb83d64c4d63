using System.Globalization;

namespace Examples;

/// <summary>How much of the body is lung and how much is bone, slice by slice: what tells one height from another.</summary>
internal sealed class SliceProfile
{
    private const float StepMm = 5;
    private const float BoneWeight = 4; // there is less bone than lung, and it varies less

    private readonly float _lowestMm;
    private readonly (float Lung, float Bone)[] _levels;

    private SliceProfile(float lowestMm, (float Lung, float Bone)[] levels) => (_lowestMm, _levels) = (lowestMm, levels);

    /// <summary>Reference height of the lowest level, in millimetres.</summary>
    public float LowestMm => _lowestMm;

    /// <summary>Reference height of the highest level, in millimetres.</summary>
    public float HighestMm => _lowestMm + ((_levels.Length - 1) * StepMm);

    /// <summary>Measures a CT.</summary>
    /// <param name="volume">The CT.</param>
    /// <param name="body">What thresholds found in it.</param>
    /// <returns>Fractions of the body per slice, from the lowest slice on.</returns>
    public static (float Lung, float Bone)[] Of(Volume volume, Body body)
    {
        var slice = volume.Nx * volume.Ny;
        var profile = new (float Lung, float Bone)[volume.Nz];
        for (var k = 0; k < volume.Nz; k++)
        {
            var area = 1f + Count(body.Inside);
            profile[k] = (Count(body.Lung) / area, Count(body.Bone) / area);

            int Count(bool[] mask) => mask.AsSpan(k * slice, slice).Count(true);
        }

        return profile;
    }

    /// <summary>Averages many profiles that lie in one frame.</summary>
    /// <param name="samples">Reference height in millimetres and the fractions there.</param>
    public static SliceProfile Average(IEnumerable<(float Z, float Lung, float Bone)> samples)
    {
        var levels = samples.GroupBy(sample => (int)MathF.Round(sample.Z / StepMm)).ToDictionary(
            level => level.Key, level => (level.Average(sample => sample.Lung), level.Average(sample => sample.Bone)));
        var (low, high) = (levels.Keys.Min(), levels.Keys.Max());
        var last = levels[low];
        return new SliceProfile(
            low * StepMm,
            [.. Enumerable.Range(low, high - low + 1).Select(level => last = levels.GetValueOrDefault(level, last))]);
    }

    /// <summary>Reads what <see cref="ToRows"/> wrote.</summary>
    /// <param name="rows">One level each.</param>
    public static SliceProfile FromRows(IReadOnlyList<string[]> rows) =>
        new(Number(rows[0][1]), [.. rows.Select(row => (Number(row[2]), Number(row[3])))]);

    /// <summary>Rows of a table: <c>profile</c>, height in millimetres, lung and bone as fractions.</summary>
    public IEnumerable<string> ToRows() => _levels.Select((level, n) => string.Create(
        CultureInfo.InvariantCulture, $"profile,{_lowestMm + (n * StepMm):F0},{level.Lung:F4},{level.Bone:F4}"));

    /// <summary>Mean squared difference of a CT's profile laid at a height; infinite where less than half overlaps.</summary>
    /// <param name="own">The CT's profile.</param>
    /// <param name="spacingMm">Millimetres between its slices.</param>
    /// <param name="originMm">Height of the reference's origin above its first slice, in millimetres.</param>
    /// <param name="scale">This patient's size over the reference's.</param>
    public double CostOf((float Lung, float Bone)[] own, float spacingMm, float originMm, float scale)
    {
        var (sum, count) = (0.0, 0);
        for (var k = 0; k < own.Length; k++)
        {
            var level = (int)MathF.Round(((((k * spacingMm) - originMm) / scale) - _lowestMm) / StepMm);
            if (level >= 0 && level < _levels.Length)
            {
                var lung = own[k].Lung - _levels[level].Lung;
                var bone = BoneWeight * (own[k].Bone - _levels[level].Bone);
                sum += (lung * lung) + (bone * bone);
                count++;
            }
        }

        return count < Math.Min(own.Length, _levels.Length) / 2.0 ? double.PositiveInfinity : sum / count;
    }

    private static float Number(string text) => float.Parse(text, CultureInfo.InvariantCulture);
}
