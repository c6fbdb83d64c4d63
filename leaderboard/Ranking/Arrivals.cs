using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard;

/// <summary>What arrived for a contest, checked and found by positions of entry and case.</summary>
internal sealed class Arrivals
{
    private readonly Contest _contest;
    private readonly Dictionary<(string Dataset, string Case), int> _positions;
    private readonly Dictionary<string, int> _structures;
    private readonly SharedParts _shared = new();
    private readonly bool[][] _isPresent;

    /// <summary>Takes in what arrived; cases that the contest does not have are left out.</summary>
    /// <inheritdoc cref="CountedScores(Contest, IEnumerable{CaseResult}, IReadOnlyList{ImportedScores}, MissingRule)"/>
    public Arrivals(Contest contest, ResultSet results, IReadOnlyList<ImportedScores> imports)
    {
        _contest = contest;
        Cases = ExpectedCase.All(contest);
        _positions = [];
        foreach (var one in Cases)
        {
            if (!_positions.TryAdd((one.Dataset.Id, one.Case.Id), one.Index))
            {
                throw new ArgumentException($"{contest.Id} expects a case twice.", nameof(contest));
            }
        }

        _structures = contest.Structures.Select((name, s) => (name, s))
            .ToDictionary(pair => pair.name, pair => pair.s, StringComparer.Ordinal);
        bool[][] None() => [.. contest.Structures.Select(_ => new bool[Cases.Count])];
        (IsAnnotated, IsDue) = (None(), [.. Enum.GetValues<Metric>().Select(_ => None())]);
        _isPresent = None();
        var importsOf = imports.Where(import => contest.Datasets.Any(dataset => dataset.Id == import.Dataset))
            .ToLookup(import => import.Entry.Id, StringComparer.Ordinal);
        Entries =
        [
            .. results.Entries.Select(entry => entry.Id).Concat(importsOf.Select(one => one.Key)).Distinct().Order(StringComparer.Ordinal)
                .Select(id => Take(results.OfEntry(id), importsOf[id])).OfType<EntryColumns>(),
        ];
        LeaveBlanksOut();
    }

    /// <summary>Every expected case, in the contest's order.</summary>
    public IReadOnlyList<ExpectedCase> Cases { get; }

    /// <summary>Per structure and case, whether any entry has a row for it.</summary>
    public IReadOnlyList<bool[]> IsAnnotated { get; }

    /// <summary>
    /// Per metric, structure and case, whether a prediction there has a score, so that the lack of one is the worst. None
    /// has where the protocol leaves the metric undefined for a structure that the reference lacks, nor on an imported
    /// case for which no study has a number.
    /// </summary>
    public IReadOnlyList<bool[][]> IsDue { get; }

    /// <summary>The entries of which something arrived, by id.</summary>
    public IReadOnlyList<EntryColumns> Entries { get; }

    /// <summary>Everything of one entry; null when nothing is on a case of the contest.</summary>
    private EntryColumns? Take(IReadOnlyList<CaseResult> results, IEnumerable<ImportedScores> imports)
    {
        var whole = new CaseResult?[Cases.Count];
        Entry? first = null;
        foreach (var result in results)
        {
            if (_positions.TryGetValue((result.Case.Dataset, result.Case.Case), out var c))
            {
                Check(first ??= result.Entry, result.Entry, result.Protocol, result.ToleranceMm);
                whole[c] = whole[c] is null ? result : throw Twice(result.Entry, Cases[c]);
            }
        }

        var (isTaken, columns) = (new bool[Cases.Count], (EntryColumns?)null);
        foreach (var (import, one, c) in from import in imports
                                         from one in import.Cases
                                         where _positions.ContainsKey((import.Dataset, one.Case))
                                         select (import, one, _positions[(import.Dataset, one.Case)]))
        {
            Check(first ??= import.Entry, import.Entry, import.Protocol, import.ToleranceMm);
            isTaken[c] = isTaken[c] ? throw Twice(import.Entry, Cases[c]) : true;
            Add(columns ??= new EntryColumns(first, _contest.Structures.Count, Cases.Count), import, one, c);
        }

        if (first is not null)
        {
            columns ??= new EntryColumns(first, _contest.Structures.Count, Cases.Count);
            Add(columns, whole);
        }

        return columns;
    }

