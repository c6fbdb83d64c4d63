namespace Touchstone.Tests;

/// <summary>
/// Compares what people read with the files in <c>tests/golden</c>. No switch accepts a difference: a person looks at
/// the <c>.received</c> file and renames it.
/// </summary>
internal static class Golden
{
    /// <summary>Fails, and leaves <c>NAME.received</c> beside the golden file, when the text differs from it.</summary>
    public static void Check(string name, string text)
    {
        var path = Repository.File("tests", "golden", name);
        var expected = File.Exists(path) ? File.ReadAllText(path) : null;
        if (text == expected)
        {
            File.Delete(path + ".received");
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path + ".received", text);
        Assert.Fail(expected is null
            ? $"There is no golden file {name} yet; look at {name}.received and rename it."
            : $"{name} differs from {name}.received, first in line {FirstDifference(expected, text)}.");
    }

    private static int FirstDifference(string expected, string text) =>
        1 + expected.Split('\n').Zip(text.Split('\n')).TakeWhile(pair => pair.First == pair.Second).Count();
}
