using System.Globalization;
using Microsoft.AspNetCore.Http;
using Touchstone.Harness.Server.Problems;

namespace Touchstone.Harness.Server.Access;

/// <summary>
/// Slows down who tries secrets. Only wrong ones count against an address, so that nobody locks out others at the same
/// address who know theirs; right ones count against themselves.
/// </summary>
/// <param name="limits">The buckets.</param>
/// <param name="rate">How many there may be.</param>
internal sealed class SecretPace(RateLimits limits, Rate rate)
{
    /// <summary>Counts a wrong secret.</summary>
    /// <param name="context">The request that brought it.</param>
    /// <exception cref="ProblemException">Too many came from its address.</exception>
    public void Wrong(HttpContext context) => Take(context, $"secrets {RateLimits.Name(context.Connection.RemoteIpAddress)}");

    /// <summary>Counts a sign-in with a right secret.</summary>
    /// <param name="context">The request that brought it.</param>
    /// <param name="id">The secret's public part.</param>
    /// <exception cref="ProblemException">It came too often.</exception>
    public void Right(HttpContext context, string id) => Take(context, $"sign-in {id}");

    /// <summary>Refuses a request that came too early.</summary>
    /// <param name="context">The request.</param>
    /// <param name="wait">Time until it may come; null for now.</param>
    /// <exception cref="ProblemException">It is refused.</exception>
    public static void Demand(HttpContext context, TimeSpan? wait)
    {
        if (wait is { } time)
        {
            var seconds = (long)Math.Ceiling(time.TotalSeconds);
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            throw new ProblemException(429, "too-many-requests", string.Create(
                CultureInfo.InvariantCulture, $"Too many requests. Try again in {seconds} s."));
        }
    }

    private void Take(HttpContext context, string who) => Demand(context, limits.Take(who, rate));
}
