using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Xunit.Abstractions;

namespace Touchstone.Tests.Harness.Fuzz;

/// <summary>
/// Every command on damaged files and odd words. Whatever comes of it must be an exit code from 0 to 2, with words where it
/// is not 0, soon and in little memory. TOUCHSTONE_LONG=1 makes it 100,000 inputs; TOUCHSTONE_FUZZ=A-B tries those numbers, and
/// A-B-S no longer than S seconds.
/// </summary>
public sealed class CommandFuzzTests(CommandFuzzTests.Prepared prepared, ITestOutputHelper output)
    : IClassFixture<CommandFuzzTests.Prepared>
{
    private static readonly (int From, int To, int Seconds) Numbers = Range();

    [Fact]
    public void Commands_AllOfThem_AreTriedOrItIsSaidWhyNot()
    {
        var run = prepared.Run;
        string[] commands = [.. Leaves(run.Grammar, "")];

        var tried = run.Targets.All.Where(target => target.Read is null).Select(target => target.Command).Concat(Targets.NotRun.Keys);

        Assert.Equal(commands.Order(StringComparer.Ordinal), tried.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Commands_SoundInput_SucceedOrSayThatTheEngineIsMissing()
    {
        var run = prepared.Run;
        List<string> refused = [];
        foreach (var target in run.Targets.All)
        {
            refused.AddRange(await run.SoundAsync(target) is { } words ? [words] : (string[])[]);
        }

        Assert.True(refused.Count == 0, string.Join('\n', refused));
    }

    [Fact]
    public async Task Commands_DamagedInput_EndInWords()
    {
        var run = prepared.Run;
        var clock = Stopwatch.StartNew();
        var failures = new SortedDictionary<string, (int Count, string First)>(StringComparer.Ordinal);
        var number = Numbers.From;
        for (; number < Numbers.To && clock.Elapsed.TotalSeconds < Numbers.Seconds; number++)
        {
            if (await run.TryAsync(number) is { } failure)
            {
                var known = failures.GetValueOrDefault(failure.Kind);
                failures[failure.Kind] = (known.Count + 1, known.First ?? await run.ExplainAsync(number, failure));
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{number - Numbers.From} inputs in {clock.Elapsed.TotalSeconds:0} s; exit codes 0, 1, 2: {string.Join(", ", run.Ends)}\n{run.Times}"));
        Assert.True(failures.Count == 0, Describe(failures));
    }

    private static string Describe(IReadOnlyDictionary<string, (int Count, string First)> failures)
    {
        var text = new StringBuilder();
        foreach (var (kind, (count, first)) in failures)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n=== {kind}, {count} times. The first:\n{first}\n");
        }

        return text.ToString();
    }

    private static IEnumerable<string> Leaves(Command command, string path) => command.Subcommands.Count == 0
        ? [path]
        : command.Subcommands.SelectMany(one => Leaves(one, path.Length == 0 ? one.Name : $"{path} {one.Name}"));

    private static (int From, int To, int Seconds) Range()
    {
        if (Environment.GetEnvironmentVariable("TOUCHSTONE_FUZZ") is { } text)
        {
            int[] parts = [.. text.Split('-').Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
            return (parts[0], parts.Length > 1 ? parts[1] : parts[0] + 1, parts.Length > 2 ? parts[2] : int.MaxValue);
        }

        return (0, Environment.GetEnvironmentVariable("TOUCHSTONE_LONG") == "1" ? 100_000 : 5_000, int.MaxValue);
    }

    /// <summary>The folders that all of them use.</summary>
    public sealed class Prepared : IDisposable
    {
        internal CommandFuzz Run { get; } = new();

        public void Dispose() => Run.Dispose();
    }
}
