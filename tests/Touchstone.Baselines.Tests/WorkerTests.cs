using System.Diagnostics;
using Touchstone.Baselines.Tests.Inference;
using Touchstone.Evaluators;

namespace Touchstone.Baselines.Tests;

/// <summary>The worker as a process of its own.</summary>
public sealed class WorkerTests
{
    [Fact]
    public void Info_TellsWhatThereIs()
    {
        var (exit, output, _) = Run([], "info");

        Assert.Equal(0, exit);
        Assert.StartsWith("libtorch ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Info_WithoutTheNativeLibrary_SaysHowToGetIt()
    {
        var (exit, _, errors) = Run(new() { ["TOUCHSTONE_TORCH"] = "/nowhere/lib.so" }, "info");

        Assert.Equal(1, exit);
        Assert.Equal(
            "The native library of the baselines is at none of /nowhere/lib.so: install libtorch-dev and libopenblas0-pthread and run "
            + "submissions/baselines/native/build.sh, or name the file in TOUCHSTONE_TORCH.", errors.Trim());
    }

    [Theory]
    [InlineData("predict")]
    [InlineData("predict", "--model", "m.json", "--device", "gpu")]
    [InlineData("predict", "--model", "m.json", "--threads", "0")]
    [InlineData("segment")]
    public void Start_WrongUse_IsExitCodeTwo(params string[] arguments) => Assert.Equal(2, Run([], arguments).Exit);

    [Fact]
    public void Predict_TooLittleMemory_IsAClearErrorAndNoOutput()
    {
        using var folder = new TemporaryFolder();
        var model = TinyModel.Write(folder, TinyModel.Softmax);
        Directory.CreateDirectory(folder.File("inputs"));
        Directory.CreateDirectory(folder.File("outputs"));
        NiftiWriter.Write(
            folder.File("inputs", "case.nii.gz"),
            new Geometry(new Grid(20, 20, 20, new(1.5, 1.5, 1.5)), Affine.Scaling(new(1.5, 1.5, 1.5), default)),
            [.. Enumerable.Range(0, 8000).Select(n => (short)((n % 2 * 1000) - 900))]);

        // 128 MiB for all of .NET: less than the process with libtorch has in memory already.
        var (exit, _, errors) = Run(
            new() { ["DOTNET_GCHeapHardLimit"] = "0x8000000" }, "predict", "--model", model, "--workspace", folder.Path);

        Assert.Equal(1, exit);
        Assert.StartsWith("case: Too little memory: a CT of ", errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.File("outputs")));
    }

    private static (int Exit, string Output, string Errors) Run(Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "touchstone-baselines"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
