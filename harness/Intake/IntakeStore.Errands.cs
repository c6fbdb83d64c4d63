using Dapper;

namespace Touchstone.Harness.Intake;

public sealed partial class IntakeStore
{
    private const string SelectErrand = """
        SELECT number AS Number, dataset AS Dataset, asked_by AS AskedBy, asked_at AS AskedAt, ended_at AS EndedAt, report AS Report
        FROM errand
        """;

    /// <summary>Asks for a dataset to be scored again. Asked again before it was begun, it is the same errand.</summary>
    /// <param name="dataset">Id of the dataset.</param>
    /// <param name="actor">Who asks.</param>
    public Errand AskRescore(string dataset, string actor) => Change(transaction =>
    {
        var open = _connection.QuerySingleOrDefault<ErrandRow>(
            $"{SelectErrand} WHERE ended_at IS NULL AND dataset = @dataset ORDER BY number LIMIT 1", new { dataset }, transaction);
        if (open is not null)
        {
            return open.ToErrand();
        }

        var number = _connection.ExecuteScalar<long>("""
            INSERT INTO errand (dataset, asked_by, asked_at) VALUES (@dataset, @actor, @Now) RETURNING number
            """, new { dataset, actor, Now = NowText }, transaction);
        Note(transaction, actor, "rescore-asked", dataset, "");
        return _connection.QuerySingle<ErrandRow>($"{SelectErrand} WHERE number = @number", new { number }, transaction).ToErrand();
    });

    /// <summary>The oldest errand that has not ended; null when there is none. Doing one twice is harmless.</summary>
    public Errand? NextErrand() => Look(connection => connection.QuerySingleOrDefault<ErrandRow>(
        $"{SelectErrand} WHERE ended_at IS NULL ORDER BY number LIMIT 1")?.ToErrand());

    /// <summary>Notes how an errand ended.</summary>
    /// <param name="errand">The errand.</param>
    /// <param name="report">What came of it, for organisers.</param>
    public void EndErrand(Errand errand, string report) => Change(transaction =>
    {
        var isFirst = _connection.Execute("""
            UPDATE errand SET ended_at = @Now, report = @report WHERE number = @Number AND ended_at IS NULL
            """, new { errand.Number, report, Now = NowText }, transaction) == 1;
        if (isFirst)
        {
            Note(transaction, "worker", "rescore-ended", errand.Dataset, report);
        }
    });

    /// <summary>The last errands, the newest first.</summary>
    /// <param name="most">At most so many.</param>
    public IReadOnlyList<Errand> Errands(int most = 50) => Look(connection => connection
        .Query<ErrandRow>($"{SelectErrand} ORDER BY number DESC LIMIT @most", new { most }).Select(row => row.ToErrand()).ToList());

    /// <summary>A row of the table <c>errand</c>.</summary>
    private sealed record ErrandRow
    {
        public required long Number { get; init; }

        public required string Dataset { get; init; }

        public required string AskedBy { get; init; }

        public required string AskedAt { get; init; }

        public required string? EndedAt { get; init; }

        public required string? Report { get; init; }

        public Errand ToErrand() =>
            new(Number, Dataset, AskedBy, UtcText.Time(AskedAt), UtcText.TimeOrNull(EndedAt), Report);
    }
}
