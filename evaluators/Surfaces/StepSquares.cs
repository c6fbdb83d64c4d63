namespace Touchstone.Evaluators;

/// <summary>
/// Squares in mm² by number of steps along each axis: the summands of <see cref="SquaredDistances"/>, computed once.
/// </summary>
/// <param name="distances">Squared distances.</param>
/// <param name="box">The box within which steps are taken; a brick's side more is allowed.</param>
internal sealed class StepSquares(SquaredDistances distances, Box box)
{
    /// <summary>By steps along x.</summary>
    public double[] X { get; } = Squares(box.X1 - box.X0, steps => distances.Of(steps, 0, 0));

    /// <summary>By steps along y.</summary>
    public double[] Y { get; } = Squares(box.Y1 - box.Y0, steps => distances.Of(0, steps, 0));

    /// <summary>By steps along z.</summary>
    public double[] Z { get; } = Squares(box.Z1 - box.Z0, steps => distances.Of(0, 0, steps));

    /// <summary>Least squared distance between a point of one box and a point of another.</summary>
    /// <param name="a">A box.</param>
    /// <param name="b">Another.</param>
    public double Least(in Box a, in Box b) =>
        X[Gap(a.X0, a.X1, b.X0, b.X1)] + Y[Gap(a.Y0, a.Y1, b.Y0, b.Y1)] + Z[Gap(a.Z0, a.Z1, b.Z0, b.Z1)];

    /// <summary>Greatest squared distance between a point of one box and a point of another.</summary>
    /// <param name="a">A box.</param>
    /// <param name="b">Another.</param>
    public double Greatest(in Box a, in Box b) =>
        X[Math.Max(b.X1 - a.X0, a.X1 - b.X0)] + Y[Math.Max(b.Y1 - a.Y0, a.Y1 - b.Y0)] + Z[Math.Max(b.Z1 - a.Z0, a.Z1 - b.Z0)];

    private static int Gap(int a0, int a1, int b0, int b1) => Math.Max(0, Math.Max(b0 - a1, a0 - b1));

    private static double[] Squares(int most, Func<int, double> square) =>
        [.. Enumerable.Range(0, most + 1 + BrickOffset.Side).Select(square)];
}
