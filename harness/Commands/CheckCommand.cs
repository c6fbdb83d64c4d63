using System.CommandLine;
using Touchstone.Harness.Checks;
using Touchstone.Harness.Images;
using Touchstone.Harness.Meters;
using Touchstone.Harness.Remote;
using Touchstone.Harness.Runs;
using Touchstone.Submissions;

namespace Touchstone.Harness.Commands;

/// <summary><c>touchstone check</c>: a participant's dry run in the production sandbox, on public cases.</summary>
internal sealed class CheckCommand
{
    private readonly Argument<string> _image = new("IMAGE")
    {
        Description = "An archive made with `docker save` (.tar, .tar.gz), or an image reference.",
    };

    private readonly Option<string> _layout = new("--layout")
    {
        Description = "flat: inputs/<case>.nii.gz in, outputs/<case>.nii.gz out. folder: inputs/<case>/ct.nii.gz in, "
            + "outputs/<case>/segmentations/<structure>.nii.gz out.",
        HelpName = "flat|folder",
        DefaultValueFactory = _ => "flat",
    };

    private readonly Option<string[]> _cases = new("--case")
    {
        Description = "A case of your own instead of the samples: a folder with ct.nii.gz and, to be scored, "
            + "segmentations/<structure>.nii.gz. May be given several times.",
        HelpName = "DIR",
    };

    private readonly Option<string> _challenge = Globals.ChallengeOption(isRequired: false);

    private readonly Option<string?> _phase = new("--phase")
    {
        Description = "The phase whose limits hold and whose log policy decides what the report shows; left out, the challenge's "
            + "only phase, or test of several, and everything is shown.",
        HelpName = "P",
    };

    private readonly Option<string> _command = new("--command")
    {
        Description = "What /bin/bash -c runs in /workspace.",
        HelpName = "TEXT",
        DefaultValueFactory = _ => Submission.DefaultCommand[2],
    };

    private readonly Option<bool> _gpu = new("--gpu") { Description = "Ask for a GPU." };

    private readonly Option<bool> _root = new("--root")
    {
        Description = "The image works only as root. Needs an engine that remaps users, and a challenge that allows it.",
    };

    private readonly Option<int> _samples = new("--samples")
    {
        Description = "How many of the three sample cases to run.",
        HelpName = "N",
        DefaultValueFactory = _ => 3,
    };

    private readonly Option<string?> _output = new("--output")
    {
        Description = "A new folder for cases, predictions, logs, and scripts that run each case again with docker alone.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _json = new("--json")
    {
        Description = "Write the report as JSON to FILE too; - for standard output instead of the text.",
        HelpName = "FILE|-",
    };

    private readonly Option<string?> _server = new("--server")
    {
        Description = "Check by the rules that a server has now: with --challenge, and --phase where it has several.",
        HelpName = "URL",
    };

    public static Command Create(Globals globals) => new CheckCommand().Build(globals);

    private Command Build(Globals globals)
    {
        _layout.AcceptOnlyFromAmong("flat", "folder");
        _challenge.DefaultValueFactory = _ => "demo";
        _samples.Validators.Add(result =>
        {
            if (Globals.IsWholeNumber(result, out var samples) && samples is < 1 or > 3)
            {
                result.AddError("--samples takes 1, 2 or 3.");
            }
        });
        var command = new Command(
            "check",
            "Try a container image as a challenge would run it, on public sample cases, and tell what to repair. The same intake, "
            + "sandbox, limits and scoring; no attempt is counted, and nothing stays in the engine.\n\n"
            + "Exit codes: 0 pass, 1 fail, or the engine failed, 2 wrong use.")
        {
            _image, _layout, _cases, _challenge, _phase, _server, _command, _gpu, _root, _samples, _output, _json,
        };
        command.SetAction((parse, stop) => RunAsync(globals, parse, stop));
        return command;
    }

    private async Task<int> RunAsync(Globals globals, ParseResult parse, CancellationToken stop)
    {
        var request = await RequestAsync(globals, parse, stop);
        var json = parse.GetValue(_json);
        using var engine = await globals.ConnectAsync(stop);
        try
        {
            await using var folder = await CheckFolder.MakeAsync(engine, stop);
            var settings = new RunSettings
            {
                ManifestSha256 = new string('0', 64), // the cases are in no manifest, and no result leaves the folder
                Clock = globals.Clock,
                LockFolder = MachineLock.DefaultFolder,
            };
            var facts = await new ImageCheck(engine, folder, settings, globals.Progress.PrintLine).RunAsync(request, stop);
            var report = CheckReport.Of(facts, BuildVersion.Text);
            Print(globals, report, json);
            return report.IsPass ? Exit.Success : Exit.Failure;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            globals.Progress.PrintLine("Stopped. Nothing of the check is left.");
            return Exit.Failure;
        }
    }

    private async Task<CheckRequest> RequestAsync(Globals globals, ParseResult parse, CancellationToken stop)
    {
        var image = parse.GetRequiredValue(_image);
        ImageName.Check(image);
        var draft = new SubmissionDraft
        {
            Team = "check",
            Name = "check",
            Challenge = "check",
            Layout = parse.GetRequiredValue(_layout) == "folder" ? SubmissionLayout.Folder : SubmissionLayout.Flat,
            Command = parse.GetRequiredValue(_command),
            NeedsGpu = parse.GetValue(_gpu),
            NeedsRoot = parse.GetValue(_root),
        };
        draft.Check();
        var output = parse.GetValue(_output);
        if (File.Exists(output) || (Directory.Exists(output) && Directory.EnumerateFileSystemEntries(output).Any()))
        {
            throw new WrongUseException($"{output} is there already. Name a new folder: nothing is ever written over.");
        }

        var challenge = await RulesAsync(globals, parse, stop);
        return new CheckRequest
        {
            Image = image,
            Draft = draft,
            Challenge = parse.GetValue(_phase) is { } phase ? challenge.In(phase) : challenge,
            IsPhaseNamed = parse.GetValue(_phase) is not null,
            ChallengeName = parse.GetRequiredValue(_challenge),
            Server = parse.GetValue(_server),
            CaseFolders = parse.GetValue(_cases) ?? [],
            Samples = parse.GetValue(_samples),
            Output = output,
        };
    }

    private async Task<Challenge> RulesAsync(Globals globals, ParseResult parse, CancellationToken stop)
    {
        var name = parse.GetRequiredValue(_challenge);
        if (parse.GetValue(_server) is not { } address)
        {
            return ChallengeRules.FindForContainers(name);
        }

        if (parse.GetResult(_challenge) is null or { Implicit: true })
        {
            throw new WrongUseException("Name with --challenge which of the server's challenges is meant.");
        }

        using var server = new RemoteServer(RemoteSubmission.Address(address, _ => { }), token: null, globals.Clock, globals.Progress.PrintLine);
        return await new RemoteRules(server, stop).ReadAsync(name);
    }

    private static void Print(Globals globals, CheckReport report, string? json)
    {
        if (json == "-")
        {
            globals.WriteJson(report.ToJson());
            return;
        }

        if (json is not null)
        {
            File.WriteAllBytes(json, report.ToJson());
        }

        globals.Out.Profile.Out.Writer.Write($"\n{CheckText.Of(report)}");
    }
}
