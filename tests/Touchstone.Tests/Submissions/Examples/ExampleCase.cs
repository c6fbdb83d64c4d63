using Examples;
using Touchstone.Evaluators;
using Touchstone.Harness.Phantoms;

namespace Touchstone.Tests.Submissions.Examples;

/// <summary>A phantom as an example program gets it, with what it should find.</summary>
internal sealed class ExampleCase : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("touchstone-example-").FullName;

    public ExampleCase(PhantomHospital hospital, int number = 1)
    {
        Phantom = Harness.Phantoms.Phantom.Of(hospital, number);
        CtPath = Path.Combine(_folder, "ct.nii.gz");
        NiftiWriter.Write(CtPath, Phantom.Geometry, Phantom.Hounsfield);
        Ct = Nifti.Read(CtPath);
        Volume = new Volume(Ct);
    }

    public PhantomCase Phantom { get; }

    public string CtPath { get; }

    public CtFile Ct { get; }

    public Volume Volume { get; }

    public double Dice(byte[] labels, string structure)
    {
        var (reference, label) = (Phantom.Mask(structure), Structures.Label(structure));
        var found = Volume.ToFile(labels);
        var both = reference.Where((inside, n) => inside == 1 && found[n] == label).Count();
        return 2.0 * both / (reference.Count(inside => inside == 1) + found.Count(value => value == label));
    }

    public double MeanDice(byte[] labels) => StructureTissues.All.Keys
        .Where(structure => Phantom.Mask(structure).Contains((byte)1)).Average(structure => Dice(labels, structure));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
