using Touchstone.Harness.Boards;
using Touchstone.Harness.Server.Api;
using Touchstone.Leaderboard.Live;
using Touchstone.Submissions;

namespace Touchstone.Harness.Server.Pages;

/// <summary>Submitting.</summary>
internal static class SubmitPages
{
    /// <summary>The form.</summary>
    public static Task ShowAsync(Exchange exchange) =>
        exchange.SendAsync(SubmitPage.Write(exchange.Frame(), View(exchange), FormInput.Blank));

    /// <summary>Puts an attempt into the queue.</summary>
    public static Task SubmitAsync(Exchange exchange) => exchange.DoAsync(
        input =>
        {
            var (attempt, _) = AttemptRoutes.Add(exchange, Body(input), null);
            return exchange.GoAsync($"/attempts/{attempt.Id}?done=submitted");
        },
        (frame, input) => SubmitPage.Write(frame, View(exchange), input));

    private static AttemptBody Body(FormInput input)
    {
        var (challenge, phase) = input.Text(FieldNames.Phase).Split('/') is [var id, var name] ? (id, name) : ("", null);
        return new AttemptBody
        {
            Challenge = challenge,
            Phase = phase,
            Name = input.Text(FieldNames.Name),
            Layout = input.Text(FieldNames.Layout) == "folder" ? SubmissionLayout.Folder : SubmissionLayout.Flat,
            Command = Given(input, FieldNames.Command),
            Gpu = input.All(FieldNames.Gpu).Count > 0,
            Root = input.All(FieldNames.Root).Count > 0,
            TrainedOn = input.All(FieldNames.TrainedOn),
            Upload = Given(input, FieldNames.Upload),
            Image = Given(input, FieldNames.Image),
        };
    }

    private static string? Given(FormInput input, string field) => input.Text(field) is { Length: > 0 } text ? text : null;

    private static SubmitView View(Exchange exchange)
    {
        var (desk, team) = (exchange.Desk, exchange.TeamId);
        var barred = desk.Store.FindTeam(team)?.BarredBecause;
        return new SubmitView
        {
            Phases = [.. desk.Challenges.All.SelectMany(challenge => challenge.Phases, (challenge, phase) => (challenge, phase))
                .Select(pair => Choice(desk, team, pair.challenge.In(pair.phase.Name), barred))],
            Datasets = [.. desk.Manifest.Datasets.Select(dataset => (dataset.Id, dataset.Title))],
            Uploads = [.. desk.Store.Uploads(team).Select(one => new UploadLine(one.Id, one.FileName, one.Length, one.Offset, one.Sha256))],
            AllowsRoot = desk.Challenges.All.Any(challenge => challenge.AllowsRoot),
            HasGpu = desk.HasGpu,
            AllowsReferences = desk.Registries.Hosts.Count > 0,
            UploadAddress = "/api/v1/uploads",
        };
    }

    private static PhaseChoice Choice(Desk desk, string team, Challenge rules, string? barred)
    {
        var now = desk.Clock.GetUtcNow();
        var verdict = desk.Store.History(team, rules.Id).Verdict(rules.Phase, now);
        return new PhaseChoice(
            $"{rules.Id}/{rules.Phase.Name}", rules.Title, rules.Phase.Name,
            barred ?? (verdict as QuotaVerdict.Refused)?.Sentence,
            verdict is QuotaVerdict.Allowed { Uses.Count: > 0 } ? verdict.Sentence : "",
            AttemptViews.Feedback(rules, BoardList.IsPublic(desk.Workspace, rules, now)));
    }
}
