using Dapper;
using Microsoft.Data.Sqlite;
using Touchstone.Leaderboard;

namespace Touchstone.Harness.Intake;

public sealed partial class IntakeStore
{
    /// <summary>How often an attempt may be lost by workers that died with it before it is given up as failed.</summary>
    public const int MostLost = 5;

    /// <summary>How often an attempt may be put off before it is given up as failed: two hours, with the waits of <see cref="PutOff"/>.</summary>
    public const int MostPutOff = 8;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WaitForMachine = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private const string TakenOut = "entry-taken-out";

    // Teams take turns: first those before which fewer of their own team wait, of these the team that was served the longest ago.
    private const string Turn = """
        (SELECT count(*) FROM attempt AS own
         WHERE own.team_id = attempt.team_id AND own.ended_at IS NULL AND own.state = 'Waiting'
             AND (coalesce(own.not_before, own.created_at), own.number) < (coalesce(attempt.not_before, attempt.created_at), attempt.number)
             AND (own.not_before IS NULL OR own.not_before <= @Now)),
        (SELECT max(own.served_at) FROM attempt AS own WHERE own.team_id = attempt.team_id) NULLS FIRST,
        coalesce(not_before, created_at), number
        """;

    // Written as two questions: asked as one, SQLite would walk over every attempt that ever was.
    private const string Take = $"""
        UPDATE attempt
        SET state = CASE state WHEN 'Waiting' THEN 'Checking' ELSE state END,
            lost = lost + (state <> 'Waiting' AND worker IS NOT NULL),
            waits_because = NULL, worker = @worker, fence = fence + 1, lease_until = @Until, served_at = @Now,
            started_at = coalesce(started_at, @Now)
        WHERE number = coalesce(
            (SELECT number FROM attempt WHERE lease_until <= @Now ORDER BY lease_until, number LIMIT 1),
            (SELECT number FROM attempt WHERE state = 'Waiting' AND (not_before IS NULL OR not_before <= @Now) ORDER BY {Turn} LIMIT 1))
        RETURNING {AttemptRow.Columns}, lost AS Lost
        """;

    /// <summary>
    /// Takes an attempt up: one whose lease has run out before any that waits. Of those that wait teams get one each in turn, the
    /// oldest first, so that nobody waits for all that another team sent.
    /// </summary>
    /// <param name="worker">Who takes it, for people.</param>
    /// <param name="duration">How long the lease is good without renewal.</param>
    /// <returns>The attempt and the hold on it; null when nothing is to be done.</returns>
    public (Attempt Attempt, Lease Lease)? TakeUp(string worker, TimeSpan duration)
    {
        while (true)
        {
            var taken = Change(transaction => _connection.QuerySingleOrDefault<TakenRow>(
                Take, new { worker, Now = NowText, Until = UtcText.Of(Now + duration) }, transaction));
            if (taken is null)
            {
                return null;
            }

            var lease = new Lease(taken.Id, taken.Fence);
            if (taken.Lost < MostLost)
            {
                return (taken.ToAttempt(), lease);
            }

            Fail(lease, $"{Counted.Of(taken.Lost, "worker")} died with it.");
        }
    }

    /// <summary>Goes on holding an attempt.</summary>
    /// <param name="lease">The hold.</param>
    /// <param name="duration">How long the lease is good from now on.</param>
    /// <returns>False when it was lost: the attempt is somebody else's, and all work on it must stop.</returns>
    public bool Renew(Lease lease, TimeSpan duration) => Change(transaction => _connection.Execute("""
        UPDATE attempt SET lease_until = @Until WHERE id = @AttemptId AND fence = @Fence AND lease_until IS NOT NULL
        """, new { lease.AttemptId, lease.Fence, Until = UtcText.Of(Now + duration) }, transaction)) == 1;

    /// <summary>Lets an attempt go as it stands; the next worker may take it up at once, and nothing counts as lost.</summary>
    /// <param name="lease">The hold.</param>
    /// <param name="because">Why it waits, for the participant; null for nothing that lasts.</param>
    /// <returns>False when it was lost before.</returns>
    public bool LetGo(Lease lease, string? because = null) => Change(transaction => _connection.Execute("""
        UPDATE attempt SET lease_until = @Now, worker = NULL, waits_because = @because
        WHERE id = @AttemptId AND fence = @Fence AND lease_until IS NOT NULL
        """, new { lease.AttemptId, lease.Fence, because, Now = NowText }, transaction)) == 1;

