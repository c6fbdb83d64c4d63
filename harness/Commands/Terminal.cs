using Spectre.Console;

namespace Touchstone.Harness.Commands;

/// <summary>Consoles that print plain text into files and pipes.</summary>
internal static class Terminal
{
    private const int WidthOfFiles = 160;

    public static IAnsiConsole Create(TextWriter writer, bool isRedirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isRedirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = isRedirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (isRedirected)
        {
            console.Profile.Width = WidthOfFiles;
        }

        return console;
    }

    /// <summary>Prints a line; into a file or pipe it is never broken.</summary>
    /// <param name="console">Where.</param>
    /// <param name="line">Plain text. What an engine, an image or an archive wrote can stand in it, so it is cleaned.</param>
    public static void PrintLine(this IAnsiConsole console, string line)
    {
        line = LogText.Clean(line);
        if (console.Profile.Capabilities.Interactive)
        {
            console.WriteLine(line);
        }
        else
        {
            console.Profile.Out.Writer.WriteLine(line);
            console.Profile.Out.Writer.Flush();
        }
    }
}
