using Touchstone.Harness.Phantoms;

namespace Touchstone.Tests.Harness.Phantoms;

public sealed class PhantomCaseTests
{
    public static TheoryData<string> Hospitals => [.. PhantomHospital.All.Select(hospital => hospital.Id)];

    [Fact]
    public void Make_SameNumberTwice_IsTheSameCase()
    {
        var first = PhantomCase.Make(PhantomHospital.InDistribution, 2);
        var second = PhantomCase.Make(PhantomHospital.InDistribution, 2);

        Assert.Equal(first.Patient, second.Patient);
        Assert.Equal(first.Hounsfield, second.Hounsfield);
        Assert.Equal(first.Tissues, second.Tissues);
    }

    [Fact]
    public void Make_NextNumber_IsAnotherPatient()
    {
        var first = PhantomCase.Make(PhantomHospital.InDistribution, 1);
        var second = PhantomCase.Make(PhantomHospital.InDistribution, 2);

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
            var phantom = PhantomCase.Make(hospital, number);

            var present = StructureTissues.All.Keys.Where(structure => phantom.Mask(structure).Contains((byte)1)).ToList();

            Assert.True(present.Count >= 12, $"{phantom.Id} has only {string.Join(", ", present)}.");
        }
    }

    [Theory]
    [MemberData(nameof(Hospitals))]
    public void Mask_EveryHospital_LiesOnTheSideOfItsName(string id)
    {
        var phantom = PhantomCase.Make(PhantomHospital.All.Single(candidate => candidate.Id == id), 1);

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
        var phantom = PhantomCase.Make(PhantomHospital.InDistribution, 3);

        Assert.False(phantom.Patient.HasGallBladder);
        Assert.DoesNotContain((byte)1, phantom.Mask("gall_bladder"));
        Assert.Contains((byte)1, phantom.Mask("liver"));
    }

    [Fact]
    public void Mask_Woman_HasNoProstate()
    {
        var phantom = PhantomCase.Make(PhantomHospital.InDistribution, 2);

        Assert.False(phantom.Patient.IsMale);
        Assert.DoesNotContain((byte)1, phantom.Mask("prostate"));
    }

    [Fact]
    public void Hospitals_Scanned_DifferAsTheirDocumentationSays()
    {
        var iid = PhantomCase.Make(PhantomHospital.InDistribution, 1);
        var thick = PhantomCase.Make(PhantomHospital.ThickSlices, 1);
        var plain = PhantomCase.Make(PhantomHospital.NonContrast, 1);

        Assert.Equal(8, thick.Geometry.Grid.SpacingMm.Z);
        Assert.True(Within(thick, "liver").Deviation > 2 * Within(iid, "liver").Deviation);
        Assert.InRange(Within(iid, "liver").Mean, 95, 130);
        Assert.InRange(Within(plain, "liver").Mean, 45, 70);
        Assert.True(Within(iid, "aorta").Mean > Within(iid, "liver").Mean);
        Assert.True(Within(plain, "aorta").Mean < Within(plain, "liver").Mean);
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

    private static (double Mean, double Deviation) Within(PhantomCase phantom, string structure)
    {
        var mask = phantom.Mask(structure);
        var values = phantom.Hounsfield.Where((_, n) => mask[n] == 1).Select(hu => (double)hu).ToList();
        var mean = values.Average();
        return (mean, Math.Sqrt(values.Average(value => (value - mean) * (value - mean))));
    }

    private static int BodyAtSides(PhantomCase phantom)
    {
        var nx = phantom.Geometry.Grid.Nx;
        return phantom.Tissues.Where((tissue, n) => n % nx is 0 || n % nx == nx - 1)
            .Count(tissue => tissue is not (Tissue.Air or Tissue.Table));
    }
}
