using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard;

/// <summary>
/// Every score of a contest as the ranking counts it:
/// <list type="bullet">
/// <item>a structure counts on a case when any entry has a row for it there (it is annotated);</item>
/// <item>what it is worth there, <see cref="CountedScore"/> says; a metric of which an imported entry has no number at
/// all is undefined.</item>
/// </list>
/// </summary>
internal sealed class CountedScores
{
    private readonly IReadOnlyList<EntryColumns> _columns;
    private readonly IReadOnlyList<bool[]> _annotated;
    private readonly IReadOnlyList<bool[][]> _due;
    private readonly MissingRule _missing;
    private readonly Dictionary<string, int> _positions;
    private readonly double[] _weights;

    /// <summary>Arranges what arrived for a contest.</summary>
    /// <param name="contest">What is expected.</param>
    /// <param name="results">What was run; results of cases that the contest does not have are left out.</param>
    /// <param name="imports">What published studies scored; their other cases are left out too.</param>
    /// <param name="missing">What a case without a valid prediction is worth.</param>
    /// <exception cref="ArgumentException">
    /// Something is another challenge's or another protocol's, comes twice, or two of them call different things by one
    /// id; or the contest expects a case twice.
    /// </exception>
    public CountedScores(
        Contest contest, IEnumerable<CaseResult> results, IReadOnlyList<ImportedScores>? imports = null,
        MissingRule missing = MissingRule.Worst)
        : this(contest, new Arrivals(contest, ResultSet.Of(results), imports ?? []), missing)
    {
    }

    private CountedScores(Contest contest, Arrivals arrivals, MissingRule missing)
        : this(contest, arrivals.Cases, arrivals.Entries, arrivals.IsAnnotated, arrivals.IsDue, missing)
    {
    }

    private CountedScores(
        Contest contest, IReadOnlyList<ExpectedCase> cases, IReadOnlyList<EntryColumns> columns,
        IReadOnlyList<bool[]> annotated, IReadOnlyList<bool[][]> due, MissingRule missing)
    {
        (Contest, Cases, _columns, _annotated, _due, _missing) = (contest, cases, columns, annotated, due, missing);
        Entries = [.. columns.Select(one => one.Entry)];
        _weights = StructureWeights.Of(contest);
        _positions = Entries.Select((entry, e) => (entry.Id, e))
            .ToDictionary(pair => pair.Id, pair => pair.e, StringComparer.Ordinal);
    }

    /// <summary>What is expected.</summary>
    public Contest Contest { get; }

    /// <summary>The structures that count, in the contest's order.</summary>
    public IReadOnlyList<string> Structures => Contest.Structures;

    /// <summary>Every expected case, in the contest's order.</summary>
    public IReadOnlyList<ExpectedCase> Cases { get; }

    /// <summary>The entries of which something arrived, by id.</summary>
    public IReadOnlyList<Entry> Entries { get; }

    /// <summary>The same scores, with another rule for what is missing.</summary>
    public CountedScores With(MissingRule missing) => new(Contest, Cases, _columns, _annotated, _due, missing);

    /// <summary>The same scores as others may see them; the numbers are shared.</summary>
    /// <param name="contest">The contest with the same cases in the same order under other names.</param>
    /// <param name="view">How they see a result.</param>
    public CountedScores Through(Contest contest, Func<CaseResult, CaseResult> view) =>
        new(contest, ExpectedCase.All(contest), [.. _columns.Select(one => one.Through(view))], _annotated, _due, _missing);

    /// <summary>Position of an entry in <see cref="Entries"/>.</summary>
    public int IndexOf(string entry) => _positions[entry];

    /// <summary>
    /// The result of an entry on a case, without scores and outputs; null when there is none, or when it was imported.
    /// </summary>
    public CaseResult? Result(Entry entry, ExpectedCase one) =>
        _positions.TryGetValue(entry.Id, out var e) ? _columns[e].Results[one.Index] : null;

    /// <summary>Whether anything arrived of an entry on a case, run or imported.</summary>
    public bool HasArrived(Entry entry, ExpectedCase one) =>
        Result(entry, one) is not null || _columns[IndexOf(entry.Id)].IsImported(one.Index);

    /// <summary>Whether an entry has a valid prediction on a case.</summary>
    public bool IsScored(Entry entry, ExpectedCase one) => _columns[IndexOf(entry.Id)].IsValid(one.Index);

    /// <summary>Whether an entry's scores on a case are of other reference masks than the present ones.</summary>
    public bool IsStale(Entry entry, ExpectedCase one) =>
        Result(entry, one) is { } result && (result.Reference?.Version ?? 1) != one.Dataset.ReferenceVersion;

    /// <summary>What an entry found where the reference has nothing.</summary>
    public IReadOnlyList<FalsePositives> FalsePositives(int entry) => _columns[entry].FalsePositives;

    /// <summary>A score of an entry's valid prediction as it arrived; null for an undefined one or none.</summary>
    public double? Raw(int entry, Metric metric, int structure, int caseIndex) =>
        _columns[entry].Column(metric, structure)[caseIndex] is var score && score >= 0 ? score : null;

    /// <summary>Whether a structure is annotated on a case. Both are positions in the lists above.</summary>
    public bool IsAnnotated(int caseIndex, int structure) => _annotated[structure][caseIndex];

    /// <summary>
    /// A score as it counts; null where it is left out. All four are positions or values of the lists above.
    /// </summary>
    public double? Value(int entry, Metric metric, int structure, int caseIndex) =>
        !_annotated[structure][caseIndex] ? null
        : _columns[entry].Column(metric, structure)[caseIndex] is var score && score >= 0 ? score
        : CountedScore.Of(score != EntryColumns.Lacking, null, IsDue(entry, metric, structure, caseIndex), _missing);

    /// <summary>An entry's weighted mean over the structures that count on a case; null when none does.</summary>
    public double? CaseMean(int entry, Metric metric, int caseIndex)
    {
        var (sum, weight) = (0.0, 0.0);
        Sum(entry, metric, caseIndex, ref sum, ref weight);
        return weight > 0 ? sum / weight : null;
    }

    /// <summary>The weighted mean over structures and entries on a case; null when nothing counts.</summary>
    public double? CaseMean(Metric metric, int caseIndex)
    {
        var (sum, weight) = (0.0, 0.0);
        for (var e = 0; e < Entries.Count; e++)
        {
            Sum(e, metric, caseIndex, ref sum, ref weight);
        }

        return weight > 0 ? sum / weight : null;
    }

    private bool IsDue(int entry, Metric metric, int structure, int caseIndex) =>
        _due[(int)metric][structure][caseIndex] && _columns[entry].Has(metric);

    private void Sum(int entry, Metric metric, int caseIndex, ref double sum, ref double weight)
    {
        for (var s = 0; s < Structures.Count; s++)
        {
            if (Value(entry, metric, s, caseIndex) is { } value)
            {
                sum += _weights[s] * value;
                weight += _weights[s];
            }
        }
    }
}
