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
    private const long ArchiveExtraBytes = 64L << 20;

    private readonly IReadOnlyDictionary<string, Challenge> _byId;

    /// <summary>Takes challenges as they are now; rules stay while a server runs.</summary>
    /// <param name="challenges">The challenges.</param>
    public OpenChallenges(IEnumerable<Challenge> challenges) =>
        _byId = challenges.ToDictionary(one => one.Id, StringComparer.Ordinal);

    /// <summary>All of them, by id.</summary>
    public IEnumerable<Challenge> All => _byId.Values.OrderBy(one => one.Id, StringComparer.Ordinal);

    /// <summary>Bytes of the largest archive of any of them.</summary>
    public long MostArchiveBytes => _byId.Values.Select(ArchiveBytes).DefaultIfEmpty(0).Max();

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
            return new OpenChallenges(named.Select(text => ChallengeRules.Enter(workspace, text)));
        }

        return new OpenChallenges(ChallengeRules.Known(workspace)
            .Where(one => one.Protocol != ChallengeRules.AsPublished)
            .Select(one => one with { Phases = [.. one.Phases.Where(phase => CanRun(one.In(phase.Name), manifest))] })
            .Where(one => one.Phases.Count > 0));
    }

    /// <summary>A challenge by id.</summary>
    /// <param name="id">The id.</param>
    /// <exception cref="ProblemException">There is none.</exception>
    public Challenge Get(string id) => _byId.TryGetValue(id, out var found) ? found : throw new ProblemException(
        404, "unknown-challenge", $"There is no challenge \"{id}\" here. There are: {string.Join(", ", All.Select(one => one.Id))}.");

    /// <summary>Bytes of the largest archive that can hold an image which a challenge accepts.</summary>
    /// <param name="challenge">The challenge.</param>
    public static long ArchiveBytes(Challenge challenge) => challenge.Phases.Max(phase => phase.ImageBytes) + ArchiveExtraBytes;

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
