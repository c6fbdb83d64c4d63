using System.CommandLine;
using Touchstone.Harness.Intake;

namespace Touchstone.Harness.Commands;

/// <summary><c>touchstone token</c>: the first organiser, and invitations, for who has the machine.</summary>
internal static class TokenCommand
{
    private const string Actor = "command line";

    public static Command Create(Globals globals) =>
        new("token", "Make organisers' tokens and teams' invitations on the server's own machine.")
        {
            CreateToken(globals),
            Invite(globals),
            Renew(globals),
        };

    private static Command CreateToken(Globals globals)
    {
        var admin = new Option<bool>("--admin")
        {
            Description = "The token is an organiser's; teams make theirs on the server.",
            Required = true,
        };
        var name = new Option<string>("--name") { Description = "Whose it is, for the list of tokens.", HelpName = "NAME", Required = true };
        var days = DaysOption("How many days it works; until it is revoked when not given.");
        var command = new Command("create", "Make an organiser's token and print it: this once and never again.")
        {
            admin, name, days, globals.WorkspacePath,
        };
        command.SetAction(parse => Print(globals, parse, store => store.CreateOrganiserToken(
            parse.GetRequiredValue(name), Actor, parse.GetValue(days) is { } number ? TimeSpan.FromDays(number) : null)));
        return command;
    }

    private static Command Invite(Globals globals)
    {
        var note = new Option<string>("--note") { Description = "For whom, in your words.", HelpName = "TEXT", Required = true };
        var days = DaysOption("How many days it works. Default 14.");
        var command = new Command("invite", "Make an invitation for one team and print it: this once and never again.")
        {
            note, days, globals.WorkspacePath,
        };
        command.SetAction(parse => Print(globals, parse, store => store.Invite(
            parse.GetRequiredValue(note), TimeSpan.FromDays(parse.GetValue(days) ?? 14), Actor)));
        return command;
    }

    private static Command Renew(Globals globals)
    {
        var team = new Argument<string>("TEAM") { Description = "Name or id of a team that lost its token, as the organisers' page of teams shows them." };
        var command = new Command(
            "renew", "Make a team a new token and print it: this once and never again. Every other token of the team ends, with its sessions.")
        {
            team, globals.WorkspacePath,
        };
        command.SetAction(parse => Print(globals, parse, store =>
        {
            var named = parse.GetRequiredValue(team);
            return store.RenewTokens(store.Teams().FirstOrDefault(one => one.Name == named)?.Id ?? named, Actor);
        }));
        return command;
    }

    private static int Print(Globals globals, ParseResult parse, Func<IntakeStore, IssuedSecret> make)
    {
        using var store = IntakeStore.Open(globals.OpenWorkspace(parse).IntakePath, globals.Clock);
        try
        {
            globals.Out.PrintLine(make(store).Secret);
            return Exit.Success;
        }
        catch (IntakeException refusal)
        {
            throw new WrongUseException(refusal.Message);
        }
    }

    private static Option<int?> DaysOption(string description)
    {
        var option = new Option<int?>("--days") { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (Globals.IsWholeNumber(result, out var days) && days is < 1 or > 366)
            {
                result.AddError("--days takes 1 to 366.");
            }
        });
        return option;
    }
}
