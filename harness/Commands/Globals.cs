using System.CommandLine;
using Spectre.Console;
using Touchstone.Harness.Datasets;
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
        Recursive = true,
    };

    /// <summary>Folder that holds submissions, runs, results and the store.</summary>
    public Option<string> WorkspacePath { get; } = new("--workspace")
    {
        Description = "Folder of submissions, runs, results and the store; made when it is absent.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "workspace",
        Recursive = true,
    };

    /// <summary>Where tables and messages go.</summary>
    public required IAnsiConsole Out { get; init; }

    /// <summary>Where progress and errors go, so that standard output stays clean.</summary>
    public required IAnsiConsole Progress { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Reads the manifest that the command line names.</summary>
    /// <param name="parse">The command line.</param>
    public Manifest ReadManifest(ParseResult parse) => Manifest.Read(parse.GetRequiredValue(ManifestPath));

    /// <summary>Reads a challenge: a file when the text is the path of one, else one that comes with Touchstone.</summary>
    /// <param name="text">Id or path.</param>
    public static Challenge ReadChallenge(string text) =>
        text.EndsWith(".yaml", StringComparison.Ordinal) || text.EndsWith(".yml", StringComparison.Ordinal)
            ? File.Exists(text)
                ? ChallengeFile.Parse(Path.GetFileNameWithoutExtension(text), text, File.ReadAllText(text))
                : throw new SubmissionException(SubmissionFault.UnknownChallenge, $"There is no challenge file {text}.")
            : ChallengeFile.ReadBuiltIn(text);

    /// <summary>Prints JSON to standard output, as it is.</summary>
    /// <param name="utf8">The text.</param>
    public static void WriteJson(ReadOnlySpan<byte> utf8)
    {
        using var output = Console.OpenStandardOutput();
        output.Write(utf8);
    }
}
