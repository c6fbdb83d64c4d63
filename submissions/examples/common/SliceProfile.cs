using System.Globalization;

namespace Examples;

/// <summary>How much of a slice is lung and how much is bone: what tells one height from another.</summary>
internal sealed class SliceProfile
{
    private const float StepMm = 5;
    private const float BoneWeight = 4; // there is less bone than lung, and it varies less
    private const float MostBone = 0.15f; // more is contrast medium
    private const float VertebraMm = 34; // averaging over one hides whether a slice meets a disc

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
    /// <param name="frame">Gives the size that areas are compared with.</param>
    /// <returns>Lung and bone per slice, from the lowest slice on, as shares of the patient's width times
    /// depth.</returns>
    public static (float Lung, float Bone)[] Of(Volume volume, Body body, BodyFrame frame)
    {
        var (widthMm, depthMm) = (BodyFrame.WidthMm * frame.Scale.X, BodyFrame.DepthMm * frame.Scale.Y);
        var share = volume.Spacing[0] * volume.Spacing[1] / (widthMm * depthMm);
        var lung = PerSlice(volume, body.Lung, share);
        var bone = PerSlice(volume, body.Bone, share);
        var reach = (int)MathF.Round(VertebraMm / 2 / volume.Spacing[2]);
        return
        [
            .. lung.Select((value, k) =>
            {
                var (first, end) = (Math.Max(k - reach, 0), Math.Min(k + reach + 1, bone.Length));
                return (value, MathF.Min(bone[first..end].Average(), MostBone));
            }),
        ];
    }

    private static float[] PerSlice(Volume volume, bool[] mask, float share)
    {
        var slice = volume.Nx * volume.Ny;
        return [.. Enumerable.Range(0, volume.Nz).Select(k => share * mask.AsSpan(k * slice, slice).Count(true))];
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

    /// <summary>
    /// Mean squared difference of a CT's profile laid at a height; infinite where less than half overlaps.
    /// </summary>
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
