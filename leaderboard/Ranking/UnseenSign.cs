using System.Globalization;
using System.Text;

namespace Touchstone.Leaderboard;

/// <summary>
/// Signs of which nothing is seen. Names that come in today have none; those of earlier builds and of imported studies may,
/// and programs that read tables pass over them or stop at them. The same signs as <c>PlainText.IsUnseen</c> of names that come in.
/// </summary>
internal static class UnseenSign
{
    /// <summary>Whether a sign is one: it changes direction, joins, is no character, or draws nothing.</summary>
    /// <param name="sign">The sign.</param>
    public static bool Is(Rune sign) => Rune.GetUnicodeCategory(sign) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate
        || sign.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x2800 or 0x3164 or 0xFFA0
            or (>= 0x180B and <= 0x180F) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);
}
