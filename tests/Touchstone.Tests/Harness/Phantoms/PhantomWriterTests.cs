using System.IO.Compression;
using System.Security.Cryptography;
using Touchstone.Harness.Phantoms;

namespace Touchstone.Tests.Harness.Phantoms;

public sealed class PhantomWriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("touchstone-phantoms-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Write_Twice_WritesTheSameBytes()
    {
        var (once, again) = (Path.Combine(_folder, "once"), Path.Combine(_folder, "again"));

        PhantomWriter.Write(once, PhantomHospital.ThickSlices, caseCount: 2);
        PhantomWriter.Write(again, PhantomHospital.ThickSlices, caseCount: 2);

        // The checksums cover every file, the case list included.
        Assert.Equal(
            File.ReadAllText(Path.Combine(once, "checksums.sha256")), File.ReadAllText(Path.Combine(again, "checksums.sha256")));
    }

    [Fact]
    public void Write_Checksums_CoverEveryFileAndAreTrue()
    {
        PhantomWriter.Write(_folder, PhantomHospital.NonContrast, caseCount: 1);

        var lines = File.ReadAllLines(Path.Combine(_folder, "checksums.sha256"));
        var files = Directory.GetFiles(_folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(_folder, path)).Where(path => path != "checksums.sha256");
        Assert.Equal(files.Order(StringComparer.Ordinal), lines.Select(line => line[66..]));
        Assert.All(lines, line =>
        {
            var content = File.ReadAllBytes(Path.Combine(_folder, line[66..]));
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)) + "  ", line[..66]);
        });
    }

    [Fact]
    public void Write_EveryMask_LiesOnTheGridOfItsCt()
    {
        PhantomWriter.Write(_folder, PhantomHospital.NonContrast, caseCount: 1);

        var ct = HeaderOf(Path.Combine(_folder, "PHC_00000001", "ct.nii.gz"));
        var masks = Directory.GetFiles(Path.Combine(_folder, "PHC_00000001", "segmentations"));
        Assert.Equal(StructureTissues.All.Count, masks.Length);
        Assert.All(masks, mask =>
        {
            var header = HeaderOf(mask);
            Assert.Equal(ct[40..56], header[40..56]); // shape
            Assert.Equal(ct[76..108], header[76..108]); // spacing
            Assert.Equal(ct[252..328], header[252..328]); // qform and sform
        });
    }

    [Fact]
    public void Write_CaseList_TellsWhoWasScannedHow()
    {
        var ids = PhantomWriter.Write(_folder, PhantomHospital.NonContrast, caseCount: 2);

        var lines = File.ReadAllLines(Path.Combine(_folder, "cases.csv"));
        Assert.Equal(["PHC_00000001", "PHC_00000002"], ids);
        Assert.Equal(
            "case,distribution,sex,age,manufacturer,institute,phase,spacing_x_mm,spacing_y_mm,spacing_z_mm,orientation", lines[0]);
        Assert.Matches(@"^PHC_00000001,ood,M,\d\d,Cumulus,Phantom Coast,non_contrast,2\.6,2\.6,5,LAS$", lines[1]);
        Assert.Matches("^PHC_00000002,ood,F,", lines[2]);
        Assert.Equal(3, lines.Length);
    }

    [Fact]
    public void Write_Progress_IsToldEveryCase()
    {
        var told = new List<string>();

        PhantomWriter.Write(_folder, PhantomHospital.ThickSlices, caseCount: 2, new Told(told));

        Assert.Equal(["PHB_00000001", "PHB_00000002"], told.Order());
    }

    private static byte[] HeaderOf(string path)
    {
        using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        var header = new byte[352];
        gzip.ReadExactly(header);
        return header;
    }

    private sealed class Told(List<string> ids) : IProgress<string>
    {
        public void Report(string value)
        {
            lock (ids)
            {
                ids.Add(value);
            }
        }
    }
}
