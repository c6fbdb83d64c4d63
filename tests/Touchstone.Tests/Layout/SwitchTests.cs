using System.Text.RegularExpressions;

namespace Touchstone.Tests.Layout;

/// <summary>
/// A new member of an enum does not compile until every switch says what it means (CS8509), unless a switch has a "_" that
/// swallows it. Those are found here, by the form in which the formatter leaves them.
/// </summary>
public sealed partial class SwitchTests
{
    private static readonly string[] Folders = ["evaluators", "harness", "leaderboard", "submissions"];

    // Where "everything else" is meant: what is no fault of two fields is shown at the third; what is no bone, gas or fluid
    // is looked up among the organs, where an unknown tissue throws; native values of all other kinds are numbers.
    private static readonly string[] Meant =
    [
        "harness/Server/Pages/AccountPages.cs", "harness/Phantoms/Imaging/Radiodensity.cs", "submissions/baselines/Torch/Value.cs",
    ];

    [Fact]
    public void SwitchesOverEnums_NameTheirMembers_AndSwallowNone()
    {
        var files = Folders.SelectMany(folder => Directory.GetFiles(Repository.File(folder), "*.cs", SearchOption.AllDirectories))
            .Select(path => (Path: Path.GetRelativePath(Repository.Root, path), Text: File.ReadAllText(path))).ToArray();
        var enums = files.SelectMany(file => EnumName().Matches(file.Text)).Select(match => match.Groups[1].Value).ToHashSet();
        Assert.Contains("Scheme", enums);

        Assert.Empty(files.Where(file => !Meant.Contains(file.Path)).SelectMany(file => Swallowing(file.Text, enums)
            .Select(line => $"{file.Path}({line}): name the members that \"_\" stands for.")));
    }

    [Fact]
    public void Swallowing_ASwitchThatDoes_IsFound()
    {
        HashSet<string> enums = ["Colour"];

        Assert.Equal([3], Swallowing("    _ = x switch {\n        Ns.Colour.Red or Colour.Blue => 1,\n        _ => 2,\n    };", enums));
        Assert.Equal([1], Swallowing("var y = x switch { Colour.Red => 1, _ => 2 };", enums));
        Assert.Empty(Swallowing("    {\n        Colour.Red => 1,\n        _ => throw new E(),\n    };", enums));
        Assert.Empty(Swallowing("    {\n        \"red\" => Colour.Red,\n        _ => null,\n    };", enums));
    }

    private static IEnumerable<int> Swallowing(string text, HashSet<string> enums)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (OneLine().Match(lines[i]) is { Success: true } whole && enums.Contains(whole.Groups[1].Value))
            {
                yield return i + 1;
            }

            if (Rest().Match(lines[i]) is { Success: true } rest && ArmsAbove(lines, i, rest.Groups[1].Length)
                .Any(arm => Arm().Match(arm) is { Success: true } named && enums.Contains(named.Groups[1].Value)))
            {
                yield return i + 1;
            }
        }
    }

    /// <summary>The lines of the same switch that start an arm.</summary>
    private static IEnumerable<string> ArmsAbove(string[] lines, int at, int indent)
    {
        for (var i = at - 1; i >= 0; i--)
        {
            var own = lines[i].Length - lines[i].TrimStart().Length;
            if (own < indent && lines[i].Trim().Length > 0)
            {
                yield break;
            }

            if (own == indent)
            {
                yield return lines[i];
            }
        }
    }

    [GeneratedRegex(@"\benum (\w+)")]
    private static partial Regex EnumName();

    [GeneratedRegex(@"^( +)_ => (?!throw)")]
    private static partial Regex Rest();

    [GeneratedRegex(@"^ +(?:\w+\.)*(\w+)\.\w+(?: or .*| when .*)? =>")]
    private static partial Regex Arm();

    [GeneratedRegex(@"switch \{.*?\b(\w+)\.\w+ => .*\b_ => (?!throw)")]
    private static partial Regex OneLine();
}
