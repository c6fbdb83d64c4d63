using System.Globalization;
using System.Text;

namespace Touchstone.Harness.Sandbox;

/// <summary>
/// What engines read of an image by themselves before they start a process: its files of users and groups. Engines that put the
/// process into its own group look the group's number up among the names first, so a group that is named by a number hands out
/// any other. Pure.
/// </summary>
internal static class AccountText
{
    /// <summary>Most bytes of such a file.</summary>
    public const int MostBytes = 1 << 20;

    /// <summary>Most bytes of a line; engines give up at 64 KiB.</summary>
    private const int MostLineBytes = 32 << 10;

    private static readonly long[] Ours = [0, SandboxProfile.UserId];

    /// <summary>What is wrong with a file, in a sentence without a subject; null for nothing.</summary>
    /// <param name="content">The file.</param>
    /// <param name="isOfGroups">True for groups, false for users, whose names no engine takes for numbers.</param>
    public static string? FaultOf(ReadOnlySpan<byte> content, bool isOfGroups)
    {
        if (content.Length > MostBytes)
        {
            return $"has more than {MostBytes >> 20} MiB.";
        }

        foreach (var range in content.Split((byte)'\n'))
        {
            var line = content[range];
            if (line.Length > MostLineBytes)
            {
                return $"has a line of more than {MostLineBytes >> 10} KiB, which engines do not read.";
            }

            if (isOfGroups && NumberOf(Encoding.Latin1.GetString(line)) is { } number)
            {
                return string.Create(
                    CultureInfo.InvariantCulture, $"names a group by the number {number} and gives it another. Take that line out.");
            }
        }

        return null;
    }

    /// <summary>The number of ours by which a line names a group of another number; null for none.</summary>
    private static long? NumberOf(string line)
    {
        var fields = line.Split(':');
        var name = string.Concat(fields[0].Where(char.IsAsciiLetterOrDigit)); // engines trim, and read signs
        return long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Ours.Contains(number)
            && fields.ElementAtOrDefault(2) != name ? number : null; // with a blank or a sign it is no number, which some take for 0
    }
}
