namespace Touchstone.Harness.Server.Access;

/// <summary>Who may use a route.</summary>
public enum RequiredAccess
{
    /// <summary>Everybody, signed in or not.</summary>
    Anyone,

    /// <summary>A token or session with the scope <c>read</c>; sees what its team may see, an organiser's everything.</summary>
    Read,

    /// <summary>A token or session with the scope <c>submit</c>: a team's for its own things, an organiser's for every team's.</summary>
    Submit,

    /// <summary>A team's token or session with the scope <c>read</c>.</summary>
    TeamRead,

    /// <summary>A team's token or session with the scope <c>submit</c>.</summary>
    TeamSubmit,

    /// <summary>An organiser's token or session.</summary>
    Admin,
}
