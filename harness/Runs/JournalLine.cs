using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Touchstone.Leaderboard;

namespace Touchstone.Harness.Runs;

/// <summary>One line of the journal.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Previous">SHA-256 of the line before; empty in the first.</param>
/// <param name="File">The decision's file, from the workspace's folder on.</param>
/// <param name="Content">Its text.</param>
internal sealed record JournalLine(int Number, string Previous, string File, string Content)
{
    /// <summary>Its text, without the line's end.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, JournalJsonContext.Lines.JournalLine);

    /// <summary>What the next line holds of it.</summary>
    public string Sha256() => Convert.ToHexStringLower(SHA256.HashData(ToBytes()));
}

/// <summary>Source-generated serialiser of the journal's lines.</summary>
[JsonSerializable(typeof(JournalLine))]
internal sealed partial class JournalJsonContext : JsonSerializerContext
{
    /// <summary>A line each, for people to read, and read strictly.</summary>
    public static JournalJsonContext Lines { get; } = new(new JsonSerializerOptions(JsonForms.Result()) { WriteIndented = false });
}
