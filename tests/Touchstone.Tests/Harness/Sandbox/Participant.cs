using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Tests.Harness;

/// <summary>A container of <c>tests/participants</c>: what it tries and how it must end stand at the top of its script.</summary>
/// <param name="Name">Its folder.</param>
/// <param name="Ending">How it must end.</param>
/// <param name="Layout">Its layout.</param>
internal sealed record Participant(string Name, Ending Ending, SubmissionLayout Layout)
{
    public static IReadOnlyList<Participant> All { get; } =
    [
        .. Directory.EnumerateDirectories(Repository.File("tests", "participants")).Order(StringComparer.Ordinal).Select(Read),
    ];

    /// <summary>How it is started; every participant lies in the one image of the tests.</summary>
    public IReadOnlyList<string> Command => ["/bin/sh", $"{Name}/predict.sh"];

    public byte[] Script => File.ReadAllBytes(Path(Name));

    public static Participant Named(string name) => All.Single(participant => participant.Name == name);

    private static Participant Read(string folder)
    {
        var name = System.IO.Path.GetFileName(folder);
        var head = File.ReadLines(Path(name)).Take(5).ToArray();
        return new Participant(
            name,
            Enum.Parse<Ending>(Value(head, "Ending") ?? throw new InvalidOperationException($"{name} names no ending.")),
            Value(head, "Layout") == "folder" ? SubmissionLayout.Folder : SubmissionLayout.Flat);
    }

    private static string? Value(string[] head, string key) =>
        head.FirstOrDefault(line => line.StartsWith($"# {key}: ", StringComparison.Ordinal))?[(key.Length + 4)..];

    private static string Path(string name) => Repository.File("tests", "participants", name, "predict.sh");
}
