using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Touchstone.Submissions;
using Touchstone.Submissions.Names;

namespace Touchstone.Harness.Intake;

public sealed partial class IntakeStore
{
    private const int LongestNote = 200;

    private const string SelectTeam = """
        SELECT id AS Id, name AS Name, members AS Members, created_at AS CreatedAt, barred_because AS BarredBecause
        FROM team
        """;

    /// <summary>Makes an invitation.</summary>
    /// <param name="note">For whom, in the organiser's words.</param>
    /// <param name="lifetime">How long it works.</param>
    /// <param name="actor">Who makes it.</param>
    /// <exception cref="IntakeException">The note or lifetime is unusable.</exception>
    public IssuedSecret Invite(string note, TimeSpan lifetime, string actor)
    {
        note = Line("note", note, LongestNote);
        if (lifetime <= TimeSpan.Zero || lifetime > TimeSpan.FromDays(366))
        {
            throw new IntakeException(IntakeFault.Malformed, "An invitation works for up to 366 days.");
        }

        var secret = Secret.New(SecretKind.Invitation);
        Change(transaction =>
        {
            _connection.Execute("""
                INSERT INTO invitation (id, hash, note, created_at, expires_at) VALUES (@Id, @Hash, @note, @Now, @Until)
                """, new { secret.Id, secret.Hash, note, Now = NowText, Until = UtcText.Of(Now + lifetime) }, transaction);
            Note(transaction, actor, "invitation-made", secret.Id, note);
        });
        return new IssuedSecret(secret.Id, secret.Text);
    }

    /// <summary>Every invitation, the newest first.</summary>
    public IReadOnlyList<Invitation> Invitations() => Look(connection => connection.Query<InvitationRow>("""
        SELECT id AS Id, note AS Note, created_at AS CreatedAt, expires_at AS ExpiresAt, team_id AS TeamId
        FROM invitation ORDER BY created_at DESC, id
        """).Select(row => row.ToInvitation()).ToList());

    /// <summary>Registers a team with an invitation, which is used up, and gives it its first token.</summary>
    /// <param name="invitation">What the organiser sent.</param>
    /// <param name="name">Name shown on the leaderboard.</param>
    /// <param name="members">Names of its members, at least one.</param>
    /// <param name="shown">Names of teams that boards show otherwise, asked for once the invitation works; null for none.</param>
    /// <exception cref="IntakeException">The invitation does not work, or a name is unusable or taken.</exception>
    public (Team Team, IssuedSecret Token) Register(
        string invitation, string name, IReadOnlyList<string> members, Func<IEnumerable<string>>? shown = null)
    {
        name = NameLine("team's name", name, SubmissionDraft.LongestName);
        if (members.Count is 0 or > Team.MostMembers)
        {
            throw new IntakeException(IntakeFault.Malformed, $"A team has 1 to {Team.MostMembers} members.");
        }

        members = [.. members.Select(member => Line("name of every member", member, Team.LongestMember))];
        var asked = Secret.Parse(SecretKind.Invitation, invitation) ?? throw UnusableInvitation();
        Look(_ => DemandUsable(asked, transaction: null));

        // Reads the files of all entries, so not while everybody waits for the database.
        Demand(shown?.Invoke().Any(other => LookAlike.Are(name, other)) != true, TakenName);
        return Change(transaction =>
        {
            DemandUsable(asked, transaction);
            var team = AddTeam(transaction, name, members);
            _connection.Execute(
                "UPDATE invitation SET team_id = @Team WHERE id = @Id", new { Team = team.Id, asked.Id }, transaction);
            var token = AddToken(
                transaction, team.Id, "first token", TokenScopes.Read | TokenScopes.Submit, expiresAt: null);
            Note(transaction, $"team {team.Id}", "team-registered", team.Id, $"{name}, invitation {asked.Id}");
            return (team, token);
        });
    }

