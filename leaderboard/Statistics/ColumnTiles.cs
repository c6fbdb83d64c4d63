namespace Touchstone.Leaderboard.Statistics;

/// <summary>
/// Columns of numbers laid out for <see cref="Resamples"/>: tiles of eight columns, in each tile case after case, so
/// that the inner loop reads memory in order. Undefined values are 0 in their column; a column of ones and zeros per
/// distinct pattern of defined values counts what was drawn.
/// </summary>
internal sealed class ColumnTiles
{
    /// <summary>Columns in one tile.</summary>
    public const int Width = 8;

    /// <summary>Lays columns out.</summary>
    /// <param name="columns">Number of columns.</param>
    /// <param name="cases">Cases.</param>
    /// <param name="valueOf">The value of a column in a case; asked for twice, and kept nowhere else.</param>
    public ColumnTiles(int columns, int cases, Func<int, int, double?> valueOf)
    {
        var patterns = new Dictionary<string, int>(StringComparer.Ordinal);
        Counter = new int[columns];
        for (var k = 0; k < columns; k++)
        {
            var pattern = string.Create(cases, (k, valueOf), static (text, column) =>
            {
                for (var c = 0; c < text.Length; c++)
                {
                    text[c] = column.valueOf(column.k, c) is null ? '0' : '1';
                }
            });
            if (!patterns.TryGetValue(pattern, out Counter[k]))
            {
                patterns.Add(pattern, Counter[k] = columns + patterns.Count);
            }
        }

        Columns = columns;
        Cases = cases;
        Count = columns + patterns.Count;
        Values = new double[Tiles * cases * Width];
        for (var k = 0; k < columns; k++)
        {
            Fill(k, c => valueOf(k, c) ?? 0);
        }

        foreach (var (pattern, k) in patterns)
        {
            Fill(k, c => pattern[c] == '1' ? 1 : 0);
        }
    }

    /// <summary>Columns that were laid out, counting ones not included.</summary>
    public int Columns { get; }

    /// <summary>Cases in each column.</summary>
    public int Cases { get; }

    /// <summary>Columns, counting ones included.</summary>
    public int Count { get; }

    /// <summary>Tiles; the last one is filled up with zeros.</summary>
    public int Tiles => (Count + Width - 1) / Width;

    /// <summary>Per column, the column that counts its defined values.</summary>
    public int[] Counter { get; }

    /// <summary>The numbers: tile, then case, then column within the tile.</summary>
    public double[] Values { get; }

    private void Fill(int column, Func<int, double> valueOf)
    {
        for (var c = 0; c < Cases; c++)
        {
            Values[(column / Width * Cases + c) * Width + column % Width] = valueOf(c);
        }
    }
}
