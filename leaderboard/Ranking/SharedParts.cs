using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard;

/// <summary>
/// Makes equal parts of results one object: machines, limits, versions, and what is known of a case are the same in a
/// million results, and would be most of their memory.
/// </summary>
internal sealed class SharedParts
{
    private readonly Dictionary<object, object> _parts = [];

    /// <summary>A result without scores and outputs.</summary>
    /// <param name="result">The whole result.</param>
    public CaseResult Slim(CaseResult result) => result with
    {
        Case = Shared(result.Case),
        EndingDetail = Shared(result.EndingDetail),
        Limits = Shared(result.Limits),
        Machine = Shared(result.Machine),
        Provenance = Shared(result.Provenance),
        Protocol = Shared(result.Protocol),
        Reference = result.Reference is { } reference ? Shared(reference) : null,
        Outputs = [],
        Scores = [],
    };

    private T Shared<T>(T part)
        where T : class
    {
        if (_parts.TryGetValue(part, out var known))
        {
            return (T)known;
        }

        _parts.Add(part, part);
        return part;
    }
}
