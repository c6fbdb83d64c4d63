using Touchstone.Harness.Commands;

namespace Touchstone.Tests.Harness.Fuzz;

/// <summary>One way to have damaged input read: a command line, or a class that only runs behind the engine.</summary>
/// <param name="Command">The command, such as <c>datasets verify</c>.</param>
/// <param name="Ground">What it reads.</param>
/// <param name="Words">What follows the command; <c>@</c> in front stands for the ground's folder.</param>
internal sealed record Target(string Command, Ground Ground, params string[] Words)
{
    /// <summary>Options whose values stay as they are, because others would take long or leave the folder.</summary>
    public IReadOnlyList<string> Fixed { get; init; } = [];

    /// <summary>Whether it is refused even where nothing is damaged.</summary>
    public bool MayBeRefused { get; init; }

    /// <summary>Only files below this folder are damaged; all when it is empty.</summary>
    public string Below { get; init; } = "";

    /// <summary>Reads the input instead of the command; null to run the command.</summary>
    public Func<CancellationToken, Task<int>>? Read { get; init; }

    /// <summary>The whole command line.</summary>
    public IReadOnlyList<string> Line() =>
    [
        .. Command.Split(' '),
        .. Words.Select(word => word.StartsWith('@') ? Path.Combine(Ground.Root, word[1..]) : word),
    ];

    /// <summary>Files to damage, those of one kind together.</summary>
    public IReadOnlyList<string[]> Files() =>
        Below.Length == 0 ? Ground.Kinds
        : [.. Ground.Kinds.Where(kind => kind[0].StartsWith(Path.Combine(Ground.Root, Below), StringComparison.Ordinal))];

    /// <summary>Runs it.</summary>
    /// <param name="invocation">The command line's.</param>
    /// <param name="line">The words.</param>
    /// <param name="stop">Stops it.</param>
    public Task<int> RunAsync(Invocation invocation, IReadOnlyList<string> line, CancellationToken stop) =>
        Read is { } read ? invocation.AnswerAsync(() => read(stop)) : invocation.RunAsync(line, stop);
}
