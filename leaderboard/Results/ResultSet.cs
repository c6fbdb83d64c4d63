using System.Collections;

namespace Touchstone.Leaderboard.Results;

/// <summary>
/// Results that are read an entry at a time whenever somebody asks, so that of a large board only one entry's are in
/// memory. Gone through more than once, always in the same order.
/// </summary>
public sealed class ResultSet : IEnumerable<CaseResult>
{
    private readonly Func<string, IReadOnlyList<CaseResult>> _read;
    private readonly IReadOnlyList<CaseResult>? _all;

    /// <summary>Results that lie somewhere else.</summary>
    /// <param name="entries">The entries that have any, by id in ordinal order.</param>
    /// <param name="read">
    /// Reads the results of an entry, by id; called from several threads, and for an entry more than once.
    /// </param>
    public ResultSet(IReadOnlyList<Entry> entries, Func<string, IReadOnlyList<CaseResult>> read) =>
        (Entries, _read) = (entries, read);

    private ResultSet(IReadOnlyList<CaseResult> all)
    {
        var byEntry = all.ToLookup(result => result.Entry.Id, StringComparer.Ordinal);
        (_all, _read) = (all, id => [.. byEntry[id]]);
        Entries = [.. byEntry.Select(results => results.First().Entry).OrderBy(entry => entry.Id, StringComparer.Ordinal)];
    }

    /// <summary>The entries that have results, by id in ordinal order.</summary>
    public IReadOnlyList<Entry> Entries { get; }

    /// <summary>Results that are in memory, in any order, which stays theirs; a set is returned as it is.</summary>
    /// <param name="results">The results.</param>
    public static ResultSet Of(IEnumerable<CaseResult> results) => results as ResultSet ?? new ResultSet([.. results]);

    /// <summary>The results of an entry; empty for one that has none.</summary>
    /// <param name="id">Id of the entry.</param>
    public IReadOnlyList<CaseResult> OfEntry(string id) => _read(id);

    /// <summary>The results of some entries.</summary>
    /// <param name="isWanted">Says of an entry whether it is one of them.</param>
    public ResultSet OnlyOf(Func<Entry, bool> isWanted) => _all is not null
        ? new ResultSet([.. _all.Where(result => isWanted(result.Entry))])
        : new ResultSet([.. Entries.Where(isWanted)], _read);

    /// <summary>The results as they are seen through a function, which must not change the entry.</summary>
    /// <param name="view">The function.</param>
    public ResultSet Through(Func<CaseResult, CaseResult> view) => _all is not null
        ? new ResultSet([.. _all.Select(view)])
        : new ResultSet(Entries, id => [.. _read(id).Select(view)]);

    /// <summary>The results of each entry in another order, by entry.</summary>
    /// <param name="order">Gives the results of an entry in that order.</param>
    internal ResultSet InOrder(Func<IEnumerable<CaseResult>, IEnumerable<CaseResult>> order) => _all is not null
        ? new ResultSet([.. Entries.SelectMany(entry => order(_read(entry.Id)))])
        : new ResultSet(Entries, id => [.. order(_read(id))]);

    /// <summary>Every result: in the order given, or else by entry.</summary>
    public IEnumerator<CaseResult> GetEnumerator() => (_all ?? Entries.SelectMany(entry => _read(entry.Id))).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
