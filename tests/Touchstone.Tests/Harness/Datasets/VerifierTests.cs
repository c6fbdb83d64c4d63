using Touchstone.Harness.Datasets;
using Touchstone.Tests.Evaluators;

namespace Touchstone.Tests.Harness.Datasets;

/// <summary>A verification reads every byte and names file and reason.</summary>
public sealed class VerifierTests : IDisposable
{
    private static readonly NiftiBytes Mask = new() { Voxels = [.. Enumerable.Range(0, 24).Select(i => i is 5 or 6 ? 1.0 : 0)] };

    private static readonly NiftiBytes Ct = new() { DataType = 4, Voxels = [.. Enumerable.Repeat(-1000.0, 24)] };

    private readonly TemporaryFolder _folder = new();

    public VerifierTests()
    {
        File.WriteAllText(_folder.File("cases.csv"), "case\none\ntwo\n");
        foreach (var one in new[] { "one", "two" })
        {
            Directory.CreateDirectory(_folder.File("data", one, "segmentations"));
            Write(Ct, one, "ct.nii.gz");
            Write(Mask, one, "segmentations", "liver.nii.gz");
        }
    }

    [Fact]
    public void Verify_SoundCases_AreVerifiedAndProgressReachesTheEnd()
    {
        var shares = new List<double>();

        var found = Verify(shares.Add);

        Assert.Equal((VerificationStatus.Verified, 2, 2), (found.Status, found.Cases, found.Masks));
        Assert.Empty(found.Problems);
        Assert.Empty(found.Warnings);
        Assert.Equal(1, shares.Max(), 12);
    }

    [Theory]
    [InlineData("checksum")]
    [InlineData("length")]
    [InlineData("cut")]
    [InlineData("behind")]
    [InlineData("more voxels")]
    [InlineData("time series")]
    [InlineData("empty")]
    public void Verify_DamagedCt_IsTheOnlyProblem(string how)
    {
        var gzip = NiftiBytes.Gzip(Ct.Bytes());
        byte[] damaged = how switch
        {
            "checksum" => [.. gzip[..^6], (byte)(gzip[^6] ^ 1), .. gzip[^5..]],
            "length" => [.. gzip[..^2], (byte)(gzip[^2] ^ 1), gzip[^1]],
            "cut" => gzip[..^9],
            "behind" => [.. gzip, 0, 0, 0],
            "more voxels" => NiftiBytes.Gzip([.. Ct.Bytes(), 0]),
            "time series" => NiftiBytes.Gzip((Ct with { Dim = [4, 4, 3, 2, 2, 1, 1, 1], Voxels = [.. Ct.Voxels, .. Ct.Voxels] }).Bytes()),
            _ => [],
        };
        File.WriteAllBytes(_folder.File("data", "two", "ct.nii.gz"), damaged);

        var found = Verify();

        Assert.Equal(VerificationStatus.Faulty, found.Status);
        Assert.StartsWith(_folder.File("data", "two", "ct.nii.gz") + ": ", Assert.Single(found.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_MasksThatCannotBeScored_AreProblemsInEveryFormatThatIsRead()
    {
        Write(Mask with { DataType = 16, Voxels = [.. Mask.Voxels.Select(voxel => voxel / 2)] }, "one", "segmentations", "spleen.nii");
        Write(Mask with { Voxels = [.. Mask.Voxels.Select((voxel, i) => i == 6 ? 2 : voxel)] }, "one", "segmentations", "aorta.nii.gz");
        Write(Mask with { SForm = [1, 0, 0, 5, 0, 1, 0, 0, 0, 0, 2, 0] }, "two", "segmentations", "spleen.nii.gz");
        Write(Mask, "two", "segmentations", "gallbladder.nii.gz");
        Write(Mask, "two", "segmentations", "gall_bladder.nii.gz");

        var problems = Verify().Problems;

        Assert.Contains(problems, line => line.Contains("spleen.nii: Voxel (1, 1, 0) holds 0.5; a mask holds", StringComparison.Ordinal));
        Assert.Contains(problems, line => line.Contains("aorta.nii.gz: Voxel (2, 1, 0) holds 2 where others hold 1", StringComparison.Ordinal));
        Assert.Contains(problems, line => line.EndsWith("The folder holds two masks of gall_bladder.", StringComparison.Ordinal));
    }

    [Fact]
    public void Verify_MaskOffItsCt_IsAProblemWithNumbers()
    {
        Write(Mask with { SForm = [1, 0, 0, 5, 0, 1, 0, 0, 0, 0, 2, 0] }, "two", "segmentations", "spleen.nii.gz");

        Assert.Contains(
            "spleen.nii.gz does not lie on its CT's grid: Its affine's origin is 5 mm", Assert.Single(Verify().Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_NoMaskAtAll_IsAProblem()
    {
        File.Delete(_folder.File("data", "one", "segmentations", "liver.nii.gz"));

        Assert.EndsWith("segmentations holds no mask.", Assert.Single(Verify().Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_MasksThatOverlap_AreAWarningWithVoxels()
    {
        Write(Mask with { Voxels = [.. Mask.Voxels.Select((voxel, i) => i is 6 or 7 ? 1.0 : 0)] }, "one", "segmentations", "spleen.nii.gz");

        var found = Verify();

        Assert.Equal(VerificationStatus.Verified, found.Status);
        Assert.EndsWith("segmentations: liver and spleen overlap in 1 voxel.", Assert.Single(found.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_NameThatNoChallengeKnows_IsOneWarningForAllCases()
    {
        foreach (var one in new[] { "one", "two" })
        {
            Write(new NiftiBytes(), one, "segmentations", "livr.nii.gz");
        }

        Assert.Equal(
            "No challenge knows the structure livr, of which there are masks: one, two.", Assert.Single(Verify().Warnings));
    }

    [Fact]
    public void Verify_OddHeaders_AreOneLineForTheCtAndOneForItsMasks()
    {
        double[] sform = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2.5, 0];
        Write(Ct with { SForm = sform }, "one", "ct.nii.gz");
        foreach (var mask in new[] { "liver", "spleen", "aorta" })
        {
            Write(new NiftiBytes { SForm = sform }, "one", "segmentations", $"{mask}.nii.gz");
        }

        Assert.Collection(
            Verify().Warnings,
            ct => Assert.Contains("one/ct.nii.gz: Its pixdim says 1×1×2 mm, the columns of its sform 1×1×2.5 mm", ct),
            masks => Assert.Contains("one/segmentations/aorta.nii.gz and 2 more masks of the case: Its pixdim says", masks));
    }

    public void Dispose() => _folder.Dispose();

    private void Write(NiftiBytes file, params string[] path)
    {
        var name = _folder.File(["data", .. path]);
        File.WriteAllBytes(name, name.EndsWith(".gz", StringComparison.Ordinal) ? NiftiBytes.Gzip(file.Bytes()) : file.Bytes());
    }

    private DatasetVerification Verify(Action<double>? progress = null)
    {
        var dataset = Manifest.Parse(
            """
            version: 1
            datasets:
              - id: clinic
                title: Clinic
                purpose: demonstration
                access: public
                volumes: { original: 2, accessible: 2 }
                distribution: ood
                source: made up
                files: { root: data, case-list: cases.csv }
            """,
            _folder.File("datasets.manifest")).Datasets[0];
        var telling = new Lock();
        return Verifier.Verify(
            dataset,
            new HashSet<string> { "liver", "spleen", "aorta", "gall_bladder" },
            share =>
            {
                lock (telling)
                {
                    progress?.Invoke(share);
                }
            },
            CancellationToken.None);
    }
}
