using System.Text;

namespace Touchstone.Submissions.Names;

/// <summary>
/// Names that readers take for one another. UTS 39 compares what signs look like; here names that differ in capitals only
/// are alike as well.
/// </summary>
public static class LookAlike
{
    /// <summary>Whether two names look alike.</summary>
    /// <param name="one">A name.</param>
    /// <param name="other">Another.</param>
    public static bool Are(string one, string other) => AsWritten(one) == AsWritten(other) || InSmall(one) == InSmall(other);

    /// <summary>Whether two names look alike and differ in more than capitals.</summary>
    /// <inheritdoc cref="Are" path="/param"/>
    public static bool AreButNotTheSame(string one, string other) => Small(one) != Small(other) && Are(one, other);

    // "I" looks like "l" as it is written, and is "i" in small letters: neither comparison finds what the other does.
    private static string AsWritten(string name) => Small(Skeleton(PlainText.Fold(name)));

    private static string InSmall(string name) => Skeleton(Small(name));

    private static string Small(string name) => PlainText.Fold(name).ToLowerInvariant();

    private static string Skeleton(string name)
    {
        var looks = new StringBuilder(name.Length);
        foreach (var sign in Composition.Decompose(name).EnumerateRunes())
        {
            looks.Append(SignTables.Known.Looks.TryGetValue(sign.Value, out var like) ? like : sign.ToString());
        }

        return Composition.Decompose(looks.ToString());
    }
}
