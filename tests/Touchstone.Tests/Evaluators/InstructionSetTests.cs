using Touchstone.Tests.Harness.EndToEnd;

namespace Touchstone.Tests.Evaluators;

/// <summary>The vectors of the processor make scoring faster and change nothing.</summary>
public sealed class InstructionSetTests
{
    private const string Switch = "DOTNET_EnableHWIntrinsic";

    private static readonly string Program = Repository.File(
        ".artifacts", "bin", "Touchstone.Harness",
        Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "touchstone");

    [Theory]
    [InlineData("noise_07_13_29", "surface-distance")]
    [InlineData("noise_07_13_29", "monai")]
    [InlineData("rounding", "bodymaps-2024")]
    [ExtraInlineData(Extra.RealAnatomy, "real_3mm", "surface-distance")]
    [ExtraInlineData(Extra.RealAnatomy, "missing", "bodymaps-2024")]
    public void Evaluate_WithoutVectors_IsTheSameToTheLastBit(string name, string protocol) =>
        Assert.Equal(Report(name, protocol, vectors: "1"), Report(name, protocol, vectors: "0"));

    /// <summary>The report as text; numbers are written so that they read back as the same bits.</summary>
    private static string Report(string name, string protocol, string vectors) => CommandRun.Of(
        "env", $"{Switch}={vectors}", Program, "evaluate", "--reference", GoldenCase.PathOf(name, "ref.nii.gz"),
        "--prediction", GoldenCase.PathOf(name, "pred.nii.gz"),
        "--labels", "abdomenatlas-1.1", "--protocol", protocol, "--json", "-").Succeeded().Output;
}