    /// <summary>
    /// Puts an attempt whose image there is no room for behind those that wait: it may be tried again after half a minute,
    /// then after twice as long each time, up to an hour. After <see cref="MostPutOff"/> times it has failed.
    /// </summary>
    /// <param name="lease">The hold.</param>
    /// <param name="operatorText">What there was no room for, with numbers, for organisers only.</param>
    /// <returns>False when the lease was lost before.</returns>
    public bool PutOff(Lease lease, string operatorText) => Change(transaction => Tries(lease, transaction) switch
    {
        null => false,
        >= MostPutOff => End(
            lease, AttemptState.Failed, "no-room",
            $"There was no room for this image on our machine in {MostPutOff} tries. It costs you nothing. Make the image smaller, or ask the organisers.",
            operatorText, transaction),
        { } tries => PutBehind(
            lease, ["Checking", "Running"], tries, FirstWait * Math.Pow(2, tries - 1),
            $"There was no room for this image on our machine ({tries} of {MostPutOff} tries). Others go first, then it is tried again.",
            operatorText, transaction),
    });

    /// <summary>
    /// The same for an attempt on which the machine failed before its image was accepted, which may be the machine's or the
    /// image's doing: it stands in nobody's way, and never fails by itself, because an engine may be away for long.
    /// </summary>
    /// <param name="lease">The hold.</param>
    /// <param name="operatorText">What went wrong, for organisers only.</param>
    /// <returns>False when the lease was lost before, or its image has been accepted.</returns>
    public bool PutBehind(Lease lease, string operatorText) => Change(transaction => PutBehind(
        lease, ["Checking"], tries: null, WaitForMachine,
        "Our machine cannot work on it at the moment. Others go first, then it is tried again.", operatorText, transaction));

    /// <summary>
    /// The same for an attempt whose results there is no room for: others, which may leave less, go first.
    /// </summary>
    /// <param name="lease">The hold.</param>
    /// <param name="operatorText">What there was no room for, for organisers only.</param>
    /// <returns>False when the lease was lost before.</returns>
    public bool PutBehindFull(Lease lease, string operatorText) => Change(transaction => PutBehind(
        lease, ["Checking", "Running"], tries: null, WaitForMachine,
        "There is no room for results on our machine at the moment. Others go first, then it goes on where it was.", operatorText, transaction));

    private bool PutBehind(
        Lease lease, string[] states, long? tries, TimeSpan wait, string because, string operatorText, SqliteTransaction transaction) =>
        _connection.Execute("""
            UPDATE attempt
            SET state = 'Waiting', lease_until = NULL, worker = NULL, put_off = coalesce(@tries, put_off), not_before = @Until,
                started_at = CASE state WHEN 'Running' THEN started_at END,
                waits_because = @because, operator_text = @operatorText
            WHERE id = @AttemptId AND fence = @Fence AND state IN @states
            """, new
        {
            lease.AttemptId,
            lease.Fence,
            states,
            tries,
            Until = UtcText.Of(Now + (wait < LongestWait ? wait : LongestWait)),
            because,
            operatorText,
        }, transaction) == 1;

    /// <summary>How often it will have been put off; null where the lease was lost.</summary>
    private long? Tries(Lease lease, SqliteTransaction transaction) => _connection.QuerySingleOrDefault<long?>(
        "SELECT put_off + 1 FROM attempt WHERE id = @AttemptId AND fence = @Fence", new { lease.AttemptId, lease.Fence }, transaction);

    /// <summary>Whether an attempt of an entry waits or is in hand.</summary>
    /// <param name="submission">Id of the entry.</param>
    public bool IsInHand(string submission) => Look(connection => connection.ExecuteScalar<bool>(
        "SELECT EXISTS (SELECT 1 FROM attempt WHERE submission_id = @submission AND ended_at IS NULL)", new { submission }));

    /// <summary>Notes that the image was accepted: the attempt counts as valid and runs.</summary>
    /// <param name="lease">The hold.</param>
    /// <param name="submissionId">The entry that it became.</param>
    /// <param name="cases">Cases that it runs on.</param>
    /// <param name="casesDone">Those that have their ending already.</param>
    /// <returns>False when the lease was lost before; nothing is changed then.</returns>
    public bool Accept(Lease lease, string submissionId, int cases, int casesDone) => Change(transaction =>
    {
        var isHeld = _connection.Execute("""
            UPDATE attempt SET state = 'Running', put_off = 0, operator_text = NULL, submission_id = @submissionId, cases = @cases, cases_done = @casesDone
            WHERE id = @AttemptId AND fence = @Fence AND state IN ('Checking', 'Running')
            """, new { lease.AttemptId, lease.Fence, submissionId, cases, casesDone }, transaction) == 1;
        if (isHeld)
        {
            Note(transaction, "worker", "attempt-accepted", lease.AttemptId, submissionId);
        }

        return isHeld;
    });

