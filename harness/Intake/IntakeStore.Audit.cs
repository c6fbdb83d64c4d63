using Dapper;
using Microsoft.Data.Sqlite;

namespace Touchstone.Harness.Intake;

public sealed partial class IntakeStore
{
    /// <summary>Adds to the audit log.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="action">What, in kebab case.</param>
    /// <param name="subject">To what: an id.</param>
    /// <param name="detail">Reason and numbers; never a secret.</param>
    public void Note(string actor, string action, string subject, string detail) =>
        Change(transaction => Note(transaction, actor, action, subject, LogText.Line(detail, LongestNote)));

    /// <summary>The audit log, the newest first.</summary>
    /// <param name="before">Only entries with a smaller number; null for the newest.</param>
    /// <param name="most">At most so many.</param>
    public IReadOnlyList<AuditEntry> Audit(long? before = null, int most = 200) => Look(connection => connection
        .Query<AuditEntry>("""
            SELECT number AS Number, at AS At, actor AS Actor, action AS Action, subject AS Subject, detail AS Detail
            FROM audit WHERE @before IS NULL OR number < @before ORDER BY number DESC LIMIT @most
            """, new { before, most }).ToList());

    /// <summary>What the audit log says of one thing, the oldest first.</summary>
    /// <param name="subject">Its id.</param>
    /// <param name="most">At most so many, the newest of them.</param>
    public IReadOnlyList<AuditEntry> AuditOf(string subject, int most = 200) => Look(connection => connection
        .Query<AuditEntry>("""
            SELECT number AS Number, at AS At, actor AS Actor, action AS Action, subject AS Subject, detail AS Detail
            FROM audit WHERE subject = @subject ORDER BY number DESC LIMIT @most
            """, new { subject, most }).Reverse().ToList());

    private void Note(SqliteTransaction transaction, string actor, string action, string subject, string detail) =>
        _connection.Execute("""
            INSERT INTO audit (at, actor, action, subject, detail) VALUES (@Now, @actor, @action, @subject, @detail)
            """, new { Now = NowText, actor, action, subject, detail }, transaction);
}
