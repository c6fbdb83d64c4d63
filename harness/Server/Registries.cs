using Touchstone.Harness.Server.Problems;

namespace Touchstone.Harness.Server;

/// <summary>
/// The registries that images may be fetched from. None unless organisers say so: a reference makes this machine ask a host
/// that somebody else chose, or name an image that only lies in its engine.
/// </summary>
/// <param name="Hosts">Hosts with their ports, such as <c>registry.example.org:5000</c>.</param>
public sealed record Registries(IReadOnlyList<string> Hosts)
{
    /// <summary>Refuses a reference that is not in one of them.</summary>
    /// <param name="reference">The reference.</param>
    /// <exception cref="ProblemException">It is refused.</exception>
    public void Demand(string reference)
    {
        var host = reference.IndexOf('/', StringComparison.Ordinal) is > 0 and var end ? reference[..end] : "";
        if (!Hosts.Contains(host, StringComparer.OrdinalIgnoreCase))
        {
            throw new ProblemException(422, "registry-not-allowed", Hosts.Count == 0
                ? "This server fetches no images from registries. Upload an archive made with \"docker save\"."
                : $"Images are fetched from {string.Join(", ", Hosts)} only, with the host in front: {Hosts[0]}/team/image:1.");
        }
    }
}
