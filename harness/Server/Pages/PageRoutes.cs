using Touchstone.Harness.Server.Access;

namespace Touchstone.Harness.Server.Pages;

/// <summary>Every page, and every form on one.</summary>
internal static class PageRoutes
{
    /// <summary>The routes.</summary>
    public static IReadOnlyList<Route> All { get; } =
    [
        Show("/", RequiredAccess.Anyone, HomePages.ShowAsync, "Every challenge with its phases and boards.") with { Pace = Pace.Free },
        Show("/challenges/{id}", RequiredAccess.Anyone, ChallengePages.ShowAsync, "The rules of a challenge.") with { Pace = Pace.Free },
        Show("/sign-in", RequiredAccess.Anyone, AccountPages.ShowSignInAsync, "Signing in with a token.") with { Pace = Pace.Free },
        Send("/sign-in", RequiredAccess.Anyone, AccountPages.SignInAsync, "Signs a browser in.") with { Pace = Pace.Credentials },
        Send("/sign-out", RequiredAccess.Anyone, AccountPages.SignOutAsync, "Signs a browser out."),
        Show("/register", RequiredAccess.Anyone, AccountPages.ShowRegisterAsync, "Registering a team.") with { Pace = Pace.Free },
        Send("/register", RequiredAccess.Anyone, AccountPages.RegisterAsync, "Registers a team.") with { Pace = Pace.Credentials },
        Show("/team", RequiredAccess.Read, TeamPages.ShowAsync, "A team's own page."),
        Send("/team/tokens", RequiredAccess.Submit, TeamPages.MakeTokenAsync, "Makes a token."),
        Send("/team/tokens/{id}/revoke", RequiredAccess.Submit, TeamPages.RevokeTokenAsync, "Revokes a token."),
        Show("/submit", RequiredAccess.Submit, SubmitPages.ShowAsync, "Submitting a container."),
        Send("/submit", RequiredAccess.Submit, SubmitPages.SubmitAsync, "Puts an attempt into the queue."),
        Show("/attempts/{id}", RequiredAccess.Read, AttemptPages.ShowAsync, "One attempt."),
        Send("/attempts/{id}/cancel", RequiredAccess.Submit, AttemptPages.CancelAsync, "Takes an attempt back."),
        Send("/attempts/{id}/withdraw", RequiredAccess.Submit, AttemptPages.WithdrawAsync, "Withdraws a team's entry."),
        Send("/attempts/{id}/return", RequiredAccess.Submit, AttemptPages.ReturnAsync, "Brings a withdrawn entry back."),
        Show("/organiser", RequiredAccess.Admin, OrganiserPages.ShowQueueAsync, "The queue."),
        Send("/organiser/attempts/{id}/run-again", RequiredAccess.Admin, AttemptPages.RunAgainAsync, "Runs an attempt again."),
        Send("/organiser/attempts/{id}/disqualify", RequiredAccess.Admin, AttemptPages.DisqualifyAsync, "Disqualifies an entry."),
        Send("/organiser/attempts/{id}/reinstate", RequiredAccess.Admin, AttemptPages.ReinstateAsync, "Reinstates an entry."),
        Show("/organiser/teams", RequiredAccess.Admin, OrganiserPages.ShowTeamsAsync, "All teams."),
        Show("/organiser/teams/{id}", RequiredAccess.Admin, TeamDetailPages.ShowAsync, "One team for organisers."),
        Send("/organiser/teams/{id}/quota", RequiredAccess.Admin, TeamDetailPages.GrantAsync, "Grants a quota."),
        Send("/organiser/teams/{id}/bar", RequiredAccess.Admin, TeamDetailPages.BarAsync, "Bars a team."),
        Send("/organiser/teams/{id}/renew-tokens", RequiredAccess.Admin, TeamDetailPages.RenewTokensAsync, "Makes a team a new token."),
        Send("/organiser/teams/{id}/admit", RequiredAccess.Admin, TeamDetailPages.AdmitAsync, "Lets a team submit again."),
        Show("/organiser/invitations", RequiredAccess.Admin, OrganiserPages.ShowInvitationsAsync, "Invitations."),
        Send("/organiser/invitations", RequiredAccess.Admin, OrganiserPages.InviteAsync, "Makes an invitation."),
        Show("/organiser/datasets", RequiredAccess.Admin, DatasetPages.ShowAsync, "Versions of reference masks."),
        Send("/organiser/datasets/{id}/rescore", RequiredAccess.Admin, DatasetPages.RescoreAsync, "Scores a dataset anew."),
        Send("/organiser/challenges/{id}/amend", RequiredAccess.Admin, ChallengePages.AmendAsync, "Amends a challenge.") with
        {
            MostBodyBytes = 256 << 10,
        },
        Send("/organiser/boards/{challenge}/{phase}/release", RequiredAccess.Admin, HomePages.ReleaseAsync, "Lays a board open."),
        Show("/organiser/audit", RequiredAccess.Admin, OrganiserPages.ShowAuditAsync, "The audit log."),
    ];

    private static Route Show(string path, RequiredAccess access, Func<Exchange, Task> handler, string summary) =>
        Page("GET", path, access, handler, summary);

    private static Route Send(string path, RequiredAccess access, Func<Exchange, Task> handler, string summary) =>
        Page("POST", path, access, handler, summary);

    private static Route Page(string method, string path, RequiredAccess access, Func<Exchange, Task> handler, string summary) => new()
    {
        Method = method,
        Path = path,
        Access = access,
        Handler = handler,
        Summary = summary,
        IsPage = true,
    };
}
