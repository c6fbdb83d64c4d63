namespace Touchstone.Leaderboard.Reported;

/// <summary>
/// A table that a paper printed. Its numbers were neither measured nor scored here and have no cases behind them, so
/// they are of a type of their own: nothing ranks them, and no board mixes them with measured ones.
/// </summary>
public sealed record ReportedTable
{
    /// <summary>Id, safe as a file name.</summary>
    public required string Id { get; init; }

    /// <summary>What the table shows, for readers.</summary>
    public required string Title { get; init; }

    /// <summary>Paper and table.</summary>
    public required string Source { get; init; }

    /// <summary>True when the paper prints percent; false when it prints fractions.</summary>
    public required bool IsPercent { get; init; }

    /// <summary>A remark on the printed numbers, for readers; null for none.</summary>
    public required string? Note { get; init; }

    /// <summary>The rows, in the paper's order.</summary>
    public required IReadOnlyList<ReportedRow> Rows { get; init; }
}

/// <summary>One number of a printed table.</summary>
public sealed record ReportedRow
{
    /// <summary>What the paper groups rows by, such as a backbone; null for nothing.</summary>
    public required string? Group { get; init; }

    /// <summary>The method, as printed.</summary>
    public required string Method { get; init; }

    /// <summary>What it was trained on, as printed; null when the table does not say.</summary>
    public required string? Training { get; init; }

    /// <summary>Dataset it was tested on, by manifest id.</summary>
    public required string Dataset { get; init; }

    /// <summary>
    /// Canonical name of a structure, <c>average</c> over the table's structures, or another target as printed.
    /// </summary>
    public required string Target { get; init; }

    /// <summary><c>dsc</c>, <c>nsd</c>, <c>sensitivity</c> or <c>precision</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>The number printed, in the table's unit.</summary>
    public required double Mean { get; init; }

    /// <summary>Standard deviation printed; null for none.</summary>
    public required double? Sd { get; init; }

    /// <summary>Trials or cases behind the number, where the paper says; null where it does not.</summary>
    public required int? N { get; init; }

    /// <summary>Significance as printed: <c>ns</c> or one to four stars; null for none.</summary>
    public required string? Stars { get; init; }
}
