using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Spectre.Console;
using Touchstone.Harness.Boards;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Engine;
using Touchstone.Harness.Runs;
using Touchstone.Submissions;

namespace Touchstone.Harness.Commands;

/// <summary>What every command can ask for: the shared options, and where to print.</summary>
internal sealed class Globals
{
    /// <summary>File that lists the datasets.</summary>
    public Option<string> ManifestPath { get; } = new("--manifest")
    {
        Description = "The datasets manifest.",
        HelpName = "FILE",
        DefaultValueFactory = _ => "datasets.manifest",
    };

    /// <summary>Folder that holds submissions, runs, results and the store.</summary>
    public Option<string> WorkspacePath { get; } = new("--workspace")
    {
        Description = "Folder of submissions, runs, results and the store. Commands that take something in make it when it is absent.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "workspace",
    };

    /// <summary>Where tables and messages go.</summary>
    public required IAnsiConsole Out { get; init; }

    /// <summary>Where progress and errors go, so that standard output stays clean.</summary>
    public required IAnsiConsole Progress { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Opens standard output for bytes. The one who asked closes it.</summary>
    public Func<Stream> OpenOutput { get; init; } = Console.OpenStandardOutput;

    /// <summary>Finds what draws figures; null where there is none.</summary>
    public Func<string?> FindWeb { get; init; } = FigureRenderer.FindWeb;

    /// <summary>Finds this machine's container engine.</summary>
    public Func<CancellationToken, Task<DockerEngine>> ConnectAsync { get; init; } = token => DockerEngine.ConnectAsync(token: token);

    /// <summary>Reads the manifest that the command line names.</summary>
    /// <param name="parse">The command line.</param>
    public Manifest ReadManifest(ParseResult parse)
    {
        var path = parse.GetRequiredValue(ManifestPath);
        return File.Exists(path)
            ? Manifest.Read(path)
            : throw new WrongUseException(
                $"There is no datasets manifest {path}. Run touchstone where one lies, or name one with --manifest.");
    }

    /// <summary>A challenge by id or file. Every command that needs one asks for it in the same words.</summary>
    /// <param name="isRequired">Whether it must be given.</param>
    public static Option<string> ChallengeOption(bool isRequired) => new("--challenge")
    {
        Description = $"The challenge: {string.Join(", ", ChallengeFile.BuiltIn)}, or the path of a challenge file (.yaml).",
        HelpName = "C",
        Required = isRequired,
    };

    /// <summary>A phase of the challenge. Every command that takes one asks for it in the same words.</summary>
    /// <param name="which">What the phase is for, such as <c>to enter</c>.</param>
    public static Option<string?> PhaseOption(string which) => new("--phase")
    {
        Description = $"The phase {which}; left out, the challenge's only one, or test of several.",
        HelpName = "P",
    };

    /// <summary>Declared training data. Every command that takes it asks for it in the same words.</summary>
    public static Option<string[]> TrainedOnOption() => new("--trained-on")
    {
        Description = "Datasets it was trained on, by manifest id. On cases of these it is shown but not ranked.",
        HelpName = "ID",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>The datasets that an option names; null when it names none.</summary>
    /// <param name="ids">What was given.</param>
    /// <param name="manifest">The datasets that there are.</param>
    /// <exception cref="WrongUseException">One of them is unknown.</exception>
    public static IReadOnlyList<string>? TrainedOn(string[]? ids, Manifest manifest) =>
        ids?.FirstOrDefault(id => manifest.Find(id) is null) is { } unknown
            ? throw new WrongUseException($"The manifest has no dataset \"{unknown}\". `touchstone datasets list` shows what it has.")
            : ids is { Length: > 0 } ? [.. ids.Distinct().Order(StringComparer.Ordinal)] : null;

    /// <summary>Whether an option was given a number; where it was not, the parser says so itself.</summary>
    /// <param name="result">The option on the command line.</param>
    /// <param name="number">The number.</param>
    public static bool IsWholeNumber(OptionResult result, out int number)
    {
        number = 0;
        return result.Tokens is [{ Value: var text }] && int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>Opens the workspace that the command line names, and makes it where there is none.</summary>
    /// <param name="parse">The command line.</param>
    public Workspace OpenWorkspace(ParseResult parse)
    {
        var root = parse.GetRequiredValue(WorkspacePath);
        var (isThere, hasFolder) = (Workspace.IsThere(root), Directory.Exists(root));
        var workspace = Workspace.Open(root);
        TakeBack = isThere ? TakeBack : () => workspace.RemoveWhereUnused(hasFolder);
        return workspace;
    }

    /// <summary>Opens the workspace that the command line names, for a command that has nothing to do where there is none.</summary>
    /// <param name="parse">The command line.</param>
    /// <exception cref="WrongUseException">There is none.</exception>
    public Workspace FindWorkspace(ParseResult parse) => Workspace.Open(DemandWorkspace(parse.GetRequiredValue(WorkspacePath)));

    /// <summary>The folder, when it is a workspace.</summary>
    /// <param name="root">The folder.</param>
    /// <exception cref="WrongUseException">It is none.</exception>
    public static string DemandWorkspace(string root) => Workspace.IsThere(root) ? root : throw new WrongUseException(
        $"{Path.GetFullPath(root)} is no workspace: it has no workspace.key, submissions, runs or imports. Run touchstone in the folder "
        + "where it lies, or name it with --workspace.");

    /// <summary>Takes back the workspace that a command made before it met what was wrong with its options.</summary>
    public Action TakeBack { get; private set; } = static () => { };

    /// <summary>Prints JSON to standard output, as it is.</summary>
    /// <param name="utf8">The text.</param>
    public void WriteJson(ReadOnlySpan<byte> utf8)
    {
        using var output = OpenOutput();
        output.Write(utf8);
    }

    /// <summary>Says to standard error why nothing came of a command. A terminal breaks the line, we do not.</summary>
    /// <param name="message">One or more lines.</param>
    public void Complain(string message)
    {
        Progress.Profile.Out.Writer.WriteLine(message);
        Progress.Profile.Out.Writer.Flush();
    }
}
