using System.Globalization;
using Examples;
using Touchstone.Harness.Phantoms;

namespace Touchstone.Tests.Submissions.Examples;

public sealed class AtlasTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("touchstone-training-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // The atlas that the examples ship is made of training phantoms alone, which are never scored.
    [Fact]
    public void Learn_TrainingPhantoms_GivesTheShippedTable()
    {
        PhantomWriter.Write(_folder, PhantomHospital.Training);

        var learnt = AtlasLearner.Learn(_folder);

        var shipped = File.ReadAllLines(Repository.File("submissions", "examples", "common", "atlas.csv"));
        if (!Agree(shipped, learnt))
        {
            var received = Repository.File("submissions", "examples", "common", "atlas.csv.received");
            File.WriteAllLines(received, learnt);
            Assert.Fail($"The atlas learnt differs from the one shipped; it lies in {received}.");
        }
    }

    [Fact]
    public void Prior_LaidOverAPatient_AddsUpToTheTablesSize()
    {
        using var example = new ExampleCase(PhantomHospital.InDistribution);
        var atlas = PatientAtlas.Of(example.Volume);
        var (voxel, scale) = (example.Volume.Spacing, atlas.Frame.Scale);
        var tableMl = Atlas.Load().Clouds.Where(cloud => cloud.Structure == "liver").Sum(cloud => cloud.Ml);

        var voxels = atlas.PriorOf(Structures.Label("liver")).Sum(share => share / 255.0);
        var liverMl = voxels * voxel[0] * voxel[1] * voxel[2] / 1000;

        // A little is lost beyond the clouds' reach and where they add up to more than 1.
        Assert.InRange(liverMl / (tableMl * scale.X * scale.Y * scale.Z), 0.85, 1.02);
    }

    // Another processor may round the last digit otherwise.
    private static bool Agree(IReadOnlyList<string> shipped, IReadOnlyList<string> learnt) =>
        shipped.Count == learnt.Count && shipped.Zip(learnt).All(pair =>
        {
            var (a, b) = (pair.First.Split(','), pair.Second.Split(','));
            return a.Length == b.Length && a.Zip(b).All(cell => cell.First == cell.Second
                || (double.TryParse(cell.First, CultureInfo.InvariantCulture, out var x)
                    && double.TryParse(cell.Second, CultureInfo.InvariantCulture, out var y)
                    && Math.Abs(x - y) <= 0.2 + (0.002 * Math.Abs(x))));
        });
}
