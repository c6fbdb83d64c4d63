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
    [InlineData("totalsegmentator-1", 104, 18, "vertebrae_L5")]
    [InlineData("totalsegmentator-1", 104, 41, "vertebrae_C1")]
    [InlineData("totalsegmentator-1", 104, 44, "heart_myocardium")]
    [InlineData("totalsegmentator-1", 104, 54, "iliac_vena_right")]
    [InlineData("totalsegmentator-1", 104, 55, "intestine")]
    [InlineData("totalsegmentator-1", 104, 81, "rib_right_12")]
    [InlineData("totalsegmentator-1", 104, 91, "hip_right")]
    [InlineData("totalsegmentator-1", 104, 104, "bladder")]
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
        File.WriteAllText(_path, "0 lung\n1 aorta\n1 liver\n256 spleen\n2 aorta\nstomach\n");

        var message = Assert.Throws<FormatException>(() => LabelMapFile.Read(_path)).Message;

        Assert.Contains("line 1: label 0 is background, so lung needs another number", message);
        Assert.Contains("line 3: label 1 is aorta already", message);
        Assert.Contains("line 4: spleen has label 256; labels go from 1 to 255", message);
        Assert.Contains("line 5: aorta has a label already", message);
        Assert.Contains("line 6: \"stomach\"", message);
    }

    [Theory]
    [InlineData("0 background\n1 liver\n2 kidney_left")]
    [InlineData("0\tBackground\r\n1\tliver\r\n2\tkidney_left\r\n")]
    [InlineData("0 \"Clear Label\"\n1 \"liver\"\n2 'kidney_left' # left")]
    [InlineData("\uFEFF0: background\n 1: liver \n\n2 = \"kidney_left\"")]
    [InlineData("\"0\",\"background\"\n\"1\",\"liver\"\n\"2\",\"kidney_left\"")]
    [InlineData("{\"labels\": {\"background\": 0, \"liver\": 1, \"kidney_left\": 2}, \"channel_names\": {\"0\": \"CT\"}}")]
    [InlineData("{\"labels\": {\"0\": \"background\", \"1\": \"liver\", \"2\": \"kidney_left\"}, \"name\": \"Task03\"}")]
    [InlineData("\n  {\"liver\": 1, \"kidney_left\": \"2\"}")]
    public void Read_WhatPeopleWrite_GivesTheSameLabels(string text)
    {
        File.WriteAllText(_path, text);

        Assert.Equal(new Dictionary<byte, string> { [1] = "liver", [2] = "kidney_left" }, LabelMapFile.Read(_path).Structures);
    }

    [Theory]
    [InlineData("2 \"Niere links\"")]
    [InlineData("2\tNiere links")]
    [InlineData("2, Niere links")]
    [InlineData("2: 'Niere links'")]
    public void Read_NameWithASpace_KeepsIt(string text)
    {
        File.WriteAllText(_path, text);

        Assert.Equal("Niere links", LabelMapFile.Read(_path).Structures[2]);
    }

    [Theory]
    [InlineData("""
        ################################################
        # ITK-SnAP Label Description File
        # IDX   -R-  -G-  -B-  -A--  VIS MSH  LABEL
        ################################################
            0     0    0    0        0  0  0    "Clear Label"
            1   255    0   16        1  1  1    "liver_tumour"
           22   0    255    0     0.50  0  1    "vertebra_L1"
        """)]
    [InlineData("""
        # Color table file C:/somewhere/table.ctbl
        # 3 values
        0 Background 0 0 0 0
        1 liver_tumour 255 0 16 255
        22 vertebra_L1 0 255 0 255
        """)]
    [InlineData("""
        LabelValue,Name,Color_R,Color_G,Color_B,Color_A,RegionCodeMeaning
        1,liver_tumour,255,0,16,255,"Liver, all of it"
        22,vertebra_L1,0,255,0,,
        """)]
    public void Read_TableOfAViewer_GivesNamesNumbersAndColours(string text)
    {
        File.WriteAllText(_path, text);

        var map = LabelMapFile.Read(_path);

        Assert.Equal(new Dictionary<byte, string> { [1] = "liver_tumour", [22] = "vertebra_L1" }, map.Structures);
        Assert.Equal(new Dictionary<string, string> { ["liver_tumour"] = "#ff0010", ["vertebra_L1"] = "#00ff00" }, map.Colours);
    }

    [Theory]
    [InlineData("1 Leber/Milz", "line 1: \"Leber/Milz\" is no name of a structure: use letters of ASCII")]
    [InlineData("1 lésion", "\"lésion\" is no name of a structure")]
    [InlineData("1 .hidden", "\".hidden\" is no name of a structure")]
    [InlineData("1 L1\n2 l1", "line 2: \"L1\" and \"l1\" differ in case only")]
    [InlineData("1 256 0 0 1 1 1 \"liver\"", "has a part of a colour beyond 255")]
    [InlineData("LabelValue,Color_R\n1,2", "line 1: it has no column Name")]
    [InlineData("LabelValue,Name\none,liver", "line 2: \"one\" is not a label from 1 to 255")]
    [InlineData("LabelValue,Name\n1,", "line 2: label 1 has no name")]
    public void Read_NameOrTableThatCannotBe_SaysWhy(string text, string words)
    {
        File.WriteAllText(_path, text);

        Assert.Contains(words, Assert.Throws<FormatException>(() => LabelMapFile.Read(_path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2 Niere links", "line 1: \"2 Niere links\" has more than a label and a name; put a name with spaces in quotes")]
    [InlineData("1 \"liver", "line 1:")]
    [InlineData("1 \"\"", "line 1: label 1 has no name")]
    [InlineData("3 background", "line 1: label 3 is called background, and background is label 0")]
    [InlineData("99999999999999999999 liver", "line 1:")]
    [InlineData("label,name\n1,liver", "line 1: \"label,name\" is not a label")]
    [InlineData("{\"labels\": {\"liver\": 0}}", "label 0 is background, so liver needs another number")]
    [InlineData("{\"labels\": {\"liver\": 1, \"tumour\": [1, 2]}}", "\"tumour\" is a region of several labels")]
    [InlineData("{\"labels\": {\"liver\": 1, \"ignore\": 2}}", "\"ignore\" marks voxels that should not count")]
    [InlineData("{\"labels\": {\"liver\": 1.5}}", "\"liver\" is neither")]
    [InlineData("{\"labels\": {\"liver\": 300}}", "liver has label 300; labels go from 1 to 255")]
    [InlineData("{\"labels\": {\"liver\": 1, \"spleen\": 1}}", "label 1 is liver already")]
    [InlineData("{\"labels\": [\"liver\"]}", "its \"labels\" are no object")]
    [InlineData("{\"labels\":\n {\"liver\": 1,,}}", "line 2: it begins like JSON and is none")]
    [InlineData("{}", "there is no label in it")]
    [InlineData("", "there is no label in it")]
    public void Read_WhatCannotBeMeant_SaysWhy(string text, string words)
    {
        File.WriteAllText(_path, text);

        Assert.Contains(words, Assert.Throws<FormatException>(() => LabelMapFile.Read(_path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnyBytes_EndsInAMessageOfSomeLines()
    {
        var random = new Random(7);
        var bytes = new byte[20_000];
        random.NextBytes(bytes);
        File.WriteAllBytes(_path, bytes);

        var message = Assert.Throws<FormatException>(() => LabelMapFile.Read(_path)).Message;

        Assert.InRange(message.Length, 50, 3000);
        Assert.DoesNotContain(message, letter => char.IsControl(letter));
    }

    [Fact]
    public void Read_FileWithoutLabels_IsRefused()
    {
        File.WriteAllText(_path, "# nothing\n");

        Assert.Throws<FormatException>(() => LabelMapFile.Read(_path));
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);
}
