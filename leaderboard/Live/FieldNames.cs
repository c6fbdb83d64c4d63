namespace Touchstone.Leaderboard.Live;

/// <summary>Names of form fields: what the pages send is what the server reads.</summary>
public static class FieldNames
{
    /// <summary>Proof that the form is this server's own: see <see cref="LiveFrame.FormToken"/>.</summary>
    public const string FormToken = "csrf";

    /// <summary>A personal access token.</summary>
    public const string Token = "token";

    /// <summary>Where to go after signing in: a path on this server.</summary>
    public const string Next = "next";

    /// <summary>The token of an invitation.</summary>
    public const string Invitation = "invitation";

    /// <summary>Name of a team, a token or a submission.</summary>
    public const string Name = "name";

    /// <summary>A team's members, one a line.</summary>
    public const string Members = "members";

    /// <summary>What a token may be used for; may be given several times.</summary>
    public const string Scope = "scope";

    /// <summary>How many days a token or an invitation is good for.</summary>
    public const string Days = "days";

    /// <summary>A challenge and a phase of it, such as <c>demo/test</c>.</summary>
    public const string Phase = "phase";

    /// <summary>Layout of a container's folders: <c>flat</c> or <c>folder</c>.</summary>
    public const string Layout = "layout";

    /// <summary>What <c>/bin/bash -c</c> runs in the container; empty for the contract's own.</summary>
    public const string Command = "command";

    /// <summary>Present where the container wants a GPU.</summary>
    public const string Gpu = "gpu";

    /// <summary>Present where the image works only as root.</summary>
    public const string Root = "root";

    /// <summary>Datasets that a method was trained on; may be given several times.</summary>
    public const string TrainedOn = "trained-on";

    /// <summary>A finished upload.</summary>
    public const string Upload = "upload";

    /// <summary>A reference of an image, in place of an upload.</summary>
    public const string Image = "image";

    /// <summary>Why the organiser does something; the team reads it.</summary>
    public const string Reason = "reason";

    /// <summary>The text of a challenge file.</summary>
    public const string Rules = "rules";

    /// <summary>Present where a team gets the phase's own quota again.</summary>
    public const string OwnQuota = "phase-quota";

    /// <summary>
    /// Bounds of a quota, valid submissions first, day before week before phase; an empty field is no bound.
    /// </summary>
    public static IReadOnlyList<string> Bounds { get; } =
        ["valid-day", "valid-week", "valid-phase", "attempts-day", "attempts-week", "attempts-phase"];
}
