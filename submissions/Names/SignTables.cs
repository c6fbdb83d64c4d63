using System.Globalization;
using System.Text;

namespace Touchstone.Submissions.Names;

/// <summary>
/// Facts about signs out of <c>tables.txt</c>, which <c>make-tables.py</c> makes: what .NET knows of Unicode without ICU
/// ends at categories, and under <c>InvariantGlobalization</c> its <c>Normalize</c> gives back what it got.
/// </summary>
internal sealed class SignTables
{
    private readonly List<(int First, int Last, string Script)> _scripts = [];
    private readonly Dictionary<int, int> _classes = [];

    private SignTables(TextReader text)
    {
        while (text.ReadLine() is { } line)
        {
            var parts = line.Split(' ');
            switch (parts[0])
            {
                case "s":
                    _scripts.Add((Ends(parts[1]).First, Ends(parts[1]).Last, parts[2]));
                    break;
                case "m":
                    var (first, last) = Ends(parts[1]);
                    for (var sign = first; sign <= last; sign++)
                    {
                        _classes[sign] = int.Parse(parts[2], CultureInfo.InvariantCulture);
                    }

                    break;
                case "d":
                    Parts[Sign(parts[1])] = Signs(parts);
                    Pairs[(Sign(parts[2]), Sign(parts[3]))] = Sign(parts[1]);
                    break;
                case "x":
                    Parts[Sign(parts[1])] = Signs(parts);
                    break;
                case "l":
                    Looks[Sign(parts[1])] = string.Concat(Signs(parts).Select(char.ConvertFromUtf32));
                    break;
            }
        }
    }

    /// <summary>The only ones.</summary>
    public static SignTables Known { get; } = Read();

    /// <summary>One step of a sign's canonical decomposition, but of Hangul syllables, which are reckoned.</summary>
    public Dictionary<int, int[]> Parts { get; } = [];

    /// <summary>What two signs are together.</summary>
    public Dictionary<(int First, int Second), int> Pairs { get; } = [];

    /// <summary>What a sign looks like, decomposed; signs that look like nothing else are absent.</summary>
    public Dictionary<int, string> Looks { get; } = [];

    /// <summary>Canonical combining class; 0 for what begins anew.</summary>
    /// <param name="sign">A code point.</param>
    public int Class(int sign) => _classes.GetValueOrDefault(sign);

    /// <summary>The script of a sign by the name that Unicode gives it; null for scripts that no name is written in.</summary>
    /// <param name="sign">A code point.</param>
    public string? Script(int sign)
    {
        var (low, high) = (0, _scripts.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var (first, last, script) = _scripts[middle];
            if (sign >= first && sign <= last)
            {
                return script;
            }

            (low, high) = sign < first ? (low, middle - 1) : (middle + 1, high);
        }

        return null;
    }

    private static SignTables Read()
    {
        using var stream = typeof(SignTables).Assembly.GetManifestResourceStream("names/tables.txt")!;
        using var text = new StreamReader(stream, Encoding.ASCII);
        return new SignTables(text);
    }

    private static (int First, int Last) Ends(string range) => range.Split('-') is [var first, var last]
        ? (Sign(first), Sign(last))
        : throw new InvalidDataException($"\"{range}\" is no range of signs.");

    private static int[] Signs(string[] parts) => [.. parts.Skip(2).Select(Sign)];

    private static int Sign(string digits) => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
