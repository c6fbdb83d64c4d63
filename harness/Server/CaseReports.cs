using System.Collections.Concurrent;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Harness.Server;

/// <summary>
/// The finished cases of entries with the scores that hold, read from their result files and remembered for the entries that were asked for last.
/// </summary>
/// <param name="workspace">Where they lie.</param>
public sealed class CaseReports(Workspace workspace)
{
    private const int MostEntries = 16;

    private readonly ConcurrentDictionary<string, Known> _entries = new(StringComparer.Ordinal);

    /// <summary>Every result of an entry.</summary>
    /// <param name="submission">Its id.</param>
    /// <returns>By pseudonym: the order of the case list is the organisers' own.</returns>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public IReadOnlyList<CaseResult> Of(string submission)
    {
        var known = _entries.GetOrAdd(submission, _ => new Known());
        known.AskedAt = Environment.TickCount64;
        if (_entries.Count > MostEntries)
        {
            _entries.TryRemove(_entries.MinBy(one => one.Value.AskedAt).Key, out _);
        }

        return
        [
            .. known.Read(Path.Combine(workspace.RunsPath, submission))
                .OrderBy(one => workspace.Pseudonym(one.Case.Dataset, one.Case.Case), StringComparer.Ordinal),
        ];
    }

    private sealed class Known
    {
        private readonly Lock _turn = new();
        private readonly Dictionary<string, (DateTime ChangedAt, CaseResult Result)> _files = new(StringComparer.Ordinal);

        public long AskedAt { get; set; }

        public IReadOnlyList<CaseResult> Read(string folder)
        {
            lock (_turn)
            {
                var paths = ResultFile.FindCurrent(folder).ToList();
                foreach (var gone in _files.Keys.Except(paths).ToList())
                {
                    _files.Remove(gone);
                }

                foreach (var path in paths)
                {
                    var changedAt = File.GetLastWriteTimeUtc(path);
                    if (!_files.TryGetValue(path, out var file) || file.ChangedAt != changedAt)
                    {
                        _files[path] = (changedAt, ResultFile.Read(path));
                    }
                }

                return [.. _files.Values.Select(file => file.Result)];
            }
        }
    }
}
