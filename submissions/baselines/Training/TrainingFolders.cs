namespace Touchstone.Baselines.Training;

/// <summary>The folders of the contract of training containers, <c>submissions/TRAINING.md</c>.</summary>
/// <param name="Root"><c>/workspace</c> in a container.</param>
internal sealed record TrainingFolders(string Root)
{
    /// <summary>What to do.</summary>
    public string Job => Path.Combine(Root, "inputs", "job.json");

    /// <summary>Cases to segment; may be absent.</summary>
    public string Test => Path.Combine(Root, "inputs", "test");

    /// <summary>Masks of the test cases.</summary>
    public string TestOutputs => Path.Combine(Root, "outputs", "test");

    /// <summary>What a later job may start from.</summary>
    public string Model => Path.Combine(Root, "outputs", "model");

    /// <summary>Describes the best model; its weights lie beside it.</summary>
    public string ModelFile => Path.Combine(Model, "model.json");

    /// <summary>How training went.</summary>
    public string Log => Path.Combine(Root, "outputs", "log.csv");

    /// <summary>From where training goes on after it was cut off; gone when all is done.</summary>
    public string Resume => Path.Combine(Root, "outputs", "resume.pth");

    /// <summary>Annotated cases in the order of their names.</summary>
    /// <param name="kind"><c>training</c> or <c>validation</c>.</param>
    /// <param name="structures">Canonical names.</param>
    /// <exception cref="TrainingException">A mask is missing or lies on another grid; all of them are listed.</exception>
    public IReadOnlyList<Annotation> Annotations(string kind, IReadOnlyList<string> structures)
    {
        var folder = Path.Combine(Root, "inputs", kind);
        var faults = new List<string>();
        var cases = Directory.Exists(folder) ? Directory.GetDirectories(folder) : [];
        var found = cases.Order(StringComparer.Ordinal).Select(path => Annotation.Find(path, structures, faults)).ToList();
        TrainingException.ThrowIfAny(kind, faults);
        return found;
    }

    /// <summary>Makes the folder of outputs, and removes what an earlier job left there unless this one goes on with it.</summary>
    public void Clear()
    {
        foreach (var folder in new[] { TestOutputs, Model }.Where(folder => !File.Exists(Resume) && Directory.Exists(folder)))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(Path.Combine(Root, "outputs"));
    }

    /// <summary>The checkpoint to start from, or null.</summary>
    /// <exception cref="TrainingException">The folder holds no checkpoint, or several and no <c>model.json</c> that names one.</exception>
    public string? Initial()
    {
        var folder = Path.Combine(Root, "inputs", "initial");
        if (!Directory.Exists(folder) || Directory.GetFileSystemEntries(folder).Length == 0)
        {
            return null;
        }

        if (File.Exists(Path.Combine(folder, "model.json")))
        {
            return Path.Combine(folder, Inference.ModelFile.Read(Path.Combine(folder, "model.json")).Weights);
        }

        var files = Directory.GetFiles(folder).Where(path => Path.GetExtension(path) is ".pth" or ".pt").ToList();
        return files.Count == 1
            ? files[0]
            : throw new TrainingException(
                $"initial: {files.Count} checkpoints (.pth, .pt) where one is wanted, and no model.json that names it.");
    }
}
