using System.Security.Cryptography;
using System.Text;

namespace Touchstone.Harness.Intake;

/// <summary>
/// A secret that is shown once and kept as a hash: <c>ts?_ID_SECRET</c>. The id finds its row; the 256 random bits behind it
/// are compared in constant time.
/// </summary>
/// <param name="Kind">What it opens.</param>
/// <param name="Id">Twelve hexadecimal digits; no secret.</param>
/// <param name="Text">The whole text, to be shown once and never kept.</param>
internal sealed record Secret(SecretKind Kind, string Id, string Text)
{
    private const int IdBytes = 6;
    private const int SecretBytes = 32;
    private const int Length = 4 + (2 * IdBytes) + 1 + (2 * SecretBytes);

    /// <summary>SHA-256 of the text: what is kept.</summary>
    public byte[] Hash => SHA256.HashData(Encoding.ASCII.GetBytes(Text));

    /// <summary>Makes a new one.</summary>
    /// <param name="kind">What it opens.</param>
    public static Secret New(SecretKind kind)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        return new Secret(kind, id, $"{Prefix(kind)}{id}_{secret}");
    }

    /// <summary>Reads what somebody presents; null when it cannot be a secret of that kind.</summary>
    /// <param name="kind">What it should open.</param>
    /// <param name="text">What was presented, of any length and content; null for nothing.</param>
    public static Secret? Parse(SecretKind kind, string? text)
    {
        var prefix = Prefix(kind);
        if (text is not { Length: Length } || !text.StartsWith(prefix, StringComparison.Ordinal) || text[16] != '_')
        {
            return null;
        }

        return text[4..16].All(char.IsAsciiHexDigitLower) && text[17..].All(char.IsAsciiHexDigitLower)
            ? new Secret(kind, text[4..16], text)
            : null;
    }

    /// <summary>Whether a kept hash is this one's. The time that it takes does not depend on where they differ.</summary>
    /// <param name="hash">The hash of the row that <see cref="Id"/> found; null when there is none.</param>
    public bool Matches(byte[]? hash) => CryptographicOperations.FixedTimeEquals(Hash, hash ?? new byte[SHA256.HashSizeInBytes]);

    /// <summary>Never the secret: records print their members, and logs are read by many.</summary>
    public override string ToString() => $"{Prefix(Kind)}{Id}_…";

    private static string Prefix(SecretKind kind) => kind switch
    {
        SecretKind.Invitation => "tsi_",
        SecretKind.Token => "tsp_",
        SecretKind.Session => "tss_",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}

/// <summary>What a secret opens; its first letters say so, so that leaked ones can be searched for.</summary>
internal enum SecretKind
{
    /// <summary><c>tsi_</c>: registers one team.</summary>
    Invitation,

    /// <summary><c>tsp_</c>: a personal access token.</summary>
    Token,

    /// <summary><c>tss_</c>: a browser's cookie.</summary>
    Session,
}
