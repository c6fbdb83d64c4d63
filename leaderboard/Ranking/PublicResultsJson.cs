using System.Text.Json;
using System.Text.Json.Serialization;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard;

/// <summary>
/// What everybody may know of one result: a type of its own, so that nothing reaches participants by accident.
/// </summary>
internal sealed record PublicResult
{
    public required string Entry { get; init; }

    public required string Dataset { get; init; }

    /// <summary>Id of a public case, pseudonym of a hidden one.</summary>
    public required string Case { get; init; }

    public required bool IsInDistribution { get; init; }

    public required Ending Ending { get; init; }

    public required string EndingDetail { get; init; }

    public required Limits Limits { get; init; }

    public required Timing Timing { get; init; }

    public required Machine Machine { get; init; }

    public required Provenance Provenance { get; init; }

    /// <summary>Version of the reference masks; null in results of older builds, which knew version 1 only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ReferenceVersion { get; init; }

    public required IReadOnlyList<PublicScore> Scores { get; init; }
}

/// <summary>What everybody may know of one score.</summary>
/// <param name="Structure">Canonical name.</param>
/// <param name="Dsc">Dice similarity coefficient.</param>
/// <param name="Nsd">Normalised surface Dice.</param>
/// <param name="HdMm">Hausdorff distance, millimetres.</param>
/// <param name="Hd95Mm">Its 95th percentile, millimetres.</param>
/// <param name="AssdMm">Average symmetric surface distance, millimetres.</param>
internal sealed record PublicScore(
    string Structure, double? Dsc, double? Nsd, double? HdMm, double? Hd95Mm, double? AssdMm);

/// <summary>A protocol and everything that was scored by it.</summary>
/// <param name="Contest">Id of the contest.</param>
/// <param name="Protocol">Metric definitions.</param>
/// <param name="ToleranceMm">NSD tolerance in millimetres.</param>
/// <param name="Results">By entry, then in the contest's order of cases.</param>
internal sealed record PublicResults(
    string Contest, string Protocol, double ToleranceMm, IEnumerable<PublicResult> Results);

/// <summary>Writes the results of a contest for everybody.</summary>
internal static class PublicResultsJson
{
    private static readonly PublicResultsJsonContext Context = new(JsonForms.Report(
        new JsonStringEnumConverter<Ending>(JsonNamingPolicy.CamelCase),
        new JsonStringEnumConverter<EntryOrigin>(JsonNamingPolicy.CamelCase)));

    /// <summary>Writes UTF-8 text, ending in a newline, with the results of one entry in memory at a time.</summary>
    public static void Write(Stream stream, CountedScores scores, ResultSet set)
    {
        var results = from entry in scores.Entries
                      let whole = ExpectedCase.Arrange(scores.Cases, set.OfEntry(entry.Id))
                      from one in scores.Cases
                      let result = whole[one.Index]
                      where result is not null
                      select Public(one, result);
        var contest = scores.Contest;
        JsonSerializer.Serialize(
            stream, new PublicResults(contest.Id, contest.Protocol, contest.ToleranceMm, results), Context.PublicResults);
        stream.WriteByte((byte)'\n');
    }

    private static PublicResult Public(ExpectedCase one, CaseResult result) => new()
    {
        Entry = result.Entry.Id,
        Dataset = one.Dataset.Id,
        Case = one.ShownName,
        IsInDistribution = one.Case.IsInDistribution,
        Ending = result.Ending,
        EndingDetail = result.EndingDetail,
        Limits = result.Limits,
        Timing = one.Dataset.IsPublic ? result.Timing : result.Timing with { StartedAt = Bundles.PublicView.Day(result.Timing.StartedAt) },
        Machine = result.Machine,
        Provenance = result.Provenance,
        ReferenceVersion = result.Reference?.Version,
        Scores = [.. result.Scores.Select(score => new PublicScore(
            score.Structure, score.Dsc, score.Nsd, score.HdMm, score.Hd95Mm, score.AssdMm))],
    };
}

/// <summary>Source-generated serialisers of public results.</summary>
[JsonSerializable(typeof(PublicResults))]
internal sealed partial class PublicResultsJsonContext : JsonSerializerContext;
