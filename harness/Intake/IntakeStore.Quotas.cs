using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Touchstone.Harness.Intake;

public sealed partial class IntakeStore
{
    /// <summary>Grants a team a quota of its own in a phase; the last grant holds.</summary>
    /// <param name="grant">The grant; its time is set here.</param>
    /// <param name="actor">Who decides.</param>
    /// <exception cref="IntakeException">There is no such team, or the reason is unusable.</exception>
    public void Grant(QuotaGrant grant, string actor)
    {
        grant = grant with { Reason = Line("reason", grant.Reason, LongestNote) };
        var quota = grant.Quota is null ? null : JsonSerializer.Serialize(grant.Quota, IntakeJson.Default.Quota);
        Change(transaction =>
        {
            Demand(FindTeam(grant.TeamId, transaction) is not null, () => IntakeException.NoSuch("team", grant.TeamId));
            _connection.Execute("""
                INSERT INTO quota_grant (team_id, challenge, phase, quota, reason, at)
                VALUES (@TeamId, @Challenge, @Phase, @quota, @Reason, @Now)
                """, new { grant.TeamId, grant.Challenge, grant.Phase, quota, grant.Reason, Now = NowText }, transaction);
            Note(transaction, actor, "quota-granted", grant.TeamId,
                $"{grant.Challenge} {grant.Phase}: {quota ?? "the phase's own"}; {grant.Reason}");
        });
    }

    private IReadOnlyList<QuotaGrant> Grants(string teamId, string challenge, SqliteTransaction? transaction) =>
    [
        .. _connection.Query<QuotaGrantRow>("""
            SELECT team_id AS TeamId, challenge AS Challenge, phase AS Phase, quota AS Quota, reason AS Reason, at AS At
            FROM quota_grant WHERE team_id = @teamId AND challenge = @challenge ORDER BY number
            """, new { teamId, challenge }, transaction).Select(row => row.ToGrant()),
    ];

    /// <summary>A row of the table <c>quota_grant</c>.</summary>
    private sealed record QuotaGrantRow
    {
        public required string TeamId { get; init; }

        public required string Challenge { get; init; }

        public required string Phase { get; init; }

        public required string? Quota { get; init; }

        public required string Reason { get; init; }

        public required string At { get; init; }

        public QuotaGrant ToGrant() => new()
        {
            TeamId = TeamId,
            Challenge = Challenge,
            Phase = Phase,
            Quota = Quota is null ? null : JsonSerializer.Deserialize(Quota, IntakeJson.Default.Quota),
            Reason = Reason,
            At = UtcText.Time(At),
        };
    }
}
