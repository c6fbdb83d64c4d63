using Touchstone.Harness.Intake;
using Touchstone.Submissions;

namespace Touchstone.Tests.Harness.Intake;

/// <summary>An intake file in a folder of its own, with a clock that stands still.</summary>
internal sealed class Registry : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Registry() => Store = OpenAnother();

    public HandClock Clock { get; } = new();

    public IntakeStore Store { get; }

    public string Path => _folder.File("intake.sqlite");

    /// <summary>Opens the same file once more, as another process would.</summary>
    public IntakeStore OpenAnother() => IntakeStore.Open(Path, Clock);

    /// <summary>Registers a team.</summary>
    public (Team Team, Identity Identity, string Token) Team(string name = "Team A")
    {
        var invitation = Store.Invite("somebody", TimeSpan.FromDays(7), "test");
        var (team, token) = Store.Register(invitation.Secret, name, ["Ada"]);
        return (team, Store.IdentifyToken(token.Secret)!, token.Secret);
    }

    /// <summary>An organiser.</summary>
    public Identity Organiser() => Store.IdentifyToken(Store.CreateOrganiserToken("organiser", "test").Secret)!;

    /// <summary>What a team asks for.</summary>
    public static AttemptRequest Request(Team team, string name = "method", string? key = null) => new()
    {
        TeamId = team.Id,
        Draft = new SubmissionDraft { Team = team.Name, Name = name, Challenge = "demo", Phase = "validation" },
        Reference = "team/image:1",
        IdempotencyKey = key,
    };

    /// <summary>Puts an attempt into the queue.</summary>
    public Touchstone.Harness.Intake.Attempt Queue((Team Team, Identity Identity, string Token) team, string name = "method") =>
        Store.AddAttempt(Request(team.Team, name), _ => { }, team.Identity).Attempt;

    public void Dispose()
    {
        Store.Dispose();
        _folder.Dispose();
    }
}
