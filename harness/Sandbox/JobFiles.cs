namespace Touchstone.Harness.Sandbox;

/// <summary>A file that a container is given.</summary>
/// <param name="Name">Path below <c>inputs/</c>: at most 100 ASCII characters, folders joined by slashes.</param>
/// <param name="Path">The file on this machine, which the container cannot see; null for <paramref name="Content"/>.</param>
/// <param name="Content">What is in it where it is no file of this machine.</param>
public sealed record InputFile(string Name, string? Path, ReadOnlyMemory<byte> Content = default);

/// <summary>
/// What a container is given and what is taken out of it, where that is not CTs and their masks: a training job. The job
/// has one <see cref="StagedCase"/> then, for its name and the folder of accepted files.
/// </summary>
public sealed record JobFiles
{
    /// <summary>The files below <c>inputs/</c>, in the order in which they are copied.</summary>
    public required IReadOnlyList<InputFile> Inputs { get; init; }

    /// <summary>
    /// Where a file of the output folder belongs below the folder of accepted files, by names of ours; null when it is
    /// nothing that was asked for.
    /// </summary>
    public required Func<string, string?> Accept { get; init; }

    /// <summary>Whether an accepted file is what the job is for: without any such file it has left nothing.</summary>
    public required Func<string, bool> Counts { get; init; }

    /// <summary>What the container should have left, for messages.</summary>
    public required string Description { get; init; }

    /// <summary>Most files and folders that the output may hold.</summary>
    public required int OutputInodes { get; init; }

    /// <summary>Every folder that <see cref="Inputs"/> need, each before those in it.</summary>
    internal IReadOnlyList<string> Folders =>
    [
        .. Inputs.SelectMany(file => Parents(file.Name)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> Parents(string name)
    {
        for (var at = name.IndexOf('/', StringComparison.Ordinal); at >= 0; at = name.IndexOf('/', at + 1))
        {
            yield return name[..at];
        }
    }
}
