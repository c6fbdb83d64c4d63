using Touchstone.Harness.Server.Api;
using Touchstone.Harness.Server.Boards;
using Touchstone.Harness.Server.Pages;
using Touchstone.Harness.Server.Uploads;

namespace Touchstone.Harness.Server;

/// <summary>Every route there is. What is not here does not exist, and the authorisation test goes through it.</summary>
public static class Routes
{
    /// <summary>The table.</summary>
    public static IReadOnlyList<Route> All { get; } =
    [
        OpenApiRoute.Only,
        HealthRoute.Only,
        .. ChallengeRoutes.All,
        .. AccountRoutes.All,
        .. TusRoutes.All,
        .. AttemptRoutes.All,
        .. AdminRoutes.All,
        .. DecisionRoutes.All,
        .. BoardRoutes.All,
        .. PageRoutes.All,
    ];
}
