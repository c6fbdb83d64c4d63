using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Touchstone.Submissions;

namespace Touchstone.Harness.Runs;

/// <summary>
/// A change of a challenge's living rules: <c>challenges/&lt;challenge&gt;.amendments/1.json</c> and so on, each written once. The
/// newest one's text holds; the file that was first entered stays as it is.
/// </summary>
public sealed record Amendment
{
    /// <summary>Layout of the file.</summary>
    public const int CurrentSchema = 1;

    /// <summary>Layout of the file.</summary>
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>Its place among the challenge's amendments, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who, for operators.</summary>
    public required string By { get; init; }

    /// <summary>Why, for everybody.</summary>
    public required string Reason { get; init; }

    /// <summary>What changed, for everybody; at least one.</summary>
    public required IReadOnlyList<RuleChange> Changes { get; init; }

    /// <summary>SHA-256 of the text that held before, hexadecimal.</summary>
    public required string Before { get; init; }

    /// <summary>The whole challenge file that holds from now on.</summary>
    public required string Text { get; init; }

    /// <summary>SHA-256 of <see cref="Text"/>, hexadecimal.</summary>
    public required string Sha256 { get; init; }
}

/// <summary>Reads and writes amendments.</summary>
public static class AmendmentFile
{
    /// <summary>Writes an amendment.</summary>
    /// <param name="workspace">Where.</param>
    /// <param name="challenge">Id of the challenge.</param>
    /// <param name="amendment">What changes.</param>
    /// <returns>False when somebody else wrote one of the same number meanwhile.</returns>
    public static bool Write(Workspace workspace, string challenge, Amendment amendment) => DurableFile.WriteOnce(
        PathOf(workspace.Root, challenge, amendment.Number),
        [.. JsonSerializer.SerializeToUtf8Bytes(amendment, AmendmentJson.Default.Amendment), (byte)'\n']);

    /// <summary>The number of the newest amendment; 0 where there is none.</summary>
    /// <param name="root">Folder of the workspace.</param>
    /// <param name="challenge">Id of the challenge.</param>
    public static int Newest(string root, string challenge)
    {
        var number = 0;
        while (File.Exists(PathOf(root, challenge, number + 1)))
        {
            number++;
        }

        return number;
    }

    /// <summary>Every amendment of a challenge, the oldest first.</summary>
    /// <param name="root">Folder of the workspace.</param>
    /// <param name="challenge">Id of the challenge.</param>
    /// <exception cref="InvalidDataException">One of them is damaged, or does not follow the one before it.</exception>
    public static IReadOnlyList<Amendment> ReadAll(string root, string challenge)
    {
        var all = new List<Amendment>();
        for (var number = 1; File.Exists(PathOf(root, challenge, number)); number++)
        {
            var path = PathOf(root, challenge, number);
            var one = Read(path, number);
            if (all.Count > 0 && one.Before != all[^1].Sha256)
            {
                throw new InvalidDataException($"{path} does not follow the amendment before it: restore the folder from a backup.");
            }

            all.Add(one);
        }

        return all;
    }

    /// <summary>SHA-256 of a challenge file's text, as challenges state their own.</summary>
    /// <param name="text">The text.</param>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static Amendment Read(string path, int number)
    {
        try
        {
            var one = JsonSerializer.Deserialize(RegularFile.ReadAllBytes(path), AmendmentJson.Default.Amendment)
                ?? throw new JsonException("The file is empty.");
            return one.Schema != Amendment.CurrentSchema ? throw new JsonException($"Schema {one.Schema}; this build reads {Amendment.CurrentSchema}.")
                : one.Number != number ? throw new JsonException($"It says that it is number {one.Number}.")
                : one.Sha256 != HashOf(one.Text) ? throw new JsonException("Its text is not the one that was written.")
                : one;
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{path} is no amendment: {Touchstone.Evaluators.JsonWords.Of(fault)} Restore it from a backup.", fault);
        }
    }

    private static string PathOf(string root, string challenge, int number) => Path.Combine(
        root, "challenges", $"{challenge}.amendments", string.Create(CultureInfo.InvariantCulture, $"{number}.json"));
}

/// <summary>Source-generated serialisers of amendments.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n",
    RespectNullableAnnotations = true, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(Amendment))]
internal sealed partial class AmendmentJson : JsonSerializerContext;
