using Touchstone.Leaderboard.Site;

namespace Touchstone.Leaderboard.Live;

/// <summary>What a team may do about its own entry in the ranking: take it out, and bring it back.</summary>
internal static class AttemptWithdrawal
{
    /// <summary>The section; nothing where neither is possible.</summary>
    public static Html Section(LiveFrame frame, AttemptView view, FormInput input)
    {
        var path = $"/attempts/{view.Summary.Id}";
        return view.CanReturn
            ? Html.Of($"""
                <section aria-labelledby="withdraw">
                <h2 id="withdraw">Bring it back</h2>
                <p class="note">It was withdrawn. It returns to the ranking with the results that it has.</p>
                {Forms.Act(frame, path + "/return", "Bring it back")}
                </section>

                """)
            : view.CanWithdraw
                ? Html.Of($"""
                    <section aria-labelledby="withdraw">
                    <h2 id="withdraw">Withdraw it</h2>
                    {Forms.Post(frame, path + "/withdraw", "Withdraw", Forms.Text(Reason, input))}
                    </section>

                    """)
                : Html.Empty;
    }

    private static TextField Reason { get; } = new(
        FieldNames.Reason, "Reason, if you like",
        "The entry leaves the ranking; the board names it as withdrawn, with the reason. The attempt stays counted. You can bring it back.")
    {
        Within = "withdraw",
        MaxLength = 500,
        Lines = 2,
        IsRequired = false,
    };
}
