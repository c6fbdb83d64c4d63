using Touchstone.Baselines.Tests.Inference;
using Touchstone.Tests.Harness.EndToEnd;

namespace Touchstone.Baselines.Tests;

/// <summary>One baseline's archive for all tests of a class, with a model to segment with and a recipe to train with.</summary>
public sealed class BaselineImage : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public BaselineImage()
    {
        Directory.CreateDirectory(_folder.File("model"));
        foreach (var file in new[] { TinyModel.Write(_folder, TinyModel.Softmax), _folder.File("weights.pth") })
        {
            File.Copy(file, _folder.File("model", Path.GetFileName(file)));
        }

        File.Copy(
            Repository.File("submissions", "baselines", "models", "tiny-unet", "recipe.json"), _folder.File("model", "recipe.json"));
        CommandRun.Of(
            Repository.File("submissions", "baselines", "container", "build.sh"), "--output", Archive, _folder.File("model")).Succeeded();
    }

    /// <summary>As <c>docker save</c> writes it.</summary>
    public string Archive => _folder.File("tiny.tar");

    public void Dispose()
    {
        foreach (var image in CommandRun.Of("docker", "image", "ls", "-q", "--filter", "label=touchstone.baseline=image").Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            CommandRun.Of("docker", "rmi", "-f", image); // it may have two names by now: as loaded, and as submitted
        }

        _folder.Dispose();
    }
}
