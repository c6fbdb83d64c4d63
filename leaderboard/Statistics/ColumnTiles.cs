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
    /// <param name="columns">One array per column, one value per case.</param>
    /// <param name="cases">Cases.</param>
    /// <exception cref="ArgumentException">A column has another length.</exception>
    public ColumnTiles(IReadOnlyList<double?[]> columns, int cases)
    {
        var patterns = new Dictionary<string, int>(StringComparer.Ordinal);
        var defined = new List<double?[]>();
        Counter = new int[columns.Count];
        for (var k = 0; k < columns.Count; k++)
        {
            if (columns[k].Length != cases)
            {
                throw new ArgumentException($"A column has {columns[k].Length} values, not {cases}.", nameof(columns));
            }

            var pattern = string.Create(cases, columns[k], static (text, column) =>
            {
                for (var c = 0; c < text.Length; c++)
                {
                    text[c] = column[c] is null ? '0' : '1';
                }
            });
            if (!patterns.TryGetValue(pattern, out Counter[k]))
            {
                patterns.Add(pattern, Counter[k] = columns.Count + defined.Count);
                defined.Add([.. columns[k].Select(value => value is null ? 0.0 : 1)]);
            }
        }

        Cases = cases;
        Count = columns.Count + defined.Count;
        Values = new double[Tiles * cases * Width];
        Fill([.. columns, .. defined]);
    }

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

    private void Fill(IReadOnlyList<double?[]> columns)
    {
        for (var k = 0; k < columns.Count; k++)
        {
            for (var c = 0; c < Cases; c++)
            {
                Values[(k / Width * Cases + c) * Width + k % Width] = columns[k][c] ?? 0;
            }
        }
    }
}
