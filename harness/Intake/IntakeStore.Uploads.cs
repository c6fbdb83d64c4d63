using Dapper;

namespace Touchstone.Harness.Intake;

public sealed partial class IntakeStore
{
    /// <summary>Most archives of one team that lie here or are on their way at a time.</summary>
    public const int MostUploads = 8;

    /// <summary>How long an upload may rest before it is removed, and how long a whole one is kept.</summary>
    public static readonly TimeSpan UploadLifetime = TimeSpan.FromDays(7);

    private const int LongestFileName = 200;

    private const string SelectUpload = """
        SELECT id AS Id, team_id AS TeamId, challenge AS Challenge, file_name AS FileName, length AS Length,
               offset AS Offset, sha256 AS Sha256, created_at AS CreatedAt, expires_at AS ExpiresAt
        FROM upload
        """;

    /// <summary>Begins an upload.</summary>
    /// <param name="by">Who sends it; for a team.</param>
    /// <param name="challenge">The challenge whose size limit it was measured by.</param>
    /// <param name="fileName">The archive's name, for people.</param>
    /// <param name="length">Bytes that it will have, above 0.</param>
    /// <exception cref="IntakeException">The team may not, or has too many.</exception>
    public Upload AddUpload(Identity by, string challenge, string fileName, long length)
    {
        fileName = Line("file name", fileName, LongestFileName);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        return Change(transaction =>
        {
            var team = ActiveTeam(by.TeamId ?? "", transaction);
            var here = _connection.ExecuteScalar<int>(
                "SELECT count(*) FROM upload WHERE team_id = @Id", new { team.Id }, transaction);
            Demand(here < MostUploads, () => new IntakeException(
                IntakeFault.TooManyUploads, $"At most {MostUploads} archives of a team lie here at a time. Remove one first."));
            var row = new UploadRow
            {
                Id = NewId(),
                TeamId = team.Id,
                Challenge = challenge,
                FileName = fileName,
                Length = length,
                Offset = 0,
                Sha256 = null,
                CreatedAt = NowText,
                ExpiresAt = UtcText.Of(Now + UploadLifetime),
            };
            _connection.Execute("""
                INSERT INTO upload (id, team_id, challenge, file_name, length, offset, created_at, expires_at)
                VALUES (@Id, @TeamId, @Challenge, @FileName, @Length, 0, @CreatedAt, @ExpiresAt)
                """, row, transaction);
            return row.ToUpload();
        });
    }

    /// <summary>An upload of a team.</summary>
    /// <param name="teamId">The team; null, an organiser's, has none.</param>
    /// <param name="id">The upload.</param>
    /// <exception cref="IntakeException">The team has none of that id.</exception>
    public Upload GetUpload(string? teamId, string id) => Look(connection => connection
        .QuerySingleOrDefault<UploadRow>($"{SelectUpload} WHERE id = @id AND team_id = @teamId", new { id, teamId })?.ToUpload())
        ?? throw IntakeException.NoSuch("upload", id);

    /// <summary>The uploads of a team, the newest first.</summary>
    /// <param name="teamId">The team.</param>
    public IReadOnlyList<Upload> Uploads(string teamId) => Look(connection => connection
        .Query<UploadRow>($"{SelectUpload} WHERE team_id = @teamId ORDER BY created_at DESC, id", new { teamId })
        .Select(row => row.ToUpload()).ToList());

    /// <summary>Notes that bytes are safely on the disk. Never goes back.</summary>
    /// <param name="id">The upload.</param>
    /// <param name="offset">Bytes that are there.</param>
    /// <returns>False when the upload is gone, or whole already.</returns>
    public bool Acknowledge(string id, long offset) => Change(transaction => _connection.Execute("""
        UPDATE upload SET offset = @offset, expires_at = @Until WHERE id = @id AND sha256 IS NULL AND offset <= @offset
        """, new { id, offset, Until = UtcText.Of(Now + UploadLifetime) }, transaction)) == 1;

    /// <summary>Notes that an archive is whole.</summary>
    /// <param name="id">The upload.</param>
    /// <param name="sha256">SHA-256 of its content, hexadecimal.</param>
    /// <returns>False when the upload is gone.</returns>
    public bool Complete(string id, string sha256) => Change(transaction => _connection.Execute("""
        UPDATE upload SET sha256 = @sha256, expires_at = @Until WHERE id = @id AND offset = length
        """, new { id, sha256, Until = UtcText.Of(Now + UploadLifetime) }, transaction)) == 1;

    /// <summary>Forgets an upload; its bytes are the caller's to remove.</summary>
    /// <param name="upload">The upload.</param>
    public void Forget(Upload upload) => Change(transaction =>
        _connection.Execute("DELETE FROM upload WHERE id = @Id", new { upload.Id }, transaction));

    /// <summary>Uploads that may be removed.</summary>
    public IReadOnlyList<Upload> ExpiredUploads() => Look(connection => connection
        .Query<UploadRow>($"{SelectUpload} WHERE expires_at <= @Now ORDER BY expires_at, id", new { Now = NowText })
        .Select(row => row.ToUpload()).ToList());

    /// <summary>Every upload there is; whatever else lies in their folder is left over.</summary>
    public IReadOnlyList<Upload> AllUploads() => Look(connection => connection
        .Query<UploadRow>($"{SelectUpload} ORDER BY id").Select(row => row.ToUpload()).ToList());

    /// <summary>Whether the bytes of a content are needed: by an upload, or by an attempt that has not ended.</summary>
    /// <param name="sha256">The content.</param>
    public bool IsNeeded(string sha256) => Look(connection => connection.ExecuteScalar<bool>("""
        SELECT EXISTS (SELECT 1 FROM upload WHERE sha256 = @sha256)
            OR EXISTS (SELECT 1 FROM attempt WHERE archive_sha256 = @sha256 AND ended_at IS NULL)
        """, new { sha256 }));
}
