using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Touchstone.Harness.Sandbox;

/// <summary>
/// Which calls of the kernel a container may make: <c>seccomp.jsonc</c>, where every line says why. It goes with every request, so
/// that nothing depends on an engine's version or on what somebody configured.
/// </summary>
public static class SeccompProfile
{
    private const string Resource = "Touchstone.Harness.Sandbox.seccomp.jsonc";

    private static readonly Lazy<string> Content = new(Read);

    /// <summary>The profile as engines take it: JSON without remarks, in one line.</summary>
    public static string Json => Content.Value;

    /// <summary>The security option that names the profile by its content.</summary>
    public static string Option => $"seccomp={Json}";

    /// <summary>Hash of <see cref="Json"/>, hexadecimal.</summary>
    public static string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Json)));

    private static string Read()
    {
        using var file = typeof(SeccompProfile).Assembly.GetManifestResourceStream(Resource)!;
        return JsonNode.Parse(file, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!.ToJsonString();
    }
}
