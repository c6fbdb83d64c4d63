using Touchstone.Harness.Boards;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Server.Api;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Live;
using Touchstone.Submissions;

namespace Touchstone.Harness.Server.Pages;

/// <summary>The rules of a challenge, and the form to amend them.</summary>
internal static class ChallengePages
{
    // The table of structures says these.
    private static readonly string[] InTable = ["structures", "captions", "hard", "weights", "title", "description"];

    /// <summary>The page.</summary>
    public static Task ShowAsync(Exchange exchange) => exchange.SendAsync(Write(exchange, exchange.Frame(), FormInput.Blank));

    /// <summary>Amends the rules.</summary>
    public static Task AmendAsync(Exchange exchange) => exchange.DoAsync(
        input =>
        {
            ChallengeRoutes.Amend(
                exchange, exchange.Parameter("id"), input.Text(FieldNames.Rules).ReplaceLineEndings("\n"), input.Text(FieldNames.Reason));
            return exchange.GoAsync($"/challenges/{exchange.Parameter("id")}?done=amended");
        },
        (frame, input) => Write(exchange, frame, input));

    private static string Write(Exchange exchange, LiveFrame frame, FormInput input)
    {
        var challenge = exchange.Desk.Challenges.Get(exchange.Parameter("id"));
        return ChallengePage.Write(frame, View(exchange, challenge), input);
    }

    private static ChallengeView View(Exchange exchange, Challenge challenge)
    {
        var desk = exchange.Desk;
        var contest = ContestBuilder.Captions(challenge) ?? new Dictionary<string, ContestStructure>();
        var labels = ChallengeRules.LabelsOf(challenge);
        return new ChallengeView
        {
            Id = challenge.Id,
            Title = challenge.Title,
            Description = challenge.Description,
            Groups =
            [
                .. RuleLines.Of(challenge).Where(line => line.Phase is not null || !InTable.Contains(line.Key)).GroupBy(line => line.Phase)
                    .Select(group => new RuleGroup(
                        group.Key, group.Key is null ? null : Board(exchange, challenge.In(group.Key)), [.. group.Select(line => (line.Key, line.Value))])),
            ],
            Structures =
            [
                .. challenge.Structures.Select(name => new RuledStructure(
                    name, contest.GetValueOrDefault(name)?.Caption ?? ContestStructure.CaptionOf(name), labels.LabelOf(name),
                    challenge.Weights.GetValueOrDefault(name, 1), contest.GetValueOrDefault(name)?.Group,
                    contest.GetValueOrDefault(name)?.IsHard ?? HardStructures.Contains(name))),
            ],
            Amendments =
            [
                .. AmendmentFile.ReadAll(desk.Workspace.Root, challenge.Id).Reverse()
                    .Select(one => new RuleAmendment(one.At, one.Reason, [.. one.Changes.Select(change => change.ToString())])),
            ],
            Text = exchange.Caller.IsOrganiser ? ChallengeRules.TextOf(desk.Workspace, challenge.Id) : null,
        };
    }

    private static string? Board(Exchange exchange, Challenge rules)
    {
        var desk = exchange.Desk;
        var isOrganiser = exchange.Caller.IsOrganiser;
        return (isOrganiser || BoardList.IsPublic(desk.Workspace, rules, desk.Clock.GetUtcNow())) && desk.Boards.For(rules, isOrganiser) is not null
            ? $"/boards/{rules.Id}/{rules.Phase.Name}/index.html" : null;
    }
}
