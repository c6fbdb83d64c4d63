using Dapper;
using Microsoft.Data.Sqlite;

namespace Touchstone.Harness.Intake;

public sealed partial class IntakeStore
{
    private const int MostExtra = 1000;

    /// <summary>Changes a team's quota in a phase; further changes add up.</summary>
    /// <param name="change">The change; its time is set here.</param>
    /// <param name="actor">Who decides.</param>
    /// <exception cref="IntakeException">There is no such team, or reason or number are unusable.</exception>
    public void ChangeQuota(QuotaChange change, string actor)
    {
        Line("reason", change.Reason, LongestNote);
        Demand(change.Extra != 0 && Math.Abs(change.Extra) <= MostExtra, () => new IntakeException(
            IntakeFault.Malformed, $"A quota is changed by 1 to {MostExtra} attempts, up or down."));
        Change(transaction =>
        {
            Demand(FindTeam(change.TeamId, transaction) is not null, () => IntakeException.NoSuch("team", change.TeamId));
            _connection.Execute("""
                INSERT INTO quota_change (team_id, challenge, phase, extra, reason, at)
                VALUES (@TeamId, @Challenge, @Phase, @Extra, @Reason, @Now)
                """, new { change.TeamId, change.Challenge, change.Phase, change.Extra, change.Reason, Now = NowText }, transaction);
            Note(transaction, actor, "quota-changed", change.TeamId,
                string.Create(System.Globalization.CultureInfo.InvariantCulture,
                    $"{change.Challenge} {change.Phase}: {change.Extra:+0;-0}, {change.Reason}"));
        });
    }

    /// <summary>Adds to the audit log.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="action">What, in kebab case.</param>
    /// <param name="subject">To what: an id.</param>
    /// <param name="detail">Reason and numbers; never a secret.</param>
    public void Note(string actor, string action, string subject, string detail) =>
        Change(transaction => Note(transaction, actor, action, subject, detail));

    /// <summary>The audit log, the newest first.</summary>
    /// <param name="before">Only entries with a smaller number; null for the newest.</param>
    /// <param name="most">At most so many.</param>
    public IReadOnlyList<AuditEntry> Audit(long? before = null, int most = 200) => Look(connection => connection
        .Query<AuditEntry>("""
            SELECT number AS Number, at AS At, actor AS Actor, action AS Action, subject AS Subject, detail AS Detail
            FROM audit WHERE @before IS NULL OR number < @before ORDER BY number DESC LIMIT @most
            """, new { before, most }).ToList());

    private void Note(SqliteTransaction transaction, string actor, string action, string subject, string detail) =>
        _connection.Execute("""
            INSERT INTO audit (at, actor, action, subject, detail) VALUES (@Now, @actor, @action, @subject, @detail)
            """, new { Now = NowText, actor, action, subject, detail }, transaction);

    private IReadOnlyList<QuotaChange> QuotaChanges(string teamId, string challenge, SqliteTransaction transaction) =>
    [
        .. _connection.Query<QuotaChangeRow>("""
            SELECT team_id AS TeamId, challenge AS Challenge, phase AS Phase, extra AS Extra, reason AS Reason, at AS At
            FROM quota_change WHERE team_id = @teamId AND challenge = @challenge ORDER BY number
            """, new { teamId, challenge }, transaction).Select(row => row.ToChange()),
    ];

    /// <summary>A row of the table <c>quota_change</c>.</summary>
    private sealed record QuotaChangeRow
    {
        public required string TeamId { get; init; }

        public required string Challenge { get; init; }

        public required string Phase { get; init; }

        public required long Extra { get; init; }

        public required string Reason { get; init; }

        public required string At { get; init; }

        public QuotaChange ToChange() => new()
        {
            TeamId = TeamId,
            Challenge = Challenge,
            Phase = Phase,
            Extra = (int)Extra,
            Reason = Reason,
            At = UtcText.Time(At),
        };
    }
}
