namespace Touchstone.Tests.Harness.Fuzz;

/// <summary>Values that somebody, some day, writes where another was meant.</summary>
internal static class OddValues
{
    /// <summary>What takes the place of a token of a text, in whatever grammar.</summary>
    public static readonly string[] Tokens =
    [
        "", " ", "null", "~", "true", "no", "0", "-0", "-1", "1", "2", "255", "256", "65536", "2147483647", "2147483648", "-2147483649",
        "9223372036854775807", "9223372036854775808", "1e308", "1e309", "-1e309", "1e-320", "0.1", "1.0000000000000002", "NaN", "Infinity",
        "-Infinity", "0x10", "1,5", "1 000", "[]", "{}", "[null]", "{\"\": null}", "\"\"", "\" \"", "\"null\"", "\"..\"", "\"../../etc/passwd\"",
        "\"/dev/null\"", "\"[/]\"", "[red]", "\"[bold\"", "\"{0}\"", "%s", "\"\\u0000\"", "\"\\ud800\"", "\"\\n\"", "\"2026-13-45T99:99:99Z\"",
        "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59.9999999-14:00\"", "\"😀\"", "é", "*alias", "&anchor", "!!binary x", "!!int x", "<<",
        "---", "...", "- -", "? :", "#", "|", ">", "'", "\"", "\\", ",", ";", "\t", ":", "@", "`", "%YAML 9.9", "\u2028", "\u0085", "\u202e",
    ];

    /// <summary>What takes the place of a word of the command line that names no path to write to.</summary>
    public static readonly string[] Words =
    [
        "", " ", "-", "--", "---", "-x", "--x", "0", "-1", "1.5", "2147483648", "9223372036854775808", "NaN", "∞", "1e999", "true", "a b", "a\nb",
        "[/]", "[red", "{0}", "%s", "\ud800", "😀", "../..", "/", "/dev/null", "a/b", "a\\b", ".", "~", "*", "ours", "test", "http://", "C:\\x", "@x",
        "@/dev/null", new string('x', 300), new string('y', 70_000),
    ];

    /// <summary>Names of paths in the folder of a trial; some are there and some are not.</summary>
    public static readonly string[] Names =
    [
        "nowhere", "nowhere/deeper", "datasets.manifest", "workspace", "a b", "[/]", "[red", "{0}", "ü😀", "a\nb", "\ud800", "-", "x.tar", "x.yaml",
        "loop", "datasets.manifest/x", new string('x', 255), new string('x', 256), new string('x', 5000),
    ];

    /// <summary>A text that is deeper, longer or stranger than any reader expects.</summary>
    public static string Huge(Random random) => random.Next(7) switch
    {
        0 => new string('[', 50_000),
        1 => string.Concat(Enumerable.Repeat("{\"a\":", 20_000)),
        2 => new string('-', 30_000).Replace("-", "- ", StringComparison.Ordinal),
        3 => new string('9', 100_000),
        4 => $"\"{new string('x', 1 << 20)}\"",
        5 => string.Concat(Enumerable.Repeat("a,", 100_000)),
        _ => new string('\n', 100_000),
    };
}
