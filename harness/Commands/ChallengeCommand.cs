using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard;
using Touchstone.Submissions;

namespace Touchstone.Harness.Commands;

/// <summary><c>touchstone challenge</c>: the rules of a challenge, from the first draft to a new deadline.</summary>
internal static partial class ChallengeCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON instead of text." };

    public static Command Create(Globals globals) => new("challenge", "Write, check, show, compare and amend the rules of a challenge.")
    {
        New(globals),
        Check(globals),
        Show(globals),
        Diff(globals),
        Amend(globals),
    };

    private static Command New(Globals globals)
    {
        var path = new Argument<string>("FILE") { Description = "The file to write, such as elsewhere-2027.yaml; its name becomes the challenge's id." };
        var command = new Command("new", "Write a challenge file with every key explained, to be completed.") { path };
        command.SetAction(parse =>
        {
            var file = Path.GetFullPath(parse.GetRequiredValue(path));
            if (!FileName().IsMatch(Path.GetFileName(file)))
            {
                throw new WrongUseException($"{file} is no name for a challenge file: lower-case letters, digits, dots and hyphens, then .yaml.");
            }

            if (Path.Exists(file))
            {
                throw new WrongUseException($"{file} is there already.");
            }

            File.WriteAllText(file, Draft);
            globals.Out.PrintLine($"Written: {file}. Complete it; then: touchstone challenge check {parse.GetRequiredValue(path)}");
            return Exit.Success;
        });
        return command;
    }

    private static Command Check(Globals globals)
    {
        var path = new Argument<string>("FILE") { Description = "A challenge file." };
        var command = new Command("check", "Read a challenge file; every mistake is told with its line, and nothing is entered.") { path };
        command.SetAction(parse =>
        {
            var (challenge, _) = ChallengeRules.ReadWithText(parse.GetRequiredValue(path));
            globals.Out.PrintLine(
                $"{challenge.Id} can be entered: {Counted.Of(challenge.Structures.Count, "structure")}, {Counted.Of(challenge.Phases.Count, "phase")}.");
            return Exit.Success;
        });
        return command;
    }

    private static Command Show(Globals globals)
    {
        var which = Which("CHALLENGE");
        var command = new Command("show", "Show every rule of a challenge, and how it was amended.") { which, Json, globals.WorkspacePath };
        command.SetAction(parse =>
        {
            var challenge = Find(globals, parse, parse.GetRequiredValue(which));
            var amendments = AmendmentFile.ReadAll(parse.GetRequiredValue(globals.WorkspacePath), challenge.Id);
            var lines = RuleLines.Of(challenge);
            if (parse.GetValue(Json))
            {
                globals.WriteJson(
                    [.. JsonSerializer.SerializeToUtf8Bytes(new ChallengeReport(challenge.Id, lines, amendments), CommandJson.Reporting.ChallengeReport), (byte)'\n']);
                return Exit.Success;
            }

            foreach (var part in lines.GroupBy(line => line.Phase))
            {
                globals.Out.PrintLine(part.Key is null ? challenge.Id : $"\nphase {part.Key}");
                foreach (var line in part)
                {
                    globals.Out.PrintLine($"  {line.Key,-22} {line.Value}{(line.IsLiving ? "" : "  *")}");
                }
            }

            globals.Out.PrintLine("\n* stays as it is once the challenge is entered; the others can be amended.");
            foreach (var one in amendments)
            {
                globals.Out.PrintLine($"\namended {ChallengePhase.Show(one.At)}: {one.Reason}");
                Print(globals, one.Changes);
            }

            return Exit.Success;
        });
        return command;
    }

    private static Command Diff(Globals globals)
    {
        var (one, other) = (Which("CHALLENGE"), Which("OTHER"));
        var command = new Command("diff", "Show which rules of two challenges, or of a challenge and a changed file, differ. Exit code 1 where some do.")
        {
            one, other, globals.WorkspacePath,
        };
        command.SetAction(parse =>
        {
            var (before, after) = (Find(globals, parse, parse.GetRequiredValue(one)), Find(globals, parse, parse.GetRequiredValue(other)));
            var (changes, refused) = RuleLines.Compare(before, after);
            foreach (var change in changes)
            {
                globals.Out.PrintLine($"{(refused.Contains(change) ? "* " : "  ")}{change}");
            }

            globals.Out.PrintLine(changes.Count == 0 ? "No rule differs."
                : refused.Count == 0 ? "All of this can be amended." : "* cannot be amended: it needs a new phase or a new challenge.");
            return changes.Count == 0 ? Exit.Success : Exit.Failure;
        });
        return command;
    }

    private static Command Amend(Globals globals)
    {
        var path = new Argument<string>("FILE") { Description = "The changed challenge file, named after the challenge." };
        var reason = new Option<string>("--reason") { Description = "Why, for everybody to read.", HelpName = "TEXT", Required = true };
        var command = new Command(
            "amend",
            "Change title, description, dates, quotas, embargo, board, team size, baselines or captions of a challenge, or add a phase. The change "
            + "is dated and shown to everybody; a live server follows at once, and what was accepted stays accepted. What would change "
            + "runs or scores is refused.")
        {
            path, reason, globals.WorkspacePath,
        };
        command.SetAction(parse =>
        {
            var done = ChallengeAmending.Amend(
                globals.FindWorkspace(parse), parse.GetRequiredValue(path), parse.GetRequiredValue(reason), Environment.UserName,
                globals.Clock.GetUtcNow());
            globals.Out.PrintLine($"Amended ({done.Number}):");
            Print(globals, done.Changes);
            return Exit.Success;
        });
        return command;
    }

    private static void Print(Globals globals, IEnumerable<RuleChange> changes)
    {
        foreach (var change in changes)
        {
            globals.Out.PrintLine($"  {change}");
        }
    }

    private static Argument<string> Which(string name) => new(name)
    {
        Description = $"A challenge of the workspace, one of {string.Join(", ", ChallengeFile.BuiltIn)}, or the path of a challenge file.",
    };

    private static Challenge Find(Globals globals, ParseResult parse, string text) =>
        text.EndsWith(".yaml", StringComparison.Ordinal) ? ChallengeRules.ReadWithText(text).Challenge
        : Workspace.IsThere(parse.GetRequiredValue(globals.WorkspacePath)) ? ChallengeRules.Read(globals.FindWorkspace(parse), text)
        : ChallengeRules.ReadBuiltIn(text);

    private const string Draft = """
        # Everything that is not said here, and every key: submissions/README.md, "Challenge files".
        title: Our challenge
        description: >-
          One or two sentences for readers.

        # A known numbering (bodymaps-2024, abdomenatlas-1.1, totalsegmentator ...), a file beside this one, or your own structures.
        labels:
          liver: 1
          liver_tumour: { label: 2, caption: Liver tumour, colour: "#c83232", group: Tumours, hard: yes }
        # structures: [liver_tumour]   # those that count; left out, all of the labels

        metrics: { protocol: surface-distance, tolerance-mm: 1 }
        ranking: { scheme: mean-then-rank }
        # team-size: 5

        phases:
          warm-up: # public cases: participants see reasons, logs and scores
            datasets: [a-public-dataset]
            logs: open
            quota: { valid: { day: 2 }, attempts: { day: 6 } }
          final:
            datasets: [a-hidden-dataset]
            opens: 2027-03-01T00:00Z
            closes: 2027-04-01T00:00Z
            quota: { valid: { phase: 2 }, attempts: { phase: 6 } }
            embargo: until-released

        limits:
          wall-seconds: 600
          memory-mb: 16384
          cpus: 2

        """;

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]{0,63}\\.yaml\\z")]
    private static partial Regex FileName();
}

/// <summary>A challenge's rules as <c>touchstone challenge show --json</c> reports them.</summary>
/// <param name="Challenge">Its id.</param>
/// <param name="Rules">The rules that hold.</param>
/// <param name="Amendments">How they came to be, the oldest first.</param>
internal sealed record ChallengeReport(string Challenge, IReadOnlyList<RuleLine> Rules, IReadOnlyList<Amendment> Amendments);
