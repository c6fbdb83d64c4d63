using System.Globalization;
using Touchstone.Harness.Intake;
using Touchstone.Leaderboard.Live;
using Touchstone.Leaderboard.Live.Organiser;
using SecretKind = Touchstone.Leaderboard.Live.SecretKind;

namespace Touchstone.Harness.Server.Pages;

/// <summary>What organisers look at: queue, teams, invitations, audit log.</summary>
internal static class OrganiserPages
{
    private const int MostRecent = 20;
    private const int AuditLines = 200;

    /// <summary>The queue.</summary>
    public static Task ShowQueueAsync(Exchange exchange)
    {
        var views = new AttemptViews(exchange.Desk, isOrganiser: true);
        var queue = exchange.Desk.Store.Queue();
        var ended = exchange.Desk.Store.AllAttempts().Where(one => one.HasEnded).ToList();
        var isWorking = queue.Any(one => one.State is AttemptState.Checking or AttemptState.Running);
        return exchange.SendAsync(QueuePage.Write(exchange.Frame(), new QueueView
        {
            Queue = [.. queue.Select(views.Summary)],
            Failed = [.. ended.Where(one => one.State == AttemptState.Failed).Select(views.Summary)],
            Recent = [.. ended.OrderByDescending(one => one.EndedAt).Take(MostRecent).Select(views.Summary)],
            IsWorking = isWorking,
            Worker = isWorking ? "A worker has an attempt in hand."
                : queue.Count > 0 ? "Attempts wait and no worker has one: see what the server printed."
                : "Nothing waits.",
        }));
    }

    /// <summary>All teams.</summary>
    public static Task ShowTeamsAsync(Exchange exchange)
    {
        var attempts = exchange.Desk.Store.AllAttempts(int.MaxValue).CountBy(one => one.TeamId).ToDictionary();
        return exchange.SendAsync(TeamsPage.Write(exchange.Frame(),
        [
            .. exchange.Desk.Store.Teams().OrderBy(team => team.Name, StringComparer.OrdinalIgnoreCase).Select(team => new TeamLine(
                team.Id, team.Name, team.Members.Count, team.CreatedAt, attempts.GetValueOrDefault(team.Id), team.BarredBecause)),
        ]));
    }

    /// <summary>Invitations.</summary>
    public static Task ShowInvitationsAsync(Exchange exchange) => exchange.SendAsync(Invitations(exchange, exchange.Frame(), FormInput.Blank));

    /// <summary>Makes an invitation and shows it.</summary>
    public static Task InviteAsync(Exchange exchange) => exchange.DoAsync(
        input =>
        {
            var (note, lifetime) = (input.Text(FieldNames.Name), TeamPages.Days(input));
            var made = exchange.Desk.Store.Invite(note, lifetime, exchange.Identity.Actor);
            var end = exchange.Desk.Clock.GetUtcNow() + lifetime;
            return exchange.SendAsync(SecretPage.Write(exchange.Frame(), SecretKind.Invitation, note, made.Secret, end));
        },
        (frame, input) => Invitations(exchange, frame, input));

    /// <summary>The audit log.</summary>
    public static Task ShowAuditAsync(Exchange exchange)
    {
        var text = exchange.Context.Request.Query["before"].ToString();
        long? before = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        var lines = exchange.Desk.Store.Audit(before, AuditLines).Select(Line).ToList();
        return exchange.SendAsync(AuditPage.Write(exchange.Frame(), lines, lines.Count == AuditLines ? lines[^1].Number : null));
    }

    /// <summary>A line of the audit log for a page.</summary>
    internal static AuditLine Line(AuditEntry one) => new(
        one.Number, DateTimeOffset.Parse(one.At, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), one.Actor, one.Action,
        one.Subject, one.Detail);

    private static string Invitations(Exchange exchange, LiveFrame frame, FormInput input) => InvitationsPage.Write(
        frame,
        [
            .. exchange.Desk.Store.Invitations().OrderByDescending(one => one.CreatedAt).Select(one => new InvitationLine(
                one.Id, one.Note, one.CreatedAt, one.ExpiresAt,
                one.TeamId is { } team ? exchange.Desk.Store.FindTeam(team)?.Name ?? team : null)),
        ],
        input);
}
