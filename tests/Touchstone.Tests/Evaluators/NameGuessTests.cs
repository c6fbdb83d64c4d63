using Touchstone.Evaluators;

namespace Touchstone.Tests.Evaluators;

public sealed class NameGuessTests
{
    private static readonly string[] Candidates =
    [
        "gall_bladder", "kidney_left", "kidney_right", "postcava", "pancreas", "adrenal_gland_left", "lung_left", "vertebrae_L1",
        "vertebrae_T1", "rib_left_1", "rib_left_2",
    ];

    [Theory]
    [InlineData("GallBladder", "gall_bladder")]
    [InlineData("gallbladder", "gall_bladder")]
    [InlineData("Gall-Bladder", "gall_bladder")]
    [InlineData("left_kidney", "kidney_left")]
    [InlineData("LeftKidney", "kidney_left")]
    [InlineData("Kidney_L", "kidney_left")]
    [InlineData("r kidney", "kidney_right")]
    [InlineData("IVC", "postcava")]
    [InlineData("Inferior_Vena_Cava", "postcava")]
    [InlineData("pancreass", "pancreas")]
    [InlineData("Pancreas", "pancreas")]
    [InlineData("adrenal_left", "adrenal_gland_left")]
    [InlineData("vertebrae_l1", "vertebrae_L1")]
    public void Of_OtherSpelling_IsTheStructure(string name, string structure) =>
        Assert.Equal(structure, NameGuess.Of(name, Candidates));

    [Theory]
    [InlineData("kidney")]
    [InlineData("vertebrae_C1")]
    [InlineData("rib_left_3")]
    [InlineData("case_001")]
    [InlineData("stomach")]
    [InlineData("")]
    [InlineData("___")]
    public void Of_WhatCouldBeNoneOrSeveral_IsNothing(string name) => Assert.Null(NameGuess.Of(name, Candidates));
}
