using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using Touchstone.Harness.Intake;

namespace Touchstone.Tests.Harness.Intake;

public sealed class AccountTests : IDisposable
{
    private readonly Registry _registry = new();

    public void Dispose() => _registry.Dispose();

    [Fact]
    public void Register_WithInvitation_GivesTokenThatReadsAndSubmits()
    {
        var (team, identity, _) = _registry.Team();

        Assert.Equal(team.Id, identity.TeamId);
        Assert.Equal(TokenScopes.Read | TokenScopes.Submit, identity.Scopes);
    }

    [Fact]
    public void Tokens_RowThatHoldsNoTime_IsADamagedFileByName()
    {
        var (team, _, _) = _registry.Team();
        using (var connection = new SqliteConnection($"Data Source={_registry.Path};Pooling=False"))
        {
            connection.Open();
            using var damage = connection.CreateCommand();
            damage.CommandText = "UPDATE token SET created_at = 'x'";
            damage.ExecuteNonQuery();
        }

        var fault = Assert.Throws<InvalidDataException>(() => _registry.Store.Tokens(team.Id));

        Assert.StartsWith($"{_registry.Path} is damaged", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Register_InvitationUsedTwice_IsRefused()
    {
        var invitation = _registry.Store.Invite("x", TimeSpan.FromDays(1), "test");
        _registry.Store.Register(invitation.Secret, "Team A", ["Ada"]);

        Assert.Equal(IntakeFault.InvitationInvalid, Refusal(() => _registry.Store.Register(invitation.Secret, "Team B", ["Bob"])));
        Assert.Single(_registry.Store.Teams());
    }

    [Fact]
    public void Register_InvitationTooOld_IsRefused()
    {
        var invitation = _registry.Store.Invite("x", TimeSpan.FromDays(1), "test");

        _registry.Clock.Pass(TimeSpan.FromDays(1));

        Assert.Equal(IntakeFault.InvitationInvalid, Refusal(() => _registry.Store.Register(invitation.Secret, "Team A", ["Ada"])));
    }

    [Fact]
    public void Register_RightIdWithWrongSecret_IsRefused()
    {
        var invitation = _registry.Store.Invite("x", TimeSpan.FromDays(1), "test");
        var last = invitation.Secret[^1] == '0' ? '1' : '0';

        Assert.Equal(
            IntakeFault.InvitationInvalid,
            Refusal(() => _registry.Store.Register(invitation.Secret[..^1] + last, "Team A", ["Ada"])));
    }

    [Fact]
    public void Register_NameThatDiffersInCaseOnly_IsTaken_AndInvitationStaysGood()
    {
        _registry.Team("Ärzte");
        var invitation = _registry.Store.Invite("x", TimeSpan.FromDays(1), "test");

        Assert.Equal(IntakeFault.TeamNameTaken, Refusal(() => _registry.Store.Register(invitation.Secret, "ÄRZTE", ["Ada"])));
        _registry.Store.Register(invitation.Secret, "Others", ["Ada"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" Team")]
    [InlineData("Te\nam")]
    public void Register_UnusableName_IsMalformed(string name)
    {
        var invitation = _registry.Store.Invite("x", TimeSpan.FromDays(1), "test");

        Assert.Equal(IntakeFault.Malformed, Refusal(() => _registry.Store.Register(invitation.Secret, name, ["Ada"])));
    }

    [Fact]
    public void Secrets_AreNotInTheFile()
    {
        var (_, _, token) = _registry.Team();
        var session = _registry.Store.SignIn(token)!.Value.Session.Secret;
        using (_registry.OpenAnother())
        {
        }

        var bytes = string.Concat(Directory.GetFiles(Path.GetDirectoryName(_registry.Path)!, "intake.sqlite*")
            .Select(file => System.Text.Encoding.Latin1.GetString(ReadShared(file))));

        Assert.Contains(token[4..16], bytes, StringComparison.Ordinal);
        Assert.DoesNotContain(token[17..], bytes, StringComparison.Ordinal);
        Assert.DoesNotContain(session[17..], bytes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("tsp_")]
    [InlineData("tsp_000000000000_0000000000000000000000000000000000000000000000000000000000000000")]
    public void IdentifyToken_Nonsense_IsNobody(string? text) => Assert.Null(_registry.Store.IdentifyToken(text));

    [Fact]
    public void IdentifyToken_RevokedOrExpired_IsNobody_AndSoAreItsSessions()
    {
        var (_, identity, token) = _registry.Team();
        var second = _registry.Store.CreateToken(identity, "short", TokenScopes.Read, TimeSpan.FromHours(1));
        var cookie = _registry.Store.SignIn(token)!.Value.Session.Secret;
        Assert.NotNull(_registry.Store.IdentifySession(cookie));

        _registry.Clock.Pass(TimeSpan.FromHours(1));
        _registry.Store.RevokeToken(identity, identity.TokenId);

        Assert.Null(_registry.Store.IdentifyToken(second.Secret));
        Assert.Null(_registry.Store.IdentifyToken(token));
        Assert.Null(_registry.Store.IdentifySession(cookie));
    }

    [Fact]
    public void Session_EndsWithTimeAndBySigningOut()
    {
        var (_, _, token) = _registry.Team();
        var first = _registry.Store.SignIn(token)!.Value.Session.Secret;
        var second = _registry.Store.SignIn(token)!.Value.Session.Secret;

        _registry.Store.SignOut(first);
        Assert.Null(_registry.Store.IdentifySession(first));
        Assert.NotNull(_registry.Store.IdentifySession(second));

        _registry.Clock.Pass(IntakeStore.SessionLifetime);
        Assert.Null(_registry.Store.IdentifySession(second));
    }

    [Fact]
    public void CreateToken_MadeAndRevokedWithoutEnd_IsBoundedADay_AndFewAreRemembered()
    {
        var (team, identity, _) = _registry.Team();
        for (var day = 0; day < 3; day++)
        {
            _registry.Clock.Pass(TimeSpan.FromDays(2));
            var made = 0;
            for (; made < 200; made++)
            {
                try
                {
                    var token = _registry.Store.CreateToken(identity, "again", TokenScopes.Read, TimeSpan.FromDays(1));
                    _registry.Store.RevokeToken(identity, _registry.Store.IdentifyToken(token.Secret)!.TokenId);
                }
                catch (IntakeException fault) when (fault.Fault == IntakeFault.TooManyTokens)
                {
                    break;
                }
            }

            Assert.Equal(IntakeStore.MostTokensADay, made);
        }

        Assert.InRange(_registry.Store.Tokens(team.Id).Count, 100, 202);
    }

    [Fact]
    public void CreateToken_MayNotDoMoreThanItsMaker()
    {
        var (_, identity, _) = _registry.Team();
        var reader = _registry.Store.IdentifyToken(
            _registry.Store.CreateToken(identity, "reader", TokenScopes.Read, null).Secret)!;

        Assert.Equal(IntakeFault.ScopeTooWide, Refusal(() => _registry.Store.CreateToken(identity, "x", TokenScopes.Admin, null)));
        Assert.Equal(IntakeFault.ScopeTooWide, Refusal(() => _registry.Store.CreateToken(reader, "x", TokenScopes.Submit, null)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(48)]
    public void CreateToken_WorksNoLongerThanItsMaker(int? hours)
    {
        var (_, identity, _) = _registry.Team();
        var maker = _registry.Store.IdentifyToken(
            _registry.Store.CreateToken(identity, "maker", TokenScopes.Read, TimeSpan.FromHours(1)).Secret)!;
        var made = _registry.Store.CreateToken(maker, "made", TokenScopes.Read, hours is { } h ? TimeSpan.FromHours(h) : null);
        Assert.NotNull(_registry.Store.IdentifyToken(made.Secret));

        _registry.Clock.Pass(TimeSpan.FromHours(1));

        Assert.Null(_registry.Store.IdentifyToken(made.Secret));
    }

    [Fact]
    public void RevokeToken_OfAnotherTeam_IsNotFound()
    {
        var (_, one, token) = _registry.Team("One");
        var (_, other, _) = _registry.Team("Other");

        Assert.Equal(IntakeFault.NotFound, Refusal(() => _registry.Store.RevokeToken(other, one.TokenId)));
        Assert.NotNull(_registry.Store.IdentifyToken(token));
    }

    [Fact]
    public void Audit_CannotBeChangedOrDeleted()
    {
        _registry.Team();
        using var connection = Touchstone.Leaderboard.Store.Sqlite.Open(_registry.Path);

        foreach (var statement in new[] { "UPDATE audit SET actor = 'x'", "DELETE FROM audit" })
        {
            using var command = connection.CreateCommand();
            command.CommandText = statement;
            Assert.Contains("append-only", Assert.Throws<SqliteException>(() => command.ExecuteNonQuery()).Message, StringComparison.Ordinal);
        }

        Assert.Equal(["team-registered", "invitation-made"], _registry.Store.Audit().Select(entry => entry.Action));
    }

    [Fact]
    public void Bar_KeepsATeamFromSending()
    {
        var team = _registry.Team();

        _registry.Store.Bar(team.Team.Id, "rules broken", "test");

        Assert.Equal(IntakeFault.TeamBarred, Refusal(() => _registry.Queue(team)));
        _registry.Store.Bar(team.Team.Id, null, "test");
        Assert.NotNull(_registry.Queue(team));
    }

    [Fact]
    public void Bar_CancelsWhatWaitsAndRunsOfTheTeamAndOfNoOther()
    {
        var (team, other) = (_registry.Team(), _registry.Team("Others"));
        var running = _registry.Queue(team, "first");
        var lease = _registry.Store.TakeUp("w", TimeSpan.FromMinutes(1))!.Value.Lease;
        _registry.Store.Accept(lease, "entry", 3, 0);
        string[] all = [running.Id, _registry.Queue(team, "second").Id, _registry.Queue(other, "third").Id];

        _registry.Store.Bar(team.Team.Id, "rules broken", "test");

        Assert.Equal(
            [AttemptState.Cancelled, AttemptState.Cancelled, AttemptState.Waiting],
            all.Select(id => _registry.Store.GetAttempt(null, id).State));
        Assert.False(_registry.Store.Renew(lease, TimeSpan.FromMinutes(1)));
        Assert.Equal(2, _registry.Store.Audit().Count(entry => entry.Action == "attempt-cancelled"));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void File_IsForItsOwnerOnly() => Assert.Equal(
        UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_registry.Path));

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var memory = new MemoryStream();
        file.CopyTo(memory);
        return memory.ToArray();
    }

    private static IntakeFault Refusal(Action act) => Assert.Throws<IntakeException>(act).Fault;

    [Theory]
    [InlineData("Hospital X", true)]
    [InlineData("hospital x", true)]
    [InlineData("H\u043espital X", true)] // refused for its scripts already
    [InlineData("Hospital Y", false)]
    public void Register_NameThatABoardShowsOfAnotherRoad_IsTaken(string name, bool isRefused)
    {
        using var registry = new Registry();
        var invitation = registry.Store.Invite("somebody", TimeSpan.FromDays(7), "test").Secret;

        var fault = Record.Exception(() => registry.Store.Register(invitation, name, ["Ada"], () => ["Hospital X"]));

        Assert.Equal(isRefused, fault is IntakeException { Fault: IntakeFault.TeamNameTaken or IntakeFault.Malformed });
    }

    [Fact]
    public void Register_NameOfVeryManyMarks_IsRefusedAtOnce()
    {
        using var registry = new Registry();
        var name = $"a{new string('\u0301', 500_000)}{new string('\u0316', 500_000)}";
        var begin = System.Diagnostics.Stopwatch.GetTimestamp();

        Assert.Throws<IntakeException>(() => registry.Store.Register("x", name, ["Ada"]));

        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(begin) < TimeSpan.FromSeconds(5));
    }
}
