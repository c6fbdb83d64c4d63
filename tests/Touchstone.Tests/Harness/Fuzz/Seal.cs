using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstone.Harness.Runs;

namespace Touchstone.Tests.Harness.Fuzz;

/// <summary>
/// Makes checksums right again: whoever changes a file on purpose does so too, and what reads the file must stand that.
/// </summary>
internal static class Seal
{
    private const string Member = "sha256";

    /// <summary>Renews the checksum that is in a file or beside it, where there is one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">What it holds.</param>
    public static void Renew(string path, byte[] content)
    {
        var beside = path + ".sha256";
        if (File.Exists(beside))
        {
            // Another damage may have put something else there, which nobody would write into.
            if (!OwnFolder.IsLink(beside) && RegularFile.Fault(beside) is null)
            {
                var text = File.ReadAllText(beside);
                File.WriteAllText(beside, Hash(content) + (text.Length > 64 ? text[64..] : "\n"));
            }
        }
        else if (path.EndsWith(".json", StringComparison.Ordinal) && Inside(Encoding.UTF8.GetString(content)) is { } renewed)
        {
            File.WriteAllText(path, renewed);
        }
    }

    /// <summary>The same object, with the checksum of its other lines on its second line.</summary>
    private static string? Inside(string text)
    {
        try
        {
            if (!text.Contains($"\"{Member}\"", StringComparison.Ordinal)
                || JsonNode.Parse(text) is not JsonObject { Count: > 1 } item || item.First().Key != Member)
            {
                return null;
            }

            item.Remove(Member);
            var rest = item.ToJsonString()[1..];
            return $"{{\n  \"{Member}\": \"{Hash(Encoding.UTF8.GetBytes(rest))}\",\n{rest}";
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            return null; // it is no JSON any more, or has a member twice
        }
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