    /// <summary>Notes how far it is.</summary>
    /// <param name="lease">The hold.</param>
    /// <param name="casesDone">Cases that have their ending.</param>
    /// <returns>False when the lease was lost before.</returns>
    public bool Progress(Lease lease, int casesDone) => Change(transaction => _connection.Execute("""
        UPDATE attempt SET cases_done = @casesDone WHERE id = @AttemptId AND fence = @Fence AND state = 'Running'
        """, new { lease.AttemptId, lease.Fence, casesDone }, transaction)) == 1;

    /// <summary>Notes that every case has its ending.</summary>
    /// <param name="lease">The hold.</param>
    /// <returns>False when the lease was lost before.</returns>
    public bool Finish(Lease lease) => End(lease, AttemptState.Finished, null, null, null);

    /// <summary>Notes that the image was not accepted.</summary>
    /// <param name="lease">The hold.</param>
    /// <param name="faultCode">Stable code.</param>
    /// <param name="faultText">The same in a sentence that the participant may read.</param>
    /// <returns>False when the lease was lost before.</returns>
    public bool Reject(Lease lease, string faultCode, string faultText) =>
        End(lease, AttemptState.Rejected, faultCode, faultText, null);

    /// <summary>Notes that our machine could not do it.</summary>
    /// <param name="lease">The hold.</param>
    /// <param name="operatorText">What went wrong, for organisers only.</param>
    /// <returns>False when the lease was lost before.</returns>
    public bool Fail(Lease lease, string operatorText) => End(
        lease, AttemptState.Failed, "infrastructure",
        "Our machine failed, not your container. It costs you nothing, and the organisers run it again.", operatorText);

    /// <summary>The queue: what is held, then what waits, in the order in which it is taken up.</summary>
    public IReadOnlyList<Attempt> Queue() => Look(connection => connection.Query<AttemptRow>($"""
        {SelectAttempt} WHERE ended_at IS NULL
        ORDER BY state = 'Waiting', CASE WHEN state <> 'Waiting' THEN number END, not_before > @Now, {Turn}
        """, new { Now = NowText }).Select(row => row.ToAttempt()).ToList());

    /// <summary>How long the last attempts of a challenge took from being taken up to their end, the newest first.</summary>
    /// <param name="challenge">The challenge.</param>
    /// <param name="most">At most so many.</param>
    public IReadOnlyList<TimeSpan> LastDurations(string challenge, int most = 20) => Look(connection => connection
        .Query<(string From, string To)>("""
            SELECT started_at, ended_at FROM attempt
            WHERE challenge = @challenge AND state = 'Finished' AND started_at IS NOT NULL ORDER BY number DESC LIMIT @most
            """, new { challenge, most })
        .Select(row => UtcText.Time(row.To) - UtcText.Time(row.From)).ToList());

    private bool End(Lease lease, AttemptState state, string? faultCode, string? faultText, string? operatorText) =>
        Change(transaction => End(lease, state, faultCode, faultText, operatorText, transaction));

    private bool End(
        Lease lease, AttemptState state, string? faultCode, string? faultText, string? operatorText, SqliteTransaction transaction)
    {
        // What was accepted is not rejected any more, unless its entry was taken out of the ranking since.
        var from = state == AttemptState.Rejected && faultCode != TakenOut ? "('Checking')" : "('Checking', 'Running')";
        var isHeld = _connection.Execute($"""
            UPDATE attempt
            SET state = @State, ended_at = @Now, waits_because = NULL, lease_until = NULL, worker = NULL,
                fault_code = @faultCode, fault_text = @faultText, operator_text = @operatorText
            WHERE id = @AttemptId AND fence = @Fence AND state IN {from}
            """, new
        {
            lease.AttemptId,
            lease.Fence,
            State = state.ToString(),
            Now = NowText,
            faultCode,
            faultText,
            operatorText,
        }, transaction) == 1;
        if (isHeld)
        {
            Note(transaction, "worker", $"attempt-{state.ToString().ToLowerInvariant()}", lease.AttemptId, operatorText ?? faultCode ?? "");
        }

        return isHeld;
    }
}
