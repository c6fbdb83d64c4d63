using System.Diagnostics;
using System.Globalization;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Server.Boards;

namespace Touchstone.Benchmarks;

/// <summary>
/// A large board from the store to the reader: how long making it takes and in how much memory, and how fast its pages
/// come from the real server and open in Chromium.
/// </summary>
internal static class BoardLoad
{
    private const string Filled = "filled";

    /// <summary>Makes a contest, its board, and looks at it.</summary>
    /// <param name="folder">Where it is made.</param>
    /// <param name="options"><c>--entries N --cases N --structures N</c>; <c>--keep</c> leaves everything for the next time, when <c>--pages</c> may
    /// look at its pages alone.</param>
    public static async Task PrintAsync(string folder, string[] options)
    {
        int Of(string name, int usual) => Array.IndexOf(options, name) is >= 0 and var at
            ? int.Parse(options[at + 1], CultureInfo.InvariantCulture) : usual;
        var contest = new SyntheticContest(Of("--entries", 100), Of("--cases", 10_000), Of("--structures", 25));
        var root = Directory.CreateDirectory(Path.Combine(folder, Text(
            $"touchstone-board-{contest.Entries}x{contest.Cases}x{contest.Structures}"))).FullName;
        try
        {
            Console.WriteLine(Text(
                $"{contest.Entries} submissions x {contest.Cases} cases x {contest.Structures} structures, {Environment.ProcessorCount} cores"));
            Fill(contest, root);
            if (!options.Contains("--pages"))
            {
                Make(root);
            }

            await PageLoad.PrintAsync(Workspace.Open(Path.Combine(root, "workspace")), Path.Combine(root, "datasets.manifest"));
        }
        finally
        {
            if (!options.Contains("--keep"))
            {
                Directory.Delete(root, recursive: true);
            }
        }
    }

    /// <summary>Publishes as the worker of a server does; run as a process of its own.</summary>
    /// <param name="root">Where the contest is.</param>
    public static async Task PublishAsync(string root)
    {
        var workspace = Workspace.Open(Path.Combine(root, "workspace"));
        var publisher = new BoardPublisher(
            workspace, () => Manifest.Read(Path.Combine(root, "datasets.manifest")), TimeProvider.System, Console.WriteLine);
        var clock = Stopwatch.StartNew();
        await publisher.RenewAsync(new HashSet<string>());
        Console.WriteLine(Text(
            $"made in {clock.Elapsed.TotalSeconds:F0} s, {Volumes.Cpu().TotalSeconds:F0} s of CPU, at most {Kilobytes("VmHWM:") / 1024.0:F0} MiB of memory; load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]}"));
    }

    private static void Fill(SyntheticContest contest, string root)
    {
        var clock = Stopwatch.StartNew();
        if (!File.Exists(Path.Combine(root, Filled)))
        {
            contest.Fill(contest.Lay(root), told => Console.Error.WriteLine(Text($"  {told} entries in {clock.Elapsed.TotalSeconds:F0} s")));
            File.WriteAllText(Path.Combine(root, Filled), "");
        }

        var bytes = new FileInfo(Path.Combine(root, "workspace", "store.sqlite")).Length;
        Console.WriteLine(Text($"store of {bytes / 1e6:F0} MB, filled in {clock.Elapsed.TotalSeconds:F0} s"));
    }

    private static void Make(string root)
    {
        var boards = Path.Combine(root, "workspace", "boards");
        if (Directory.Exists(boards))
        {
            Directory.Delete(boards, recursive: true);
        }

        using var process = Process.Start(Environment.ProcessPath!, ["board-publish", root]);
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"Publishing ended with {process.ExitCode}.");
        }

        var files = new DirectoryInfo(boards).GetFiles("*", SearchOption.AllDirectories);
        Console.WriteLine(Text(
            $"edition: {files.Length} files, {files.Where(file => file.Extension != ".gz").Sum(file => file.Length) / 1e6:F0} MB and {files.Where(file => file.Extension == ".gz").Sum(file => file.Length) / 1e6:F0} MB compressed beside them"));
        foreach (var file in files.OrderByDescending(file => file.Length).Take(6))
        {
            Console.WriteLine(Text($"  {file.Length / 1e6,8:F1} MB  {file.Name}"));
        }
    }

    private static long Kilobytes(string line) => long.Parse(
        File.ReadLines("/proc/self/status").First(one => one.StartsWith(line, StringComparison.Ordinal))
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
