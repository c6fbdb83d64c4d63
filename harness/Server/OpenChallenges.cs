using System.Collections.Concurrent;
using Touchstone.Harness.Boards;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Server.Problems;
using Touchstone.Submissions;

namespace Touchstone.Harness.Server;

/// <summary>The challenges that a server takes attempts for: those with a phase whose cases are on this machine.</summary>
public sealed class OpenChallenges
{
    /// <summary>What an archive may have beyond the layers in it: headers and configuration.</summary>
    internal const long ArchiveExtraBytes = 64L << 20;

    private readonly Workspace _workspace;
    private readonly Manifest _manifest;
    private readonly ConcurrentDictionary<string, (int Amended, Challenge Rules)> _byId;

    private OpenChallenges(IEnumerable<Challenge> challenges, Workspace workspace, Manifest manifest)
    {
        (_workspace, _manifest) = (workspace, manifest);
        _byId = new(
            challenges.ToDictionary(one => one.Id, one => (AmendmentFile.Newest(workspace.Root, one.Id), one)), StringComparer.Ordinal);
    }

    /// <summary>All of them, by id, with their amendments up to now.</summary>
    public IEnumerable<Challenge> All => _byId.Keys.Order(StringComparer.Ordinal).Select(Current);

    /// <summary>Bytes of the largest archive of any of them.</summary>
    public long MostArchiveBytes => All.Select(ArchiveBytes).DefaultIfEmpty(0).Max();

    /// <summary>Finds the challenges that can be run here.</summary>
    /// <param name="workspace">Its own challenges come first.</param>
    /// <param name="manifest">The datasets that there are.</param>
    /// <param name="named">Only these, by id or file; null for all that can be run.</param>
    /// <exception cref="DatasetAbsentException">One that was named cannot be run here.</exception>
    /// <exception cref="SubmissionException">One that was named is unknown.</exception>
    public static OpenChallenges Find(Workspace workspace, Manifest manifest, IReadOnlyList<string>? named)
    {
        if (named is { Count: > 0 })
        {
            // All are looked at before the rules of any are kept.
            var asked = named.Select(text => ChallengeRules.FindToEnter(workspace, text)).ToList();
            asked.ForEach(challenge => challenge.Phases.ToList().ForEach(
                phase => ContestBuilder.Datasets(challenge.In(phase.Name), manifest)));
            return new OpenChallenges(named.Select(text => ChallengeRules.Enter(workspace, text)), workspace, manifest);
        }

        return new OpenChallenges(ChallengeRules.Known(workspace)
            .Where(one => one.Protocol != ChallengeRules.AsPublished)
            .Select(one => Runnable(one, manifest)).Where(one => one.Phases.Count > 0), workspace, manifest);
    }

    /// <summary>A challenge by id.</summary>
    /// <param name="id">The id.</param>
    /// <exception cref="ProblemException">There is none.</exception>
    public Challenge Get(string id) => _byId.ContainsKey(id) ? Current(id) : throw new ProblemException(
        404, "unknown-challenge", $"There is no challenge \"{id}\" here. There are: {string.Join(", ", All.Select(one => one.Id))}.");

    /// <summary>Bytes of the largest archive that can hold an image which a challenge accepts.</summary>
    /// <param name="challenge">The challenge.</param>
    public static long ArchiveBytes(Challenge challenge) => challenge.Phases.Max(phase => phase.ImageBytes) + ArchiveExtraBytes;

    /// <summary>The rules that hold now: read anew when there is an amendment since.</summary>
    private Challenge Current(string id)
    {
        var (amended, rules) = _byId[id];
        var newest = AmendmentFile.Newest(_workspace.Root, id);
        if (newest == amended)
        {
            return rules;
        }

        rules = Runnable(ChallengeRules.Read(_workspace, id), _manifest);
        _byId[id] = (newest, rules);
        return rules;
    }

    /// <summary>With the phases whose cases are on this machine.</summary>
    private static Challenge Runnable(Challenge one, Manifest manifest) =>
        one with { Phases = [.. one.Phases.Where(phase => CanRun(one.In(phase.Name), manifest))] };

    private static bool CanRun(Challenge challenge, Manifest manifest)
    {
        try
        {
            return ContestBuilder.Datasets(challenge, manifest).Count > 0;
        }
        catch (DatasetAbsentException)
        {
            return false;
        }
    }
}
