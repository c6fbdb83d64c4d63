using Touchstone.Harness.Phantoms;

namespace Touchstone.Tests.Harness.Phantoms;

public sealed class PhantomCaseTests
{
    public static TheoryData<string> Hospitals => [.. PhantomHospital.All.Select(hospital => hospital.Id)];

    [Fact]
    public void Make_SameNumberTwice_IsTheSameCase()
    {
        var first = Phantom.Of(PhantomHospital.InDistribution, 2);
        var second = PhantomCase.Make(PhantomHospital.InDistribution, 2);

        Assert.Equal(first.Patient, second.Patient);
        Assert.True(first.Hounsfield.SequenceEqual(second.Hounsfield));
        Assert.True(first.Tissues.SequenceEqual(second.Tissues));
    }

    [Fact]
    public void Make_NextNumber_IsAnotherPatient()
    {
        var first = Phantom.Of(PhantomHospital.InDistribution, 1);
        var second = Phantom.Of(PhantomHospital.InDistribution, 2);

        Assert.NotEqual(first.Patient.Scale, second.Patient.Scale);
        Assert.NotEqual(first.Mask("liver"), second.Mask("liver"));
    }

    [Fact]
    public void Make_NumberZero_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PhantomCase.Make(PhantomHospital.InDistribution, 0));

    [Theory]
    [MemberData(nameof(Hospitals))]
    public void Mask_EveryCase_HasTwelveStructuresOrMore(string id)
    {
        var hospital = PhantomHospital.All.Single(candidate => candidate.Id == id);
        for (var number = 1; number <= hospital.CaseCount; number++)
        {
            var phantom = Phantom.Of(hospital, number);

            var present = StructureTissues.All.Keys.Where(structure => phantom.Mask(structure).Contains((byte)1)).ToList();

            Assert.True(present.Count >= 12, $"{phantom.Id} has only {string.Join(", ", present)}.");
        }
    }

    [Theory]
    [MemberData(nameof(Hospitals))]
    public void Mask_EveryHospital_LiesOnTheSideOfItsName(string id)
    {
        var phantom = Phantom.Of(PhantomHospital.All.Single(candidate => candidate.Id == id), 1);

        // World x grows to the patient's right, z to the head, whichever way the file's axes run.
        Assert.True(Middle(phantom, "kidney_left").X < -20);
        Assert.True(Middle(phantom, "kidney_right").X > 20);
        Assert.True(Middle(phantom, "lung_left").X < Middle(phantom, "lung_right").X);
        Assert.True(Middle(phantom, "liver").X > 20);
        Assert.True(Middle(phantom, "spleen").X < -20);
        Assert.True(Middle(phantom, "aorta").X < Middle(phantom, "postcava").X);
        Assert.True(Middle(phantom, "lung_right").Z > Middle(phantom, "kidney_right").Z);
        Assert.True(Middle(phantom, "stomach").Y > Middle(phantom, "aorta").Y);
    }

    [Fact]
    public void Mask_OrganTakenOut_IsEmpty()
    {
        var phantom = Phantom.Of(PhantomHospital.InDistribution, 3);

        Assert.False(phantom.Patient.HasGallBladder);
        Assert.DoesNotContain((byte)1, phantom.Mask("gall_bladder"));
        Assert.Contains((byte)1, phantom.Mask("liver"));
    }

    [Fact]
    public void Mask_Woman_HasNoProstate()
    {
        var phantom = Phantom.Of(PhantomHospital.InDistribution, 2);

        Assert.False(phantom.Patient.IsMale);
        Assert.DoesNotContain((byte)1, phantom.Mask("prostate"));
    }

    [Fact]
    public void Hospitals_Scanned_DifferAsTheirDocumentationSays()
    {
        var iid = Phantom.Of(PhantomHospital.InDistribution, 1);
        var thick = Phantom.Of(PhantomHospital.ThickSlices, 1);
        var plain = Phantom.Of(PhantomHospital.NonContrast, 1);

        Assert.Equal(8, thick.Geometry.Grid.SpacingMm.Z);
        Assert.True(Within(thick, "liver").Spread > 1.8 * Within(iid, "liver").Spread);
        Assert.InRange(Within(iid, "liver").Median, 95, 130);
        Assert.InRange(Within(plain, "liver").Median, 45, 70);
        Assert.True(Within(iid, "aorta").Median > Within(iid, "liver").Median);
        Assert.True(Within(plain, "aorta").Median < Within(plain, "liver").Median);
        Assert.True(BodyAtSides(plain) > 1000, "The field of view cuts the flanks.");
        Assert.Equal(0, BodyAtSides(iid));
        Assert.DoesNotContain((byte)1, plain.Mask("femur_left"));
        Assert.Contains((byte)1, iid.Mask("femur_left"));
    }

    [Fact]
    public void Training_Seeds_AreNoneOfTheScoredCases()
    {
        var scored = PhantomHospital.All.SelectMany(hospital =>
            Enumerable.Range(1, hospital.CaseCount).Select(number => hospital.Seed + (ulong)number));
        var training = Enumerable.Range(1, PhantomHospital.Training.CaseCount)
            .Select(number => PhantomHospital.Training.Seed + (ulong)number);

        Assert.Empty(scored.Intersect(training));
    }

    private static (double X, double Y, double Z) Middle(PhantomCase phantom, string structure)
    {
        var (grid, affine) = phantom.Geometry;
        var mask = phantom.Mask(structure);
        var inside = Enumerable.Range(0, mask.Length).Where(n => mask[n] == 1).ToList();
        return (
            affine.X.Offset + (affine.X.I * inside.Average(n => n % grid.Nx)),
            affine.Y.Offset + (affine.Y.J * inside.Average(n => n / grid.Nx % grid.Ny)),
            affine.Z.Offset + (affine.Z.K * inside.Average(n => n / (grid.Nx * grid.Ny))));
    }

    // The median and the median distance from it, which mixed voxels at the rim do not move.
    private static (double Median, double Spread) Within(PhantomCase phantom, string structure)
    {
        var mask = phantom.Mask(structure);
        var hounsfield = phantom.Hounsfield;
        var values = new List<double>();
        for (var n = 0; n < mask.Length; n++)
        {
            if (mask[n] == 1)
            {
                values.Add(hounsfield[n]);
            }
        }

        var median = Median(values);
        return (median, Median(values.Select(value => Math.Abs(value - median))));
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private static int BodyAtSides(PhantomCase phantom)
    {
        var (nx, count) = (phantom.Geometry.Grid.Nx, 0);
        var tissues = phantom.Tissues;
        for (var row = 0; row < tissues.Length; row += nx)
        {
            count += IsBody(tissues[row]) ? 1 : 0;
            count += IsBody(tissues[row + nx - 1]) ? 1 : 0;
        }

        return count;
    }

    private static bool IsBody(Tissue tissue) => tissue is not (Tissue.Air or Tissue.Table);
}
