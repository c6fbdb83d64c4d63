using Microsoft.AspNetCore.Http;
using Touchstone.Harness.Server.Problems;

namespace Touchstone.Harness.Server;

/// <summary>A form that a browser sent.</summary>
internal static class SentForm
{
    /// <summary>Reads it.</summary>
    /// <param name="request">Has the content type of a form.</param>
    /// <param name="gone">The browser went away.</param>
    /// <exception cref="ProblemException">It is cut off, in letters that forms have not, or beyond the limits of forms.</exception>
    public static async Task<IFormCollection> ReadAsync(HttpRequest request, CancellationToken gone)
    {
        try
        {
            return await request.ReadFormAsync(gone);
        }
        catch (Exception fault) when (!gone.IsCancellationRequested
            && fault is IOException or InvalidDataException or ArgumentException or InvalidOperationException or NotSupportedException)
        {
            // Anywhere else this exception means a damaged file of ours, which is not the caller's fault.
            throw new ProblemException(400, "malformed-request", $"The form cannot be read. {fault.Message}");
        }
    }
}
