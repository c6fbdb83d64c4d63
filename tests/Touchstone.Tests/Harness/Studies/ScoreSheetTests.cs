using Touchstone.Harness.Studies;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Tests.Harness.Studies;

/// <summary>Tables of scores: what is read, and what is refused with which words.</summary>
public sealed class ScoreSheetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1.0000000000000002", 1)]
    [InlineData("1.0000001", 1)]
    [InlineData("-1e-17", 0)]
    [InlineData("-0", 0)]
    [InlineData("9e-1", 0.9)]
    [InlineData("1", 1)]
    [InlineData("\"0,9\"", 0.9)]
    public void Read_NumberInAnyForm_IsWithinZeroAndOne(string cell, double expected)
    {
        var score = Read($"case,liver\na,{cell}\n").Scores["a"][0]!.Value;

        Assert.Equal(expected, score);
        Assert.False(double.IsNegative(score));
    }

    [Theory]
    [InlineData("a,1.000001,0\n", 2, "\"1.000001\" is no score: a fraction from 0 to 1 is wanted, so divide percentages by 100.")]
    [InlineData("a,1.2,0\n", 2, "\"1.2\" is no score")]
    [InlineData("a,-0.01,0\n", 2, "\"-0.01\" is no score: a fraction from 0 to 1 (0 for a case that failed)")]
    [InlineData("a,90,80\nb,70.5,60\n", 2, "divide percentages by 100, and so with 3 more cells.")]
    [InlineData("a,90 %,80%\n", 2, "\"90 %\" is no score: a fraction from 0 to 1 is wanted")]
    [InlineData("a,NaN,0\n", 2, "\"NaN\" is no score")]
    [InlineData("a,0,0\nb,nan,0\n", 3, "\"nan\" is no score")]
    [InlineData("a,None,0\n", 2, "\"None\" is no score")]
    [InlineData("a,-,0\n", 2, "\"-\" is no score")]
    [InlineData("a,inf,0\n", 2, "\"inf\" is no score")]
    [InlineData("a,\"1.234,5\",0\n", 2, "\"1.234,5\" is no score")]
    [InlineData("a,\"0,9\",0.8\n", 2, "\"0,9\" has a decimal comma and \"0.8\" in line 2 a decimal point")]
    [InlineData("a,0.9,0.8,\n", 2, "4 cells where the header has 3")]
    [InlineData("a,1,1\nb,1,1\na,0,0\n", 4, "the case \"a\" is already listed in line 2.")]
    [InlineData("a,1,1\n\"A \",0,0\n", 3, "the case \"A\" is already listed in line 2, as \"a\".")]
    [InlineData("a,1,1\nMean (n=1),1,1\n", 3, "\"Mean (n=1)\" is no case id")]
    [InlineData("a,1,1\n,1,1\n", 3, "there is no case id.")]
    [InlineData("", 1, "there are no cases below the names of the columns.")]
    public void Read_RowsThatAreWrong_AreNamedWithFileLineAndCure(string rows, int line, string expected)
    {
        var fault = Assert.Throws<MistakesException>(() => Read("case,liver,spleen\n" + rows));

        var mistake = Assert.Single(fault.Mistakes);
        Assert.Equal(line, mistake.Line);
        Assert.Contains(expected, mistake.Message, StringComparison.Ordinal);
        Assert.Contains("dsc.csv has a mistake", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("case\na\n", "there must be a column of cases and one per structure")]
    [InlineData("case,gallbladder,gall_bladder\na,0,0\n", "2 columns are \"gall_bladder\"")]
    [InlineData("case,liver,liver\na,0,0\n", "2 columns \"liver\"")]
    [InlineData("liver,spleen\n0.9,0.8\n", "the first column must hold the cases, not \"liver\"")]
    [InlineData("a,0.9,0.8\nb,0.7,0.6\n", "\"0.9\" is no structure: is the line with the names of the columns missing?")]
    [InlineData("case,liver,\na,0.9,0.8\n", "column 3 has no name")]
    public void Read_NamesThatAreWrong_AreRefusedInLineOne(string text, string expected)
    {
        var fault = Assert.Throws<MistakesException>(() => Read(text));

        Assert.Equal(1, fault.Mistakes[0].Line);
        Assert.Contains(expected, fault.Mistakes[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FirstColumnWithoutAName_IsThatOfCases() => Assert.Equal(["a", "b"], Read(",liver\na,1\nb,0\n").Scores.Keys.Order());

    [Theory]
    [InlineData("case,liver\na,1\nb,1\n", 3, "the case \"b\" is not in dsc.csv.")]
    [InlineData("case,liver\n", 1, "there are no cases")]
    [InlineData("case,spleen\na,1\n", 1, "the structure \"spleen\" is not in dsc.csv.")]
    [InlineData("case,liver,spleen\na,1,1\n", 1, "the structure \"spleen\" is not in dsc.csv.")]
    public void ReadFiles_OfTwoThatDoNotFit_NamesWhatDoesNot(string nsd, int line, string expected)
    {
        _folder.Write("dsc.csv", "case,liver\na,1\n");
        _folder.Write("nsd.csv", nsd);

        var fault = Assert.Throws<MistakesException>(() => ScoreFiles.Read(_folder.Path, ""));

        Assert.EndsWith("nsd.csv", fault.File, StringComparison.Ordinal);
        Assert.Contains(fault.Mistakes, mistake => mistake.Line == line && mistake.Message.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void ReadFiles_InAnotherOrder_AreJoinedByName()
    {
        _folder.Write("dsc.csv", "case,liver,spleen\na,0.1,0.2\nb,0.3,0.4\n");
        _folder.Write("nsd.csv", "case,spleen,liver\nb,0.8,0.7\na,0.6,0.5\n");

        var cases = ScoreFiles.Read(_folder.Path, "").Cases;

        Assert.Equal([0.5, 0.6], cases[0].Nsd);
        Assert.Equal([0.3, 0.4], cases[1].Dsc);
        Assert.Equal([0.7, 0.8], cases[1].Nsd);
    }

    [Fact]
    public void RequireCases_OfUnknownOnes_NamesFileAndLines()
    {
        _folder.Write("dsc.csv", "case,liver\na,1\nAverage,1\nstd,0\n");

        var fault = Assert.Throws<MistakesException>(() => ScoreFiles.Read(_folder.Path, "").RequireCases(id => id == "a" ? null : $"{id}?"));

        Assert.EndsWith("dsc.csv", fault.File, StringComparison.Ordinal);
        Assert.Equal([(3, "Average?"), (4, "std?")], fault.Mistakes.Select(mistake => (mistake.Line, mistake.Message)));
    }

    [Theory]
    [InlineData("Average")]
    [InlineData("AVG")]
    [InlineData("mean")]
    [InlineData("Mean_DSC")]
    [InlineData("MeanScore")]
    [InlineData("std")]
    [InlineData("StdDev")]
    [InlineData("Std.Dev.")]
    [InlineData("standard_deviation")]
    [InlineData("median")]
    [InlineData("min")]
    [InlineData("MAX")]
    [InlineData("total")]
    [InlineData("Overall")]
    [InlineData("macro-average")]
    [InlineData("mean_of_all_cases")]
    [InlineData("n")]
    [InlineData("all")]
    [InlineData("IQR")]
    [InlineData("percentile_95")]
    public void SummaryRow_ByItsName_IsTold(string id) => Assert.True(SummaryRows.IsNamedLikeOne(id));

    [Theory]
    [InlineData("p01")]
    [InlineData("s1")]
    [InlineData("case_1")]
    [InlineData("BDMAP_00000001")]
    [InlineData("25")]
    [InlineData("1.2.840.113619.2.55")]
    [InlineData("Max_Mustermann")]
    [InlineData("meander_01")]
    [InlineData("case")]
    [InlineData("dataset_all_0001")]
    [InlineData("minnesota-7")]
    [InlineData("mean1a")]
    public void Case_ByItsName_IsNoSummary(string id) => Assert.False(SummaryRows.IsNamedLikeOne(id));

    private ScoreSheet Read(string text) => ScoreSheet.Read(_folder.Write("dsc.csv", text), "dsc.csv");
}
