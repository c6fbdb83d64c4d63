namespace Touchstone.Tests.Harness.EndToEnd;

/// <summary>The example containers' archives, built when they are not there yet.</summary>
public sealed class ExampleImages
{
    private static readonly string Folder = Repository.File(".artifacts", "images");

    public ExampleImages() => Build();

    /// <summary>Builds examples; all that are written in C# when none is named. What is up to date is left alone.</summary>
    public static void Build(params string[] names) =>
        CommandRun.Of(Repository.File("submissions", "examples", "build.sh"), ["--output", Folder, .. names]).Succeeded();

    /// <summary>The archive of an example.</summary>
    public static string Archive(string name) => Path.Combine(Folder, $"{name}.tar");
}
