namespace Touchstone.Evaluators;

/// <summary>8×8×8 places of a surface, of which some hold points.</summary>
/// <param name="Origin">
/// Where, in the bytes of the surface, its row at y = 0 and z = 0 would be: every row of a brick is one byte.
/// </param>
/// <param name="X">First place along x.</param>
/// <param name="Box">The smallest box around its points.</param>
internal readonly record struct Brick(int Origin, int X, Box Box);
