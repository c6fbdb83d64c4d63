using System.CommandLine;
using System.Text.RegularExpressions;
using Touchstone.Evaluators;

namespace Touchstone.Harness.Commands;

/// <summary>What is wrong with a command line, in our words.</summary>
internal static partial class ParseWords
{
    /// <summary>A mistake that the parser found.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="message">The parser's words.</param>
    public static string Of(ParseResult parse, string message)
    {
        if (Missing().Match(message) is { Success: true } missing
            && parse.CommandResult.Command.Options.FirstOrDefault(option => option.Name == missing.Groups["name"].Value) is { } needed)
        {
            return $"{needed.Name} {needed.HelpName ?? "VALUE"} is missing. {needed.Description}";
        }

        return NoNumber().Match(message) is { Success: true } number
            ? $"{number.Groups["name"].Value} takes a {(number.Groups["type"].Value is "Double" or "Single" or "Decimal" ? "number" : "whole number")}, not \"{number.Groups["value"].Value}\"."
            : message;
    }

    /// <summary>A command or option that is spelt nearly like a word that means nothing; null where none is.</summary>
    /// <param name="parse">The command line.</param>
    public static string? Guess(ParseResult parse)
    {
        var command = parse.CommandResult.Command;
        foreach (var word in parse.UnmatchedTokens)
        {
            var known = word.StartsWith('-')
                ? command.Options.Where(option => !option.Hidden).Select(option => option.Name)
                : command.Subcommands.Where(one => !one.Hidden).Select(one => one.Name);
            if (NameGuess.Nearest(word, known) is { } near)
            {
                return word.StartsWith('-') ? $"`{near}`" : $"`{CommandLine.Path(parse.CommandResult)} {near}`";
            }
        }

        return null;
    }

    [GeneratedRegex("^Option '(?<name>--[a-z-]+)' is required\\.$", RegexOptions.ExplicitCapture)]
    private static partial Regex Missing();

    [GeneratedRegex(
        "^Cannot parse argument '(?<value>.*)' for option '(?<name>--[a-z-]+)' as expected type 'System\\.(Nullable`1\\[System\\.)?(?<type>Double|Single|Decimal|Int32|Int64|Int16|Byte)\\]?'.*$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex NoNumber();
}
