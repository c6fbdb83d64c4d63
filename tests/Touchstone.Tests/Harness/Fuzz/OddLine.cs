using System.CommandLine;

namespace Touchstone.Tests.Harness.Fuzz;

/// <summary>Writes a command line as nobody meant it. What a command writes stays in the trial's folder.</summary>
internal static class OddLine
{
    private static readonly string[] Written = ["--output", "--json", "--csv", "--figures", "--replay-output", "--workspace", "--images"];

    /// <summary>Changes the words of a target's command line.</summary>
    /// <param name="root">The whole command line's grammar.</param>
    /// <param name="target">The target.</param>
    /// <param name="random">Decides how.</param>
    public static IReadOnlyList<string> Of(RootCommand root, Target target, Random random)
    {
        var line = target.Line().ToList();
        var command = (Command)root;
        var depth = 0;
        while (depth < line.Count && command.Subcommands.FirstOrDefault(one => one.Name == line[depth]) is { } next)
        {
            (command, depth) = (next, depth + 1);
        }

        for (var n = 1 + random.Next(2); n > 0; n--)
        {
            Change(line, depth, command, target, random);
        }

        return line;
    }

    private static void Change(List<string> line, int depth, Command command, Target target, Random random)
    {
        var at = depth < line.Count ? random.Next(depth, line.Count) : line.Count;
        switch (random.Next(6))
        {
            case 0 when at < line.Count:
                line.RemoveAt(at);
                break;
            case 1 when at < line.Count:
                line.Add(line[at]);
                break;
            case 2:
                line.Insert(at, Value(IsWritten(line, at, command) ? "--output" : "", target, random));
                break;
            case 3 when at < line.Count && !line[at].StartsWith('-') && !(at > 0 && target.Fixed.Contains(line[at - 1])):
                line[at] = Value(at > 0 && line[at - 1].StartsWith("--", StringComparison.Ordinal) ? line[at - 1] : "", target, random);
                break;
            default:
                var options = command.Options.Where(one => !target.Fixed.Contains(one.Name)).ToList();
                if (options.Count > 0)
                {
                    var option = options[random.Next(options.Count)];
                    line.Add(option.Name);
                    line.Add(Value(option.Name, target, random));
                }

                break;
        }
    }

    // An argument may be a place to write to, as that of `init` is: odd words go to the end of other commands only.
    private static bool IsWritten(List<string> line, int at, Command command) =>
        command.Arguments.Count > 0 || (at > 0 && Written.Contains(line[at - 1]));

    private static string Value(string option, Target target, Random random) =>
        Written.Contains(option) || random.Next(3) == 0
            ? Path.Combine(target.Ground.Root, OddValues.Names[random.Next(OddValues.Names.Length)])
            : OddValues.Words[random.Next(OddValues.Words.Length)];
}
