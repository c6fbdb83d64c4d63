using System.IO.Compression;
using System.Security.Cryptography;
using Touchstone.Evaluators;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;
using Touchstone.Tests.Harness.EndToEnd;

namespace Touchstone.Tests.Harness.Datasets;

/// <summary>Data as they lie: what one layout gives, each gives.</summary>
public sealed class DatasetLayoutTests
{
    public static TheoryData<string> Kinds => [.. LayoutSet.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Init_AnyLayout_IsVerifiedOnceItIsComplete(string kind)
    {
        using var set = new LayoutSet(kind);

        var said = CommandRun.Here("datasets", "init", set.Root, "--manifest", set.ManifestPath).Succeeded().Output;
        set.Complete();

        Assert.Contains("2 cases of the layout ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("left out", said, StringComparison.Ordinal);
        Assert.Equal(LayoutSet.Ids, set.Cases().Select(one => one.Id));
        var verified = CommandRun.Here("datasets", "verify", "st-elsewhere", "--strict", "--manifest", set.ManifestPath, "--workspace", set.InFolder("ws"));
        Assert.Contains("verified st-elsewhere: 2 cases", verified.Succeeded().Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Reference_AnyLayout_IsScoredAlike(string kind)
    {
        using var set = Complete(kind);

        foreach (var one in set.Cases())
        {
            var reference = CaseScoring.ReferenceOf(one);
            var prediction = set.InFolder($"{one.Id}.nii.gz");
            NiftiWriter.Write(prediction, EngineFixture.Geometry, EngineFixture.Truth());
            var score = CaseEvaluator.Score(
                reference, new MaskSource.LabelFile(prediction, LabelMaps.BodyMaps2024), ["liver", "spleen"], new Protocol { Name = "surface-distance" });

            Assert.Equal(one.Id == LayoutSet.Ids[0] ? 1 : 6.0 / 7, score.Structures[0].Dsc!.Value, 12);
            Assert.Equal(1, score.Structures[1].Dsc!.Value, 12);
            Assert.Equal(["liver", "spleen"], reference.FindStructures().Order());
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void GivenCt_AnyFormat_IsTheSameVolumeAsNiftiGzip(string kind)
    {
        using var set = Complete(kind);
        var workspace = Workspace.Open(set.InFolder("ws"));

        foreach (var one in set.Cases())
        {
            var path = GivenCt.PathOf(workspace, one);

            Assert.EndsWith(".nii.gz", path, StringComparison.Ordinal);
            var (given, own) = (VolumeFile.ReadGeometry(path), VolumeFile.ReadGeometry(one.CtPath));
            Assert.Equal((own.Grid, own.Affine), (given.Grid, given.Affine));
            Assert.All(Voxels(path), value => Assert.Equal(40, value));
            var hash = SHA256.HashData(File.ReadAllBytes(path));
            if (path != one.CtPath)
            {
                File.Delete(path); // as the README allows
            }

            Assert.Equal(hash, SHA256.HashData(File.ReadAllBytes(GivenCt.PathOf(workspace, one))));
        }
    }

    [Fact]
    public void GivenCt_ChangedSince_IsGivenAnew()
    {
        using var set = Complete("atlas-nii");
        var workspace = Workspace.Open(set.InFolder("ws"));
        var one = set.Cases()[0];
        var before = GivenCt.PathOf(workspace, one);

        File.SetLastWriteTimeUtc(one.CtPath, DateTime.UnixEpoch);

        Assert.NotEqual(before, GivenCt.PathOf(workspace, one));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Hash_OfTheReference_ChangesWithAVoxelAndWithTheMeaningOfANumber(string kind)
    {
        using var set = Complete(kind);
        var one = set.Cases()[0];
        var before = ReferenceHash.Of(one);
        var file = File.Exists(one.SegmentationsPath) ? one.SegmentationsPath : Directory.GetFiles(one.SegmentationsPath)[0];
        var bytes = File.ReadAllBytes(file);

        File.WriteAllBytes(file, [.. bytes[..^1], (byte)(bytes[^1] ^ 1)]);

        Assert.NotEqual(before, ReferenceHash.Of(one));
        File.WriteAllBytes(file, bytes);
        Assert.Equal(before, ReferenceHash.Of(one));
        if (one.Labels is { } labels)
        {
            File.WriteAllText(labels, File.ReadAllText(labels).Replace("spleen", "kidney_left", StringComparison.Ordinal));
            Assert.NotEqual(before, ReferenceHash.Of(one));
        }
    }

    [Fact]
    public void Init_WhatCannotBeUsed_IsNamedAndLeftOut()
    {
        using var set = new LayoutSet("nnunet");
        var (images, labels) = (Path.Combine(set.Root, "imagesTs"), Path.Combine(set.Root, "labelsTs"));
        File.Copy(Path.Combine(images, "case_0001_0000.nii.gz"), Path.Combine(images, "alone_0000.nii.gz"));
        File.Copy(Path.Combine(labels, "case_0001.nii.gz"), Path.Combine(labels, "orphan.nii.gz"));
        File.Copy(Path.Combine(images, "case_0002_0000.nii.gz"), Path.Combine(images, "case_0002.nii.gz"));
        File.Copy(Path.Combine(images, "case_0001_0000.nii.gz"), Path.Combine(images, "case_0001_0001.nii.gz"));

        var said = CommandRun.Here("datasets", "init", set.Root, "--manifest", set.ManifestPath).Succeeded().Output;

        Assert.Contains("left out: These have a CT and no reference: alone.", said, StringComparison.Ordinal);
        Assert.Contains("left out: These have a reference and no CT: orphan.", said, StringComparison.Ordinal);
        Assert.Contains("left out: These are claimed by several CTs: case_0002.", said, StringComparison.Ordinal);
        Assert.Contains("volumes of a second channel, and a CT has one: case_0001_0001.", said, StringComparison.Ordinal);
        Assert.Equal(["case_0001"], set.Cases().Select(one => one.Id));
    }

    [Fact]
    public void Init_Twice_ChangesNothing()
    {
        using var set = Complete("flare");
        var before = Directory.GetFiles(set.InFolder()).Order().Select(File.ReadAllText).ToList();

        var again = CommandRun.Here("datasets", "init", set.Root, "--manifest", set.ManifestPath);

        Assert.Equal(1, again.ExitCode);
        Assert.Contains("is there already", again.Error, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFiles(set.InFolder()).Order().Select(File.ReadAllText));
    }

    [Fact]
    public void Init_FolderOfSomethingElse_SaysWhatItKnows()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("photos"));
        folder.Write("photos/one.jpg", "no volume");

        var run = CommandRun.Here("datasets", "init", folder.Path, "--id", "photos", "--manifest", folder.File("datasets.manifest"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Nothing in ", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("datasets.manifest")));
    }

    [Fact]
    public void Verify_LabelThatMeansNothing_IsAWarningWithItsFile()
    {
        using var set = Complete("flare");
        File.WriteAllText(set.InFolder("st-elsewhere.labels.txt"), "1 spleen\n");

        var said = CommandRun.Here("datasets", "verify", "st-elsewhere", "--manifest", set.ManifestPath).Succeeded().Output;

        Assert.Contains("case_0001.nii.gz: label 5 of 80 voxels means nothing in st-elsewhere.labels.", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nnunet")]
    [InlineData("flare")]
    public void Verify_LabelsAbsent_NamesTheFile(string kind)
    {
        using var set = Complete(kind);
        File.Delete(set.Cases()[0].Labels!);

        var run = CommandRun.Here("datasets", "verify", "st-elsewhere", "--manifest", set.ManifestPath);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(set.Cases()[0].Labels!, run.All, StringComparison.Ordinal);
        var fault = Assert.Throws<DatasetFaultException>(() => CaseScoring.CheckReference(set.Cases()[0], ["liver"]));
        Assert.Contains("which is not there", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Checksum_AfterAMaskWasCorrected_IsWrittenOnlyWhenThatIsMeant()
    {
        using var set = Complete("combined");
        var path = set.Dataset().Files!.Checksums!;
        var before = File.ReadAllText(path);
        NiftiWriter.Write(set.Cases()[0].SegmentationsPath, EngineFixture.Geometry, new byte[EngineFixture.Geometry.Grid.VoxelCount]);

        var refused = CommandRun.Here("datasets", "checksum", "st-elsewhere", "--manifest", set.ManifestPath);
        var kept = File.ReadAllText(path);
        CommandRun.Here("datasets", "checksum", "st-elsewhere", "--replace", "--manifest", set.ManifestPath).Succeeded();

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("case_0001/combined_labels.nii.gz", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, kept);
        Assert.NotEqual(before, File.ReadAllText(path));
    }

    [Theory]
    [InlineData("layout: flat", "\"layout\" is \"flat\"; it must be folders or combined or nnunet or pairs.")]
    [InlineData("layout: pairs", "label volumes need \"labels\"")]
    [InlineData("labels: bodymaps-2024", "the layout folders has no \"labels\"")]
    [InlineData("layout: combined, labels: bodymaps-2024, references: a/b", "the name of the label volume in a case's folder")]
    [InlineData("layout: combined, labels: bodymaps-2024, images: a", "the layout combined has no \"images\"")]
    public void Manifest_LayoutThatCannotBeMeant_IsAMistake(string files, string words)
    {
        var fault = Assert.Throws<Touchstone.Submissions.Yaml.MistakesException>(() => Manifest.Parse($$"""
            version: 1
            datasets:
              - id: one
                title: One
                purpose: demonstration
                access: private
                volumes: { original: 1, accessible: 1 }
                distribution: ood
                source: made up
                files: { root: data, case-list: cases.csv, {{files}} }
            """, "datasets.manifest"));

        Assert.Contains(words, Assert.Single(fault.Mistakes).Message, StringComparison.Ordinal);
    }

    private static LayoutSet Complete(string kind)
    {
        var set = new LayoutSet(kind);
        CommandRun.Here("datasets", "init", set.Root, "--manifest", set.ManifestPath).Succeeded();
        set.Complete();
        return set;
    }

    private static short[] Voxels(string path)
    {
        using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var all = new MemoryStream();
        gzip.CopyTo(all);
        return [.. System.Runtime.InteropServices.MemoryMarshal.Cast<byte, short>(all.ToArray().AsSpan(352))];
    }
}
