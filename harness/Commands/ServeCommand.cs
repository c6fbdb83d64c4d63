using System.CommandLine;
using System.Net;
using Microsoft.AspNetCore.Http;
using Touchstone.Harness.Intake;
using Touchstone.Harness.Server;
using Touchstone.Harness.Server.Pages;
using Touchstone.Harness.Server.Uploads;
using Touchstone.Harness.Server.Work;

namespace Touchstone.Harness.Commands;

/// <summary><c>touchstone serve</c>: the site live, with submission and administration.</summary>
internal static class ServeCommand
{
    public static Command Create(Globals globals)
    {
        var urls = new Option<string[]>("--urls")
        {
            Description = "Where to listen. Anything but this machine itself belongs behind a proxy that speaks HTTPS.",
            HelpName = "URL",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => ["http://127.0.0.1:5080"],
        };
        var proxies = new Option<string[]>("--proxy")
        {
            Description = "Address of a proxy in front, whose word on where requests come from is taken.",
            HelpName = "ADDRESS",
            AllowMultipleArgumentsPerToken = true,
        };
        var challenges = new Option<string[]>("--challenge")
        {
            Description = "Challenges to take attempts for, by id or file; all whose cases are on this machine when none is given.",
            HelpName = "C",
            AllowMultipleArgumentsPerToken = true,
        };
        var registries = new Option<string[]>("--registry")
        {
            Description = "Registries that images may be fetched from, by host; none when none is given: archives only.",
            HelpName = "HOST",
            AllowMultipleArgumentsPerToken = true,
        };
        var noWorker = new Option<bool>("--no-worker")
        {
            Description = "Take attempts in without running them; `touchstone work` runs them.",
        };
        var leastFree = WorkCommand.LeastFreeOption();
        var timing = new TimingOptions();
        var command = new Command(
            "serve",
            "Serve the site live: teams register, upload, submit and watch; organisers look after the queue. Kill it at any "
            + "moment: nothing that was acknowledged is lost.")
        {
            urls, proxies, challenges, registries, noWorker, leastFree, globals.ManifestPath, globals.WorkspacePath,
        };
        foreach (var option in timing.OfMachine)
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parse, stop) =>
        {
            var manifest = globals.ReadManifest(parse);
            var hasGpu = timing.HasGpu(parse);
            var settings = new ServerSettings
            {
                Urls = [.. parse.GetRequiredValue(urls).Select(Place)],
                Proxies = [.. (parse.GetValue(proxies) ?? []).Select(Address)],
                ProblemPages = ProblemPages.Of(globals.Clock),
            };
            var workspace = globals.OpenWorkspace(parse);
            var open = OpenChallenges.Find(workspace, manifest, parse.GetValue(challenges));
            using var only = workspace.LockServer();
            using var store = IntakeStore.Open(workspace.IntakePath, globals.Clock);
            var desk = new Desk
            {
                Workspace = workspace,
                Store = store,
                Uploads = new UploadFolder(workspace.UploadsPath, store, WorkCommand.Watch(workspace, parse.GetValue(leastFree))),
                Manifest = manifest,
                ReadManifest = () => globals.ReadManifest(parse),
                Challenges = open,
                Reports = new CaseReports(workspace),
                Boards = new BoardFolder(workspace),
                Registries = new Registries(parse.GetValue(registries) ?? []),
                HasGpu = hasGpu,
                Clock = globals.Clock,
                Log = globals.Progress.PrintLine,
            };
            await using var server = await TouchstoneServer.StartAsync(desk, settings, Routes.All, stop);
            Greet(globals, desk, server);
            await using var worker = parse.GetValue(noWorker)
                ? null
                : WorkerProcess.Start([.. Arguments(globals, parse, leastFree), .. timing.Arguments(parse)], globals.Clock, globals.Progress.PrintLine);
            await server.WaitAsync(stop);
            return Exit.Success;
        });
        return command;
    }

    private static void Greet(Globals globals, Desk desk, TouchstoneServer server)
    {
        foreach (var address in server.Addresses)
        {
            globals.Out.PrintLine($"Listening on {address}");
            if (Uri.TryCreate(address, UriKind.Absolute, out var uri) && !uri.IsLoopback && uri.Scheme == Uri.UriSchemeHttp)
            {
                globals.Progress.PrintLine(
                    "Others can reach this address, and what they send can be read on the way. Put a proxy that speaks HTTPS in front.");
            }
        }

        var open = desk.Challenges.All.Select(one => one.Id).ToList();
        globals.Progress.PrintLine(open.Count > 0
            ? $"Taking attempts for {string.Join(", ", open)}."
            : "No challenge has its cases on this machine: nothing can be submitted. `touchstone datasets list` shows what is missing.");
        if (!desk.HasGpu)
        {
            globals.Progress.PrintLine("This machine has no GPU: attempts that ask for one are refused.");
        }

        if (desk.Store.Tokens(null).Count == 0)
        {
            globals.Progress.PrintLine("There is no organiser yet. On this machine: touchstone token create --admin --name NAME");
        }
    }

    private static IReadOnlyList<string> Arguments(Globals globals, ParseResult parse, Option<long> leastFree) =>
    [
        "work", "--with-parent",
        "--workspace", Path.GetFullPath(parse.GetRequiredValue(globals.WorkspacePath)),
        "--manifest", Path.GetFullPath(parse.GetRequiredValue(globals.ManifestPath)),
        "--least-free-mb", FormattableString.Invariant($"{parse.GetValue(leastFree)}"),
    ];

    private static string Place(string url)
    {
        try
        {
            if (BindingAddress.Parse(url) is { Scheme: "http", PathBase: "", Port: >= 0 and <= IPEndPoint.MaxPort })
            {
                return url;
            }
        }
        catch (FormatException)
        {
            // No address at all.
        }

        throw new WrongUseException(
            $"--urls \"{url}\" is no place to listen: http://ADDRESS:PORT is one, such as http://127.0.0.1:5080. HTTPS is the work of a proxy in front.");
    }

    private static IPAddress Address(string text) => IPAddress.TryParse(text, out var address)
        ? address
        : throw new WrongUseException($"\"{text}\" is no address of a proxy, such as 127.0.0.1.");
}
