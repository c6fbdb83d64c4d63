using Touchstone.Baselines.Training;
using Touchstone.Evaluators;
using Touchstone.Harness.Phantoms;

namespace Touchstone.Baselines.Tests.Training;

/// <summary>A training container's workspace with coarse phantoms in it.</summary>
internal sealed class PhantomJob : IDisposable
{
    /// <summary>Phantom General, scanned coarsely: 32 × 26 × 30 voxels of 12 mm.</summary>
    public static readonly PhantomHospital General = Coarse(PhantomHospital.Training, new Grid(32, 26, 30, new Spacing(12, 12, 12)));

    /// <summary>Phantom Coast, scanned coarsely: no contrast medium, heavier patients, a narrow field of view.</summary>
    public static readonly PhantomHospital Coast = Coarse(PhantomHospital.NonContrast, new Grid(30, 26, 24, new Spacing(12, 12, 12)));

    private readonly TemporaryFolder _folder = new();

    public TrainingFolders Folders => new(_folder.Path);

    public void Dispose() => _folder.Dispose();

    /// <summary>Writes <c>job.json</c>; settings as JSON, and as many threads as there are cores.</summary>
    public PhantomJob Job(string[] structures, string settings = "{}", long seed = 1, string backbone = "unet", int? threads = null)
    {
        Directory.CreateDirectory(_folder.File("inputs"));
        _folder.Write("inputs/job.json", $$"""
            {
              "schema": 1, "job": "test", "backbone": "{{backbone}}", "structures": ["{{string.Join("\", \"", structures)}}"],
              "seed": {{seed}}, "settings": {{settings}}, "threads": {{threads ?? Environment.ProcessorCount}}, "device": "cpu"
            }
            """);
        return this;
    }

    /// <summary>Writes cases with masks of some structures; without masks where there are none.</summary>
    public PhantomJob Cases(string kind, PhantomHospital hospital, IEnumerable<int> numbers, params string[] structures)
    {
        foreach (var number in numbers)
        {
            var phantom = PhantomCase.Make(hospital, number);
            var folder = _folder.File("inputs", kind, phantom.Id);
            Directory.CreateDirectory(structures.Length > 0 ? Path.Combine(folder, "segmentations") : folder);
            NiftiWriter.Write(Path.Combine(folder, "ct.nii.gz"), phantom.Geometry, phantom.Hounsfield);
            foreach (var structure in structures)
            {
                NiftiWriter.Write(
                    Path.Combine(folder, "segmentations", structure + ".nii.gz"), phantom.Geometry, phantom.Mask(structure));
            }
        }

        return this;
    }

    /// <summary>Trains with a recipe; gives what was printed.</summary>
    public string Train(string recipe)
    {
        using var progress = new StringWriter();
        TrainingJob.Run(_folder.Path, recipe, progress);
        return progress.ToString();
    }

    /// <summary>Trains with a recipe given as JSON.</summary>
    public string TrainWith(string json) => Train(_folder.Write("recipe.json", json));

    /// <summary>DSC of each test case and structure, by the product's own evaluator; those that are nowhere are left out.</summary>
    public IReadOnlyList<double> TestScores(PhantomHospital hospital, IEnumerable<int> numbers, params string[] structures)
    {
        using var truth = new PhantomJob().Cases("truth", hospital, numbers, structures);
        return [.. Directory.GetDirectories(Path.Combine(truth._folder.Path, "inputs", "truth")).SelectMany(folder =>
            CaseEvaluator.Score(
                new MaskSource.MaskFolder(Path.Combine(folder, "segmentations")),
                new MaskSource.MaskFolder(Path.Combine(Folders.TestOutputs, Path.GetFileName(folder), "segmentations")),
                structures,
                new Protocol { Name = Protocol.SurfaceDistance }).Structures.Select(score => score.Dsc).OfType<double>())];
    }

    private static PhantomHospital Coarse(PhantomHospital hospital, Grid grid) =>
        hospital with { Scanner = hospital.Scanner with { Grid = grid, LayersPerSlice = 1 } };
}