    private void Add(EntryColumns columns, ImportedScores import, ImportedCase one, int caseIndex)
    {
        columns.SetImported(caseIndex);
        for (var i = 0; i < import.Structures.Count; i++)
        {
            if (_structures.TryGetValue(import.Structures[i], out var s) && (one.Dsc[i] ?? one.Nsd[i]) is not null)
            {
                IsAnnotated[s][caseIndex] = _isPresent[s][caseIndex] = true;
                IsDue[(int)Metric.Dsc][s][caseIndex] |= one.Dsc[i] is not null;
                IsDue[(int)Metric.Nsd][s][caseIndex] |= one.Nsd[i] is not null;
                columns.Set(s, caseIndex, one.Dsc[i], one.Nsd[i]);
            }
        }
    }

    /// <summary>
    /// A blank cell of an import is an undefined score where nobody shows that the structure is there: a table of scores
    /// has no other way to say "absent, and not found".
    /// </summary>
    private void LeaveBlanksOut()
    {
        foreach (var (columns, c) in from columns in Entries
                                     from c in Enumerable.Range(0, Cases.Count)
                                     where columns.IsImported(c)
                                     select (columns, c))
        {
            for (var s = 0; s < _isPresent.Length; s++)
            {
                if (!_isPresent[s][c])
                {
                    columns.Set(s, c, null, null);
                }
            }
        }
    }

    private void Add(EntryColumns columns, CaseResult?[] whole)
    {
        for (var c = 0; c < whole.Length; c++)
        {
            if (whole[c] is not { } result)
            {
                continue;
            }

            columns.Results[c] = _shared.Slim(result);
            foreach (var score in result.Scores)
            {
                if (_structures.TryGetValue(score.Structure, out var s))
                {
                    IsAnnotated[s][c] = true;
                    _isPresent[s][c] |= score.ReferenceVoxels > 0;
                    foreach (var metric in Enum.GetValues<Metric>())
                    {
                        IsDue[(int)metric][s][c] |= CountedScore.IsDue(metric, _contest.Protocol, score.ReferenceVoxels > 0);
                    }

                    if (columns.IsValid(c))
                    {
                        columns.Set(s, c, score.Dsc, score.Nsd);
                    }
                }
            }
        }

        columns.FalsePositives = Runs.FindFalsePositives(_contest.Structures, whole);
    }

    private static ArgumentException Twice(Entry entry, ExpectedCase one) =>
        new($"Two results of {entry.Id} on {one.Dataset.Id}/{one.Case.Id}.");

    private void Check(Entry first, Entry entry, string protocol, double toleranceMm)
    {
        if (!ReferenceEquals(first, entry)
            && (first.Team, first.Name, first.IsBaseline, first.Image, first.Origin)
                != (entry.Team, entry.Name, entry.IsBaseline, entry.Image, entry.Origin))
        {
            throw new ArgumentException($"Different entries have the id {entry.Id}.");
        }

        if (entry.Challenge != _contest.Id)
        {
            throw new ArgumentException($"{entry.Id} entered {entry.Challenge}, not {_contest.Id}.");
        }

        if ((entry.Phase ?? Entry.TestPhase) != _contest.Phase)
        {
            throw new ArgumentException($"{entry.Id} entered the phase {entry.Phase ?? Entry.TestPhase}, not {_contest.Phase}.");
        }

        if (_contest.SetApart.Any(apart => apart.Entry == entry.Id))
        {
            throw new ArgumentException($"{entry.Id} was taken out of {_contest.Id}, and must not be ranked.");
        }

        if (protocol != _contest.Protocol || toleranceMm != _contest.ToleranceMm)
        {
            throw new ArgumentException(
                $"{entry.Id} is scored by {protocol} at {toleranceMm} mm, the contest by "
                + $"{_contest.Protocol} at {_contest.ToleranceMm} mm: score it again before ranking.");
        }
    }
}
