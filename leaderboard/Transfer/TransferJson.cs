using System.Text.Json;
using System.Text.Json.Serialization;

namespace Touchstone.Leaderboard.Transfer;

/// <summary>
/// Writes a report as the JSON of <c>touchstone transfer report --json</c>: camelCase, numbers round-trip exact, fractions
/// instead of percent, null for undefined.
/// </summary>
public static class TransferJson
{
    private static readonly TransferJsonContext Context = new(JsonForms.Report(
        new JsonStringEnumConverter<TrialState>(JsonNamingPolicy.CamelCase)));

    /// <summary>UTF-8 text of a report, ending in a newline.</summary>
    /// <param name="report">What to write.</param>
    public static byte[] Write(TransferReport report) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(report, Context.TransferReport), (byte)'\n'];
}

/// <summary>Source-generated serialisers of reports.</summary>
[JsonSerializable(typeof(TransferReport))]
internal sealed partial class TransferJsonContext : JsonSerializerContext;
