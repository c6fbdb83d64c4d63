namespace Touchstone.Harness.Phantoms;

/// <summary>Smooth random displacements over two axes: a few long waves of random direction.</summary>
public static class SmoothField
{
    private const int Waves = 4;
    private const float AmplitudeMm = 1.6f;

    /// <summary>Displacements in millimetres, within ±6.4, the first axis running fastest.</summary>
    /// <param name="u">Positions along the first axis, in millimetres.</param>
    /// <param name="v">Positions along the second axis, in millimetres.</param>
    /// <param name="random">Gives directions, wavelengths (90 to 260 mm) and phases.</param>
    public static float[] Over(float[] u, float[] v, SeededRandom random)
    {
        var field = new float[u.Length * v.Length];
        for (var wave = 0; wave < Waves; wave++)
        {
            var turn = random.Between(0, MathF.Tau);
            var frequency = MathF.Tau / random.Between(90, 260);
            var (fu, fv) = (frequency * MathF.Cos(turn), frequency * MathF.Sin(turn));
            var phase = random.Between(0, MathF.Tau);
            for (var j = 0; j < v.Length; j++)
            {
                for (var i = 0; i < u.Length; i++)
                {
                    field[i + (u.Length * j)] += AmplitudeMm * MathF.Sin((fu * u[i]) + (fv * v[j]) + phase);
                }
            }
        }

        return field;
    }
}
