using Touchstone.Leaderboard.Site;

namespace Touchstone.Leaderboard.Live;

/// <summary>What organisers see of an attempt, and do about it.</summary>
internal static class AttemptActions
{
    /// <summary>The section.</summary>
    public static Html Section(LiveFrame frame, AttemptView view, OrganiserView organiser, FormInput input)
    {
        var path = $"/organiser/attempts/{view.Summary.Id}";
        return Html.Of($"""
            <section aria-labelledby="organiser">
            <h2 id="organiser">For organisers</h2>
            {Fault(organiser)}{(organiser.CanRunAgain ? Again(frame, path) : Html.Empty)}
            {(organiser.CanDisqualify
                ? Reason(frame, input, $"{path}/disqualify", "Disqualify", "It leaves the board; results are kept.")
                : Html.Empty)}
            {(organiser.CanReinstate
                ? Reason(frame, input, $"{path}/reinstate", "Reinstate", "It returns to the board.")
                : Html.Empty)}
            {AuditTable.Make("What was done to it, oldest first", organiser.History)}
            </section>

            """);
    }

    private static Html Again(LiveFrame frame, string path) => Html.Of($"""
        <h3>Run again</h3>
        <p class="note">It goes back into the queue. Cases that have a result keep it.</p>
        {Forms.Act(frame, path + "/run-again", "Run again")}
        """);

    private static Html Fault(OrganiserView organiser) => organiser.MachineFault is { } text
        ? Html.Of($"<p class=\"notice bad\">{text}</p>")
        : Html.Empty;

    private static Html Reason(LiveFrame frame, FormInput input, string action, string what, string effect)
    {
        var reason = new TextField(FieldNames.Reason, "Reason", $"{effect} The team and the audit log get the reason.")
        {
            Within = what.ToLowerInvariant(),
            MaxLength = 500,
            Lines = 2,
        };
        return Html.Of($"<h3>{what}</h3>\n{Forms.Post(frame, action, what, Forms.Text(reason, input))}");
    }
}
