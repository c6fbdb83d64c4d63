using Touchstone.Leaderboard.Site;

namespace Touchstone.Leaderboard.Live;

/// <summary>A line of the audit log.</summary>
/// <param name="Number">Its number.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who.</param>
/// <param name="Action">Did what.</param>
/// <param name="Subject">To what.</param>
/// <param name="Detail">Reason and numbers.</param>
public sealed record AuditLine(long Number, DateTimeOffset At, string Actor, string Action, string Subject, string Detail);

/// <summary>Lines of the audit log as a table.</summary>
internal static class AuditTable
{
    private static readonly Column[] Columns =
    [
        new("When", IsNumber: false), new("Who", IsNumber: false), new("Did", IsNumber: false), new("To", IsNumber: false),
        new("Reason and numbers", IsNumber: false),
    ];

    /// <summary>The table, in the order given.</summary>
    public static Html Make(string caption, IEnumerable<AuditLine> lines) => DataTable.Make(
        caption, Columns, header: 0, lines.Select(line => new Row(
        [
            Html.Of($"{Show.Time(line.At)} <span class=\"team\">{Show.Signed(line.Number, "0")}</span>"),
            Html.Text(line.Actor),
            Html.Text(line.Action),
            Html.Of($"<code>{line.Subject}</code>"),
            Html.Text(line.Detail),
        ])));
}
