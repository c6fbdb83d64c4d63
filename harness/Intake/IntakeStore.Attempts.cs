using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Touchstone.Submissions;
using Touchstone.Submissions.Names;

namespace Touchstone.Harness.Intake;

public sealed partial class IntakeStore
{
    private const int LongestKey = 200;

    private const string SelectAttempt = $"SELECT {AttemptRow.Columns} FROM attempt";

    /// <summary>Adds an attempt to the queue. Judged and added in one transaction: two at once cannot share the last of a quota.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="judge">Throws an <see cref="IntakeException"/> when the rules do not allow another attempt.</param>
    /// <param name="by">Who asks.</param>
    /// <returns>The attempt, and whether it is new: false when its idempotency key came before.</returns>
    /// <exception cref="IntakeException">It cannot be added.</exception>
    public (Attempt Attempt, bool IsNew) AddAttempt(AttemptRequest request, Action<TeamHistory> judge, Identity by)
    {
        if (request.IdempotencyKey is { } key)
        {
            Line("idempotency key", key, LongestKey);
        }

        var draft = JsonSerializer.Serialize(request.Draft, IntakeJson.Default.SubmissionDraft);
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            string.Join('\0', request.UploadId, request.Reference, draft))));
        return Change(transaction =>
        {
            if (Known(request, fingerprint, transaction) is { } known)
            {
                return (known, false);
            }

            var team = ActiveTeam(request.TeamId, transaction);
            var archive = request.UploadId is { } upload ? WholeUpload(team.Id, upload, transaction) : null;
            var inHand = _connection.ExecuteScalar<int>(
                "SELECT count(*) FROM attempt WHERE team_id = @Id AND ended_at IS NULL", new { team.Id }, transaction);
            Demand(inHand < MostInHand, () => new IntakeException(
                IntakeFault.QuotaExhausted, $"{MostInHand} attempts of your team wait or run already. Send another when some have ended."));
            var sent = _connection.ExecuteScalar<int>(
                "SELECT count(*) FROM attempt WHERE team_id = @Id AND created_at > @Since", new { team.Id, Since = UtcText.Of(Now.AddDays(-1)) }, transaction);
            Demand(sent < MostADay, () => new IntakeException(
                IntakeFault.QuotaExhausted, $"Your team sent {MostADay} attempts in 24 hours, those that were taken back included. Send another later."));
            judge(History(team, request.Draft.Challenge, transaction));
            DemandOwnName(team, request.Draft, transaction);
            var id = NewId();
            _connection.Execute("""
                INSERT INTO attempt (id, team_id, challenge, phase, draft, archive_sha256, archive_name, reference,
                                     idempotency_key, request_sha256, state, created_at)
                VALUES (@id, @Team, @Challenge, @Phase, @draft, @Sha256, @FileName, @Reference, @IdempotencyKey,
                        @fingerprint, 'Waiting', @Now)
                """, new
            {
                id,
                Team = team.Id,
                request.Draft.Challenge,
                request.Draft.Phase,
                draft,
                archive?.Sha256,
                archive?.FileName,
                request.Reference,
                request.IdempotencyKey,
                fingerprint,
                Now = NowText,
            }, transaction);
            Note(transaction, by.Actor, "attempt-added", id, $"{request.Draft.Challenge} {request.Draft.Phase}: {request.Draft.Name}");
            return (Attempt(id, transaction)!, true);
        });
    }

    /// <summary>An attempt of a team, or of any.</summary>
    /// <param name="teamId">The team; null to look among all, as only organisers and workers may.</param>
    /// <param name="id">The attempt.</param>
    /// <exception cref="IntakeException">There is none.</exception>
    public Attempt GetAttempt(string? teamId, string id) =>
        Look(connection => Attempt(id, null)) is { } attempt && (teamId is null || attempt.TeamId == teamId)
            ? attempt
            : throw IntakeException.NoSuch("attempt", id);

    /// <summary>A team's attempts, the newest first.</summary>
    /// <param name="teamId">The team.</param>
    /// <param name="challenge">Of one challenge; null for all.</param>
    /// <param name="most">At most so many.</param>
    public IReadOnlyList<Attempt> Attempts(string teamId, string? challenge = null, int most = int.MaxValue) => Look(connection => connection
        .Query<AttemptRow>($"""
            {SelectAttempt} WHERE team_id = @teamId AND (@challenge IS NULL OR challenge = @challenge) ORDER BY number DESC LIMIT @most
            """, new { teamId, challenge, most })
        .Select(row => row.ToAttempt()).ToList());

    /// <summary>Every attempt, the newest first. For organisers.</summary>
    /// <param name="most">At most so many.</param>
    public IReadOnlyList<Attempt> AllAttempts(int most = 1000) => Look(connection => connection
        .Query<AttemptRow>($"{SelectAttempt} ORDER BY number DESC LIMIT @most", new { most })
        .Select(row => row.ToAttempt()).ToList());

    /// <summary>What quotas of a team in a challenge are judged by.</summary>
    /// <param name="teamId">The team.</param>
    /// <param name="challenge">The challenge.</param>
    /// <exception cref="IntakeException">There is no such team.</exception>
    public TeamHistory History(string teamId, string challenge) => Look(_ =>
        History(FindTeam(teamId, null) ?? throw IntakeException.NoSuch("team", teamId), challenge, null));

    /// <summary>
    /// Takes an attempt back: a team before its image is accepted, an organiser whatever has not ended. Who works on it
    /// finds its hold lost. Cancelled again is cancelled.
    /// </summary>
    /// <param name="teamId">Whose it must be; null for an organiser.</param>
    /// <param name="id">The attempt.</param>
    /// <param name="by">Who asks.</param>
    /// <exception cref="IntakeException">There is none, or it is too late.</exception>
    public Attempt Cancel(string? teamId, string id, Identity by) => Change(transaction =>
    {
        var attempt = Attempt(id, transaction);
        Demand(attempt is not null && (teamId is null || attempt.TeamId == teamId), () => IntakeException.NoSuch("attempt", id));
        if (attempt!.State == AttemptState.Cancelled)
        {
            return attempt;
        }

        Demand(MayCancel(attempt, teamId is null), () => new IntakeException(IntakeFault.WrongState, attempt.HasEnded
            ? "This attempt has ended."
            : "Its image was accepted and runs. Only the organisers can cancel it now."));
        Cancel(id, by.Actor, transaction);
        return Attempt(id, transaction)!;
    });

    /// <summary>Most attempts of a team that wait or run at a time, whatever its quotas: views of the queue stay short.</summary>
    public const int MostInHand = 25;

    /// <summary>Most attempts of a team in 24 hours, whatever became of them: what is kept of each is kept for ever.</summary>
    public const int MostADay = 100;

    /// <summary>Whether an attempt can be taken back.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="isOrganiser">Whether an organiser asks, or its team.</param>
    public static bool MayCancel(Attempt attempt, bool isOrganiser) =>
        isOrganiser ? !attempt.HasEnded : attempt.State is AttemptState.Waiting or AttemptState.Checking;

    /// <summary>Puts an attempt that failed or was rejected into the queue again, at the place of its arrival.</summary>
    /// <param name="id">The attempt.</param>
    /// <param name="by">Who decides.</param>
    /// <exception cref="IntakeException">There is none, or it stands otherwise.</exception>
    public Attempt RunAgain(string id, Identity by) => Change(transaction =>
    {
        var attempt = Attempt(id, transaction) ?? throw IntakeException.NoSuch("attempt", id);
        Demand(attempt.State is AttemptState.Failed or AttemptState.Rejected, () => new IntakeException(
            IntakeFault.WrongState, "Only an attempt that failed or was rejected can be run again; results are never changed."));
        _connection.Execute("""
            UPDATE attempt
            SET state = 'Waiting', put_off = 0, not_before = NULL, started_at = NULL, ended_at = NULL, fault_code = NULL, fault_text = NULL, operator_text = NULL, lost = 0
            WHERE id = @id
            """, new { id }, transaction);
        Note(transaction, by.Actor, "attempt-run-again", id, attempt.FaultCode ?? "");
        return Attempt(id, transaction)!;
    });

    private void Cancel(string id, string actor, SqliteTransaction transaction)
    {
        _connection.Execute("""
            UPDATE attempt
            SET state = 'Cancelled', ended_at = @Now, lease_until = NULL, worker = NULL, waits_because = NULL
            WHERE id = @id
            """, new { id, Now = NowText }, transaction);
        Note(transaction, actor, "attempt-cancelled", id, "");
    }

    /// <summary>Cancels what of a team has not ended. Who works on it finds its hold lost.</summary>
    private void CancelAll(string team, string actor, SqliteTransaction transaction)
    {
        foreach (var id in _connection.Query<string>("SELECT id FROM attempt WHERE team_id = @team AND ended_at IS NULL", new { team }, transaction).ToList())
        {
            Cancel(id, actor, transaction);
        }
    }

    /// <summary>
    /// Refuses a method's name that is taken for another team's in the phase. Two teams may well call theirs the same; no
    /// honest one writes it so that it only looks the same.
    /// </summary>
    private void DemandOwnName(Team team, SubmissionDraft draft, SqliteTransaction transaction)
    {
        var others = _connection.Query<string>("""
            SELECT DISTINCT json_extract(draft, '$.Name') FROM attempt
            WHERE challenge = @Challenge AND phase = @Phase AND team_id <> @Id AND state NOT IN ('Cancelled', 'Rejected', 'Failed')
            """, new { draft.Challenge, draft.Phase, team.Id }, transaction);
        Demand(!others.Any(other => LookAlike.AreButNotTheSame(draft.Name, other)), () => new IntakeException(
            IntakeFault.Malformed, "A method in this phase has a name that looks like this one and is another. Choose a name of your own."));
    }

    private Attempt? Known(AttemptRequest request, string fingerprint, SqliteTransaction transaction)
    {
        if (request.IdempotencyKey is null)
        {
            return null;
        }

        var known = _connection.QuerySingleOrDefault<(string? Id, string? Fingerprint)>("""
            SELECT id, request_sha256 FROM attempt WHERE team_id = @TeamId AND idempotency_key = @IdempotencyKey
            """, new { request.TeamId, request.IdempotencyKey }, transaction);
        Demand(known.Id is null || known.Fingerprint == fingerprint, () => new IntakeException(
            IntakeFault.IdempotencyKeyReused, "This idempotency key came with another request before. Use a new one."));
        return known.Id is { } id ? Attempt(id, transaction) : null;
    }

    private Upload WholeUpload(string teamId, string id, SqliteTransaction transaction)
    {
        var upload = _connection.QuerySingleOrDefault<UploadRow>(
            $"{SelectUpload} WHERE id = @id AND team_id = @teamId", new { id, teamId }, transaction)?.ToUpload()
            ?? throw IntakeException.NoSuch("upload", id);
        return upload.Sha256 is not null ? upload : throw new IntakeException(
            IntakeFault.UploadIncomplete, $"{upload.Offset} of {upload.Length} bytes of this archive are here. Send the rest first.");
    }

    private TeamHistory History(Team team, string challenge, SqliteTransaction? transaction) => new(
        team,
        [.. _connection.Query<AttemptRow>($"""
            {SelectAttempt} WHERE team_id = @Id AND challenge = @challenge ORDER BY number
            """, new { team.Id, challenge }, transaction).Select(row => row.ToAttempt())],
        Grants(team.Id, challenge, transaction));

    private Attempt? Attempt(string id, SqliteTransaction? transaction) => _connection
        .QuerySingleOrDefault<AttemptRow>($"{SelectAttempt} WHERE id = @id", new { id }, transaction)?.ToAttempt();
}
