using System.CommandLine;
using System.Globalization;
using System.Text;
using Touchstone.Harness.Commands;

namespace Touchstone.Tests.Harness.Fuzz;

/// <summary>Tries numbered inputs. A number means the same input in every run, as far as stores without secrets go.</summary>
internal sealed class CommandFuzz : IDisposable
{
    private readonly Trial _trial = new();

    /// <summary>Lays everything out.</summary>
    public CommandFuzz() => Targets = Targets.MakeAsync(SucceedAsync).GetAwaiter().GetResult();

    /// <summary>What is tried.</summary>
    public Targets Targets { get; }

    /// <summary>The grammar of the command line.</summary>
    public RootCommand Grammar => _trial.Grammar;

    /// <summary>How long each command took, for people.</summary>
    public string Times => string.Join(", ", _trial.Times.OrderByDescending(one => one.Value.Seconds).Select(one => string.Create(
        CultureInfo.InvariantCulture, $"{one.Key} {one.Value.Count} × {one.Value.Seconds / one.Value.Count:0.000} s")));

    /// <summary>How often each exit code was seen.</summary>
    public IReadOnlyList<int> Ends => _trial.Ends;

    public void Dispose()
    {
        Targets.Dispose();
        _trial.Dispose();
    }

    /// <summary>Runs a target as it is meant; it must do its work, as far as that goes without an engine.</summary>
    /// <param name="target">The target.</param>
    public async Task<string?> SoundAsync(Target target)
    {
        target.Ground.Restore();
        var failure = await _trial.RunAsync(target, target.Line());
        return failure is { MayBeChance: false } ? $"{string.Join(' ', target.Line())}: {failure}"
            : _trial.Code == Exit.Success || _trial.Said.Contains("engine", StringComparison.Ordinal)
                || target.MayBeRefused ? null
            : $"{string.Join(' ', target.Line())}: {_trial.Said}";
    }

    /// <summary>Tries an input.</summary>
    /// <param name="number">Its number.</param>
    /// <returns>What is wrong with what came of it; null when nothing is.</returns>
    public async Task<Failure?> TryAsync(int number)
    {
        Failure? failure = null;
        for (var again = 0; again < 2; again++)
        {
            var (target, line, _) = Prepare(number, int.MaxValue);
            failure = await _trial.RunAsync(target, line);
            if (failure?.MayBeChance != true)
            {
                return failure;
            }
        }

        return failure;
    }

    /// <summary>Makes a failure as small as it gets, keeps its files, and tells everything about it.</summary>
    /// <param name="number">The input's number.</param>
    /// <param name="failure">What came of it.</param>
    public async Task<string> ExplainAsync(int number, Failure failure)
    {
        var least = int.MaxValue;
        for (var damages = 0; damages < 3 && least == int.MaxValue && !failure.Kind.EndsWith(" hangs", StringComparison.Ordinal); damages++)
        {
            var (tried, words, _) = Prepare(number, damages);
            least = (await _trial.RunAsync(tried, words))?.Kind == failure.Kind ? damages : least;
        }

        var (target, line, damaged) = Prepare(number, least);
        var kept = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"touchstone-fuzz-failed-{number}"));
        Keep(target.Ground.Root, kept);
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"input {number} (TOUCHSTONE_FUZZ={number}), its files in {kept}");
        text.AppendLine($"touchstone {string.Join(' ', line.Select(Quoted))}".Replace(target.Ground.Root, kept, StringComparison.Ordinal));
        foreach (var path in damaged)
        {
            text.AppendLine(Difference.Of(Path.GetRelativePath(target.Ground.Root, path), target.Ground.Sound(path), path));
        }

        text.Append(string.Join('\n', failure.Detail.Split('\n').Take(14)));
        await File.WriteAllTextAsync($"{kept}.txt", $"{failure.Kind}\n{text}\n");
        return text.ToString();
    }

    private static string Quoted(string word) => word.Length > 300 ? $"'{word[..40]}…' ({word.Length} characters)"
        : word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_./:".Contains(letter, StringComparison.Ordinal)) ? word : $"'{word}'";

    private static void Keep(string root, string kept)
    {
        if (Directory.Exists(kept))
        {
            Directory.Delete(kept, recursive: true);
        }

        using var copy = System.Diagnostics.Process.Start("cp", ["-a", root, kept]);
        copy.WaitForExit();
    }

    /// <summary>Lays out an input.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="damages">Do at most so many of its damages.</param>
    private (Target Target, IReadOnlyList<string> Line, IReadOnlyList<string> Damaged) Prepare(int number, int damages)
    {
        var random = new Random(number);
        var target = Targets.All[random.Next(Targets.All.Count)];
        if (target.Command == "publish" && random.Next(16) > 0)
        {
            target = Targets.All[random.Next(Targets.All.Count)]; // it takes longer than all others together
        }

        target.Ground.Restore();
        var files = target.Files();
        var isOddLine = target.Read is null && (files.Count == 0 || random.Next(4) == 0);
        var line = isOddLine ? OddLine.Of(Grammar, target, random) : target.Line();
        var damaged = new List<string>();
        for (var n = isOddLine ? random.Next(2) : 1 + random.Next(2); n > 0 && files.Count > 0 && damaged.Count < damages; n--)
        {
            var kind = files[random.Next(files.Count)];
            var path = kind[random.Next(kind.Length)];
            if (!damaged.Contains(path))
            {
                Damage.Apply(path, random);
                damaged.Add(path);
            }
        }

        return (target, line, damaged);
    }

    private async Task SucceedAsync(string[] line)
    {
        var failure = await _trial.RunAsync(new Target(line[0], new Ground(Directory.CreateTempSubdirectory().FullName)), line);
        Assert.True(failure is null or { MayBeChance: true } && _trial.Code == Exit.Success, $"{string.Join(' ', line)}: {failure} {_trial.Said}");
    }
}