    private bool DemandUsable(Secret asked, SqliteTransaction? transaction)
    {
        var hash = _connection.QuerySingleOrDefault<byte[]>("""
            SELECT hash FROM invitation WHERE id = @Id AND team_id IS NULL AND expires_at > @Now
            """, new { asked.Id, Now = NowText }, transaction);
        return asked.Matches(hash) ? true : throw UnusableInvitation();
    }

    /// <summary>A team by id; null when there is none.</summary>
    /// <param name="id">The id.</param>
    public Team? FindTeam(string id) => Look(connection => FindTeam(id, null));

    /// <summary>Refuses a team that may not send anything.</summary>
    /// <param name="id">The team.</param>
    /// <exception cref="IntakeException">It is barred, or there is none.</exception>
    public void DemandActive(string id) => Look(_ => ActiveTeam(id, null));

    /// <summary>Every team, by name.</summary>
    public IReadOnlyList<Team> Teams() => Look(connection =>
        connection.Query<TeamRow>($"{SelectTeam} ORDER BY name_key").Select(row => row.ToTeam()).ToList());

    /// <summary>
    /// Bars a team from sending anything, which cancels what of it has not ended, or lets it send again. Results are not touched.
    /// </summary>
    /// <param name="id">The team.</param>
    /// <param name="because">Why, for the team to read; null to let it again.</param>
    /// <param name="actor">Who decides.</param>
    /// <exception cref="IntakeException">There is no such team, or no usable reason.</exception>
    public void Bar(string id, string? because, string actor)
    {
        if (because is not null)
        {
            because = Line("reason", because, LongestNote);
        }

        Change(transaction =>
        {
            var changed = _connection.Execute(
                "UPDATE team SET barred_because = @because WHERE id = @id", new { id, because }, transaction);
            Demand(changed == 1, () => IntakeException.NoSuch("team", id));
            Note(transaction, actor, because is null ? "team-let-again" : "team-barred", id, because ?? "");
            if (because is not null)
            {
                CancelAll(id, actor, transaction);
            }
        });
    }

    private static IntakeException TakenName() => new(
        IntakeFault.TeamNameTaken, "Another team has that name already, or one that looks like it.");

    private Team AddTeam(SqliteTransaction transaction, string name, IReadOnlyList<string> members)
    {
        var key = name.ToUpperInvariant();
        var isTaken = _connection.Query<(string Name, string Key)>("SELECT name, name_key FROM team", transaction: transaction)
            .Any(other => other.Key == key || LookAlike.Are(name, other.Name));
        Demand(!isTaken, TakenName);
        var row = new TeamRow
        {
            Id = NewId(),
            Name = name,
            Members = JsonSerializer.Serialize(members, IntakeJson.Default.IReadOnlyListString),
            CreatedAt = NowText,
            BarredBecause = null,
        };
        _connection.Execute("""
            INSERT INTO team (id, name, name_key, members, created_at) VALUES (@Id, @Name, @key, @Members, @CreatedAt)
            """, new { row.Id, row.Name, key, row.Members, row.CreatedAt }, transaction);
        return row.ToTeam();
    }

    private Team? FindTeam(string id, SqliteTransaction? transaction) => _connection
        .QuerySingleOrDefault<TeamRow>($"{SelectTeam} WHERE id = @id", new { id }, transaction)?.ToTeam();

    /// <summary>A team that may send something.</summary>
    private Team ActiveTeam(string id, SqliteTransaction? transaction)
    {
        var team = FindTeam(id, transaction) ?? throw IntakeException.NoSuch("team", id);
        return team.BarredBecause is null ? team : throw new IntakeException(
            IntakeFault.TeamBarred, $"The organisers have barred this team: {team.BarredBecause}");
    }

    private static IntakeException UnusableInvitation() => new(
        IntakeFault.InvitationInvalid, "This invitation does not work: it is mistyped, used already, or too old. Ask the organisers.");

    private static void Demand(bool condition, Func<Exception> otherwise)
    {
        if (!condition)
        {
            throw otherwise();
        }
    }
}
