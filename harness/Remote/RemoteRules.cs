using System.Globalization;
using System.Text;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Server;
using Touchstone.Harness.Server.Api;
using Touchstone.Submissions;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Harness.Remote;

/// <summary>The rules of a challenge on a server somewhere else.</summary>
/// <param name="server">Where.</param>
/// <param name="token">Ends questions.</param>
internal sealed class RemoteRules(RemoteServer server, CancellationToken token)
{
    /// <summary>The rules that hold there now.</summary>
    /// <param name="challenge">Id of the challenge.</param>
    /// <exception cref="RemoteException">The server refuses, cannot be reached, or has rules that this build does not know.</exception>
    public async Task<Challenge> ReadAsync(string challenge)
    {
        using var answer = await server.SendAsync(
            () => new HttpRequestMessage(HttpMethod.Get, $"/api/v1/challenges/{Uri.EscapeDataString(challenge)}/file"), token);
        try
        {
            return ChallengeRules.Parse(challenge, Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(token)));
        }
        catch (MistakesException fault)
        {
            throw new RemoteException($"The rules of {challenge} that the server gives cannot be read by this build of Touchstone. {fault.Message}");
        }
    }

    /// <summary>
    /// Makes sure before a byte is sent that the challenge takes an entry now: phase, dates, quota and the size of the image.
    /// </summary>
    /// <param name="challenge">Id of the challenge.</param>
    /// <param name="phase">Name of the phase; null for the one that entries without a phase are for.</param>
    /// <param name="archive">The archive; null for an image by reference.</param>
    /// <param name="now">The time.</param>
    /// <returns>The rules in the phase.</returns>
    /// <exception cref="SubmissionException">It takes none.</exception>
    /// <exception cref="RemoteException">The server refuses, cannot be reached, or says that the team has used up its quota.</exception>
    public async Task<Challenge> RequireOpenAsync(string challenge, string? phase, string? archive, DateTimeOffset now)
    {
        var rules = (await ReadAsync(challenge)).In(phase);
        rules.Phase.RequireOpen(now);
        if (archive is not null && new FileInfo(archive).Length is var bytes && bytes > rules.ImageBytes + OpenChallenges.ArchiveExtraBytes)
        {
            // What an archive comes to unpacked only the server sees; it is never much less than the archive.
            throw new SubmissionException(SubmissionFault.ImageTooLarge, string.Create(
                CultureInfo.InvariantCulture,
                $"{archive} has {bytes >> 20} MiB, and {rules.Id} takes images of {rules.ImageBytes >> 20} MiB, unpacked. Nothing was sent."));
        }

        var quota = await server.AskAsync(
            () => new HttpRequestMessage(HttpMethod.Get, $"/api/v1/challenges/{rules.Id}/phases/{rules.Phase.Name}/quota"),
            ApiJson.Wire.QuotaAnswer, token);
        return quota.MayTry ? rules : throw new RemoteException($"{quota.Sentence} Nothing was sent.");
    }
}
