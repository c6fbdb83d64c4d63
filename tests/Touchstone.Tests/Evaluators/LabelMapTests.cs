using Touchstone.Evaluators;

namespace Touchstone.Tests.Evaluators;

public sealed class LabelMapTests : IDisposable
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("touchstone-labels-").FullName, "mine.txt");

    [Theory]
    [InlineData("totalsegmentator", 117, 52, "aorta")]
    [InlineData("totalsegmentator", 117, 4, "gall_bladder")]
    [InlineData("totalsegmentator", 117, 18, "intestine")]
    [InlineData("totalsegmentator", 117, 32, "vertebrae_T12")]
    [InlineData("totalsegmentator", 117, 50, "vertebrae_C1")]
    [InlineData("totalsegmentator", 117, 63, "postcava")]
    [InlineData("totalsegmentator", 117, 76, "femur_right")]
    [InlineData("totalsegmentator", 117, 79, "spinal_cord")]
    [InlineData("totalsegmentator", 117, 103, "rib_left_12")]
    [InlineData("totalsegmentator", 117, 117, "costal_cartilages")]
    [InlineData("bodymaps-2024", 15, 8, "postcava")]
    [InlineData("abdomenatlas-1.0", 9, 9, "stomach")]
    [InlineData("abdomenatlas-1.1", 25, 25, "rectum")]
    public void Find_KnownNumbering_HasItsLabels(string name, int count, int label, string structure)
    {
        var map = LabelMaps.Find(name)!;

        Assert.Equal(count, map.Structures.Count);
        Assert.Equal(structure, map.Structures[(byte)label]);
        Assert.Equal((byte)label, map.LabelOf(structure));
    }

    [Fact]
    public void Canonical_EveryNameOfEveryNumbering_IsItsOwn() => Assert.All(
        LabelMaps.All.SelectMany(map => map.Structures.Values), name => Assert.Equal(name, StructureNames.Canonical(name)));

    [Fact]
    public void Read_FileOfOnesOwn_TakesTheUsualSeparatorsAndSynonyms()
    {
        File.WriteAllText(_path, "# mine\n1 aorta\n2,gallbladder\n\n30: liver # big\n255 = small_bowel\n7\tinferior_vena_cava\n");

        var map = LabelMapFile.Read(_path);

        Assert.Equal("mine", map.Name);
        Assert.Equal(
            new Dictionary<byte, string>
            {
                [1] = "aorta",
                [2] = "gall_bladder",
                [30] = "liver",
                [255] = "intestine",
                [7] = "postcava",
            },
            map.Structures);
    }

    [Fact]
    public void Read_FileWithMistakes_ReportsEachWithItsLine()
    {
        File.WriteAllText(_path, "0 background\n1 aorta\n1 liver\n256 spleen\n2 aorta\nstomach\n");

        var message = Assert.Throws<FormatException>(() => LabelMapFile.Read(_path)).Message;

        Assert.Contains("line 1: label 0 is background", message);
        Assert.Contains("line 3: label 1 is aorta already", message);
        Assert.Contains("line 4: \"256 spleen\"", message);
        Assert.Contains("line 5: aorta has a label already", message);
        Assert.Contains("line 6: \"stomach\"", message);
    }

    [Fact]
    public void Read_FileWithoutLabels_IsRefused()
    {
        File.WriteAllText(_path, "# nothing\n");

        Assert.Throws<FormatException>(() => LabelMapFile.Read(_path));
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);
}
