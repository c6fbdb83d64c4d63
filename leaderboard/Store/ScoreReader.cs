using System.Data;
using Microsoft.Data.Sqlite;
using Touchstone.Evaluators;

namespace Touchstone.Leaderboard.Store;

/// <summary>
/// Reads rows of the table <c>score</c> column by column. A large board has millions of them and reads them several times,
/// so that what a general mapper costs per row would be most of its making.
/// </summary>
internal static class ScoreReader
{
    /// <summary>Scores of one result, as the store has them.</summary>
    /// <param name="Dataset">The dataset.</param>
    /// <param name="CaseId">The case.</param>
    /// <param name="Scores">By position.</param>
    public sealed record Group(string Dataset, string CaseId, IReadOnlyList<StructureScore> Scores);

    /// <summary>All scores of an entry, one result after another.</summary>
    /// <param name="command">Gives <see cref="Statements.SelectScores"/>.</param>
    /// <exception cref="DataException">The file is damaged: a result has a structure twice.</exception>
    public static IEnumerable<Group> Read(SqliteCommand command)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var rows = new List<(int Position, StructureScore Score)>();
        var (dataset, caseId) = ("", "");
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var (nextDataset, nextCase) = (reader.GetString(0), reader.GetString(1));
            if (rows.Count > 0 && (nextCase != caseId || nextDataset != dataset))
            {
                yield return new Group(dataset, caseId, InOrder(rows));
                rows.Clear();
            }

            (dataset, caseId) = (nextDataset, nextCase);
            var name = reader.GetString(2);
            if (!names.TryGetValue(name, out var known))
            {
                names.Add(name, known = name);
            }

            rows.Add((reader.GetInt32(3), Score(reader, known)));
        }

        if (rows.Count > 0)
        {
            yield return new Group(dataset, caseId, InOrder(rows));
        }
    }

    private static StructureScore[] InOrder(List<(int Position, StructureScore Score)> rows)
    {
        if (rows.DistinctBy(row => row.Score.Structure).Count() < rows.Count)
        {
            throw new DataException("a result in it has a structure twice");
        }

        rows.Sort(static (a, b) => a.Position.CompareTo(b.Position));
        return [.. rows.Select(row => row.Score)];
    }

    private static StructureScore Score(SqliteDataReader reader, string structure) => new()
    {
        Structure = structure,
        ReferenceVoxels = reader.GetInt64(4),
        PredictionVoxels = reader.GetInt64(5),
        BothVoxels = reader.GetInt64(6),
        Dsc = Number(reader, 7),
        Nsd = Number(reader, 8),
        HdMm = Number(reader, 9),
        Hd95Mm = Number(reader, 10),
        AssdMm = Number(reader, 11),
        ReferenceMl = reader.GetDouble(12),
        PredictionMl = reader.GetDouble(13),
        AsdReferenceToPredictionMm = Number(reader, 14),
        AsdPredictionToReferenceMm = Number(reader, 15),
        AssdPooledMm = Number(reader, 16),
        ReferenceAreaMm2 = Number(reader, 17),
        PredictionAreaMm2 = Number(reader, 18),
        HdAtPercentileMm = Number(reader, 19),
        Sensitivity = Number(reader, 20),
        Precision = Number(reader, 21),
        RelativeVolumeError = Number(reader, 22),
        FalsePositiveMl = Number(reader, 23),
        PredictionComponents = reader.IsDBNull(24) ? null : reader.GetInt32(24),
        ReferenceTouchesBorder = reader.IsDBNull(25) ? null : reader.GetBoolean(25),
        PredictionTouchesBorder = reader.IsDBNull(26) ? null : reader.GetBoolean(26),
    };

    private static double? Number(SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetDouble(column);
}
