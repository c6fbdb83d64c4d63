using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard;

/// <summary>
/// What arrived of one entry: its scores as columns of numbers, and its results without them. A board of millions of
/// scores is kept like this; whoever needs a result whole reads it again.
/// </summary>
internal sealed class EntryColumns
{
    /// <summary>In a column: there is no score of a valid prediction. Scores lie in [0, 1]; NaN is an undefined one.</summary>
    public const double Lacking = -1;

    private readonly double[][] _columns;
    private readonly bool[] _isImported;
    private readonly bool[] _hasNumbers;

    /// <summary>An entry of which nothing has arrived.</summary>
    public EntryColumns(Entry entry, int structures, int cases)
    {
        Entry = entry;
        Results = new CaseResult?[cases];
        _isImported = new bool[cases];
        _hasNumbers = new bool[Enum.GetValues<Metric>().Length];
        _columns = [.. Enumerable.Range(0, 2 * structures).Select(_ => new double[cases])];
        foreach (var column in _columns)
        {
            Array.Fill(column, Lacking);
        }
    }

    private EntryColumns(EntryColumns other, Func<CaseResult, CaseResult> view)
    {
        (Entry, _columns, _isImported, _hasNumbers) = (other.Entry, other._columns, other._isImported, other._hasNumbers);
        Results = [.. other.Results.Select(result => result is null ? null : view(result))];
        FalsePositives = other.FalsePositives;
    }

    /// <summary>Who it is.</summary>
    public Entry Entry { get; }

    /// <summary>Its results by position of the case, without scores and outputs; null for cases that were not run.</summary>
    public CaseResult?[] Results { get; }

    /// <summary>What it found where the reference has nothing.</summary>
    public IReadOnlyList<FalsePositives> FalsePositives { get; set; } = [];

    /// <summary>Whether a published study scored a case.</summary>
    public bool IsImported(int caseIndex) => _isImported[caseIndex];

    /// <summary>Whether there is a valid prediction on a case.</summary>
    public bool IsValid(int caseIndex) => _isImported[caseIndex] || Results[caseIndex] is { Ending: Ending.Completed };

    /// <summary>
    /// Whether it has a metric at all. A published study without one number of it did not compute it, or scored nothing:
    /// that is undefined everywhere, while whoever was run here and has no number has failed.
    /// </summary>
    public bool Has(Metric metric) => Entry.Origin != EntryOrigin.Imported || _hasNumbers[(int)metric];

    /// <summary>By position of the case: a score, NaN for an undefined one, or <see cref="Lacking"/>.</summary>
    public double[] Column(Metric metric, int structure) => _columns[((int)metric * (_columns.Length / 2)) + structure];

    /// <summary>Notes a score of a valid prediction.</summary>
    public void Set(int structure, int caseIndex, double? dsc, double? nsd)
    {
        Set(Metric.Dsc, structure, caseIndex, dsc);
        Set(Metric.Nsd, structure, caseIndex, nsd);
    }

    /// <summary>Notes that a published study scored a case.</summary>
    public void SetImported(int caseIndex) => _isImported[caseIndex] = true;

    /// <summary>The same with its results as they are seen through a function; the columns are shared.</summary>
    public EntryColumns Through(Func<CaseResult, CaseResult> view) => new(this, view);

    private void Set(Metric metric, int structure, int caseIndex, double? score)
    {
        Column(metric, structure)[caseIndex] = score ?? double.NaN;
        _hasNumbers[(int)metric] |= score is not null;
    }
}
