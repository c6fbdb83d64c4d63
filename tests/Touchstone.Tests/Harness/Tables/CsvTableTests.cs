using System.Text;
using Touchstone.Harness.Tables;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Tests.Harness.Tables;

/// <summary>The one reader of CSV, over files as programs and people write them.</summary>
public sealed class CsvTableTests
{
    [Theory]
    [InlineData("case,liver,spleen\na,0.9,0.8\n")]
    [InlineData("case;liver;spleen\r\na;0.9;0.8\r\n")]
    [InlineData("case\tliver\tspleen\ra\t0.9\t0.8")]
    [InlineData("case|liver|spleen\na|0.9|0.8")]
    [InlineData("\n\ncase,liver,spleen\n\na,0.9,0.8\n,,\n\n")]
    [InlineData("\"case\" , \"liver\",\"spleen\"\n \"a \",0.9, 0.8 \n")]
    [InlineData("case,liver,spleen,,\na,0.9,0.8,,\n")]
    public void Parse_OneTableInAnyForm_IsTheSame(string text)
    {
        var table = CsvTable.Parse("a.csv", text);

        Assert.Empty(table.Mistakes);
        Assert.Equal(["case", "liver", "spleen"], table.Columns);
        Assert.Equal(["a", "0.9", "0.8"], table.Rows.Single().Cells);
    }

    [Fact]
    public void Parse_QuotedCells_HoldSeparatorsQuotesAndLineEnds_AndLinesAreCountedThrough()
    {
        var table = CsvTable.Parse("a.csv", "case,\"note; of, the\"\"reader\"\"\"\na,\"two\nlines, one cell\"\nb,x\n");

        Assert.Equal("note; of, the\"reader\"", table.Columns[1]);
        Assert.Equal([2, 4], table.Rows.Select(row => row.Line));
        Assert.Equal("two\nlines, one cell", table.Rows[0].Cells[1]);
    }

    [Theory]
    [InlineData("case,sex (m|f)\na,m\n", "sex (m|f)")]
    [InlineData("case;age, years\na;3\n", "age, years")]
    [InlineData("\ncase\tsex;age\na\tf\n", "sex;age")]
    public void Parse_NameThatHoldsAnotherSeparator_IsOneWhereOneSeparatorAloneFits(string text, string name) =>
        Assert.Equal(["case", name], CsvTable.Parse("a.csv", text).Columns);

    [Theory]
    [InlineData("", 1, "nothing but blanks")]
    [InlineData("\n \n", 1, "nothing but blanks")]
    [InlineData("case,sex,Sex\na,f,m\n", 1, "2 columns \"sex\"")]
    [InlineData("case,sex,\na,f,x\n", 1, "column 3 has no name, but \"x\" in line 2")]
    [InlineData("case,sex;age\na,f;3\n", 1, "commas and semicolons")]
    [InlineData("case\tsex;age\na\tf;1\n", 1, "semicolons and tabs")]
    public void Parse_HeaderThatCannotBeUnderstood_IsRefusedWithItsLine(string text, int line, string expected)
    {
        var mistake = Assert.Throws<MistakesException>(() => CsvTable.Parse("a.csv", text)).Mistakes.Single();

        Assert.Equal(line, mistake.Line);
        Assert.Contains(expected, mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("case,liver\na,0.9,0.8\n", 2, "3 cells where the header has 2: are the numbers written with decimal commas?")]
    [InlineData("case,liver,spleen\na,0.9,0.8,\nb,1,1\n", 2, "4 cells where the header has 3: is there a separator too many?")]
    [InlineData("case,liver\na,0.9\nb\n", 3, "1 cell where the header has 2")]
    [InlineData("case,liver\na,0\"9\n", 2, "quotes are out of place")]
    [InlineData("case,liver\na,\"0.9\nb,0.8\n", 2, "quotes are out of place")]
    [InlineData("case,liver\na,\"0.9\"x\n", 2, "quotes are out of place")]
    public void Parse_RowThatCannotBeRead_IsAMistakeWithItsLine(string text, int line, string expected)
    {
        var mistake = CsvTable.Parse("a.csv", text).Mistakes[0];

        Assert.Equal(line, mistake.Line);
        Assert.Contains(expected, mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_EveryUnicodeWithItsMark_IsRead()
    {
        const string Text = "case,Ärztin\na,ü\n";
        Encoding[] encodings = [Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32];

        Assert.All(encodings, encoding => Assert.Equal(Text, CsvText.Decode("a.csv", [.. encoding.Preamble, .. encoding.GetBytes(Text)])));
        Assert.Equal(Text, CsvText.Decode("a.csv", Encoding.UTF8.GetBytes(Text)));
    }

    [Fact]
    public void Decode_WhatIsNoText_IsRefusedWithItsLine()
    {
        (byte[] Bytes, int Line)[] files =
        [
            ([.. "case,x\na,"u8, 0xfc, .. "\n"u8], 2),
            ([.. "case,x\na,b\n\0"u8], 3),
            (Encoding.Unicode.GetBytes("case,x\n"), 1),
            ([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("case,x\n"), 0x61], 2),
        ];

        Assert.All(files, file => Assert.Equal(
            file.Line, Assert.Throws<MistakesException>(() => CsvText.Decode("a.csv", file.Bytes)).Mistakes.Single().Line));
    }

    [Fact]
    public void Read_AnEmptyFile_IsRefused()
    {
        using var folder = new TemporaryFolder();

        Assert.Contains(
            "there is nothing in it", Assert.Throws<MistakesException>(() => CsvTable.Read(folder.Write("a.csv", ""))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WhatIsNoFile_IsRefusedInsteadOfWaitedFor()
    {
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder.File("a.csv"), "/dev/zero");

        Assert.Contains("is a device", Assert.Throws<IOException>(() => CsvTable.Read(folder.File("a.csv"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_OneVeryLongLine_IsReadOrRefusedInLittleTime()
    {
        var wide = string.Join(',', Enumerable.Range(0, 200_000).Select(i => $"c{i}"));

        Assert.Equal(200_000, CsvTable.Parse("a.csv", $"{wide}\n{wide}\n").Columns.Count);
        Assert.Single(CsvTable.Parse("a.csv", $"a,b\n{wide}\n").Mistakes);
        Assert.Single(CsvTable.Parse("a.csv", $"a,b\n\"{new string('x', 20_000_000)}\n").Mistakes);
    }

    [Fact]
    public void Parse_AnythingAtAll_EndsInATableOrInMistakes()
    {
        var random = new Random(15);
        const string Letters = "a,;\t|\"\r\n .0é\uFEFF'=";
        for (var n = 0; n < 3000; n++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(60)).Select(_ => Letters[random.Next(Letters.Length)])]);
            try
            {
                var table = CsvTable.Parse("a.csv", text);
                Assert.All(table.Rows, row => Assert.Equal(table.Columns.Count, row.Cells.Count));
            }
            catch (MistakesException fault)
            {
                Assert.All(fault.Mistakes, mistake => Assert.InRange(mistake.Line, 1, text.Length + 1));
            }
        }
    }
}
